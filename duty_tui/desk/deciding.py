"""The decisions that can be ticked, from the policies' own lists, and what ticking some of them settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from duty_tui.domain.decision_events import DecisionMade
from duty_tui.domain.discussion import Discussion
from duty_tui.errors import Refused
from duty_tui.rules.clauses import Choice, Outcome
from duty_tui.rules.pack import Pack
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.discussion import BoxLine


class DecisionBox(NamedTuple):
    """One decision of a policy's list; names of boxes are `pack/box` throughout."""

    box: str
    label: str
    sets: tuple[str, ...]
    sets_alone: tuple[str, ...] = ()
    unless_with: tuple[str, ...] = ()
    confirm_with: tuple[str, ...] = ()


def boxes_of(packs: Sequence[Pack]) -> list[DecisionBox]:
    """The boxes of the policies that have some, then the outcomes of those that have none."""
    with_boxes = [pack for pack in packs if pack.decision_boxes]
    without = [pack for pack in packs if not pack.decision_boxes]
    found = [box for pack in with_boxes for box in _boxes(pack)]
    return found + [box for pack in without for outcome in pack.outcome for box in _outcome(pack, outcome)]


def _boxes(pack: Pack) -> Iterator[DecisionBox]:
    assert pack.decision_boxes is not None  # noqa: S101 - asked for packs that have boxes only
    for box in pack.decision_boxes.boxes:
        named = ([f"{pack.pack.id}/{name}" for name in names] for names in (box.unless_with, box.confirm_with))
        yield DecisionBox(f"{pack.pack.id}/{box.id}", box.text, box.sets, box.sets_alone, *map(tuple, named))


def _outcome(pack: Pack, outcome: Outcome) -> Iterator[DecisionBox]:
    """An outcome that can go several ways is one box for each of them."""
    ways: Iterable[Choice | None] = outcome.choices or (None,)
    for way in ways:
        name = f"{pack.pack.id}/{outcome.id}" + (f"/{way.id}" if way else "")
        label = f"{outcome.label}. {way.text}" if way else outcome.label
        yield DecisionBox(name, label, tuple(dict.fromkeys((*outcome.sets, *(way.sets if way else ())))))


def box_lines(boxes: Iterable[DecisionBox], discussion: Discussion) -> Iterator[BoxLine]:
    """The boxes as a screen numbers them, each with the children it is ticked for."""
    for box in boxes:
        ticked = {child for one in discussion.decisions if one.box == box.box for child in one.children}
        yield BoxLine(box.box, box.label, box.sets, box.confirm_with, tuple(sorted(ticked)))


def decide(
    boxes: Iterable[DecisionBox], number: int, children: Sequence[int], ticked: Mapping[str, str]
) -> list[DecisionMade]:
    """The events of ticking boxes for children at discussion `number`; `ticked` gives each its reason.

    Which facts a box sets may depend on the others ticked for the same child, then or later: the event carries the
    condition, and the record works it out, so that an undone decision leaves the others right. Raises Refused for a
    box that is on no list, or one without its reason.
    """
    known = {box.box: box for box in boxes}
    events = []
    for name, reason in ticked.items():
        if name not in known:
            raise Refused("That decision is on no list of the adopted policies.", do="Choose one from the list.")
        box = known[name]
        if not reason.strip():
            raise Refused(
                f"“{box.label}” has no reason yet.",
                entry="Nothing is recorded; your text is kept.",
                do="Say in a few words why it was decided.",
            )
        events.append(
            DecisionMade(
                discussion=number,
                children=tuple(children),
                box=name,
                label=box.label,
                sets=box.sets,
                sets_alone=box.sets_alone,
                unless_with=box.unless_with,
                reason=reason.strip(),
            )
        )
    return events


def to_confirm(
    boxes: Iterable[DecisionBox],
    discussion: Discussion,
    children: Sequence[int],
    ticked: Iterable[str],
    vocabulary: Vocabulary,
) -> list[str]:
    """What to ask about before ticking these boxes as well for the children; sentences, empty when nothing is odd.

    Asked about: a pair the policy wants confirmed, and two that settle the same question differently.
    """
    known = {box.box: box for box in boxes}
    fresh = set(ticked)
    found: dict[str, None] = {}
    for child in children:
        names = dict.fromkeys((*(one.box for one in discussion.decided_for(child)), *fresh))
        for one, other in combinations([known[name] for name in names if name in known], 2):
            if fresh & {one.box, other.box} and (
                other.box in one.confirm_with or one.box in other.confirm_with or _disagree(one, other, vocabulary)
            ):
                found[f"“{one.label}” together with “{other.label}”: is that meant?"] = None
    return list(found)


def _disagree(one: DecisionBox, other: DecisionBox, vocabulary: Vocabulary) -> bool:
    """Whether each settles another decision of the vocabulary; such decisions are alternatives."""
    first, second = ({name for name in box.sets if vocabulary.fact[name].kind == "decision"} for box in (one, other))
    return bool(first and second) and first != second
