"""What every event at a discussion has in common: which one, whose record it belongs to, and when it cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, NamedTuple, TypeVar

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Line as Words

Kept = TypeVar("Kept", bound=NamedTuple)

#: What is wrong, and what to do.
Refusal = tuple[str, str]
#: Words that must be there.
Said = Annotated[Words, Field(min_length=1)]
#: A time this far ahead of the desk's clock is a slip of the pen.
AHEAD = timedelta(minutes=5)


def put(kept: Iterable[Kept], new: Kept) -> tuple[Kept, ...]:
    """The same with `new` in the place of the one with its id, or at the end."""
    kept = tuple(kept)
    if any(item.id == new.id for item in kept):  # type: ignore[attr-defined]
        return tuple(new if item.id == new.id else item for item in kept)  # type: ignore[attr-defined]
    return (*kept, new)


def child_words(children: Iterable[int]) -> str:
    """`child 1`, `children 1 and 2`, `children 1, 2 and 3`."""
    numbers = [str(child) for child in children]
    if len(numbers) == 1:
        return f"child {numbers[0]}"
    return f"children {', '.join(numbers[:-1])} and {numbers[-1]}"


class DiscussionEvent(Event):
    """One thing that happened to the discussion with this number."""

    #: Every record rests on it: it stays as it is once any child's is signed.
    ground: ClassVar[bool] = False

    discussion: int

    def change(self, discussion: Discussion, stamp: Stamp) -> Discussion:
        """The discussion after this event."""
        raise AssertionError(self.kind, discussion, stamp)

    def touches(self) -> tuple[int, ...] | None:
        """The children whose records it belongs to; None for all of the discussion's."""
        return None

    def locked(self, discussion: Discussion) -> bool:
        """Whether a signed record stands in its way: that of a child it touches, or everybody's."""
        touched = self.touches()
        if self.ground:
            return bool(discussion.signatures)
        if touched is None:
            return bool(discussion.children) and all(map(discussion.is_signed, discussion.children))
        return any(map(discussion.is_signed, touched))

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        discussion = concern.discussion(self.discussion)
        if discussion is not None and self.locked(discussion):
            return "It belongs to a signed record and cannot be undone; add to the record instead."
        return None

    @override
    def same(self, other: Event) -> bool:
        """Entries of one kind at one discussion; where they are about children, about one of the same."""
        return (
            isinstance(other, DiscussionEvent)
            and (self.kind, self.discussion) == (other.kind, other.discussion)
            and self.matches(other)
        )

    def matches(self, other: DiscussionEvent) -> bool:
        """Whether `other`, of this kind and at this discussion, is about the same thing."""
        touched = set(children_of(self))
        return not touched or not touched.isdisjoint(children_of(other))

    def refusal(self, discussion: Discussion, at: datetime) -> Refusal | None:
        """Why it cannot be said of `discussion` at the UTC instant `at`, and what to do; None when it can."""
        del discussion, at
        return None

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        known = {discussion.number: discussion for discussion in concern.discussions}
        known[self.discussion] = self.change(known.get(self.discussion, Discussion(self.discussion)), stamp)
        return replace(concern, discussions=tuple(known[number] for number in sorted(known)))


def children_of(event: DiscussionEvent) -> tuple[int, ...]:
    """The children an event names."""
    one = getattr(event, "child", None)
    return (*getattr(event, "children", ()), *(() if one is None else (one,)))


def one_thing(one: str, other: str, named: object, otherwise: object) -> bool:
    """Whether two entries put the same earlier one right, or are called the same."""
    return (bool(one) and one == other) or named == otherwise
