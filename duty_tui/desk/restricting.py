"""What the dialogue that restricts a concern begins with, and when it is worth asking whether to restrict one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import people_like
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import QuestionsAnswered
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.text import fold
from duty_tui.errors import Refused
from duty_tui.store.rows import Contact


class Restricting(NamedTuple):
    """A concern as somebody begins to restrict it."""

    reference: str
    #: The children, for the head of the dialogue.
    whom: str
    version: int
    #: Who may see it now; None when everybody may.
    now: tuple[str, ...] | None
    #: Names to begin with: those named already, else whoever asks and the owner.
    names: tuple[str, ...]


def restricting(desk: Desk, concern_id: str) -> Restricting:
    """Where restricting the concern begins. Raises Refused when it may not be seen, or restricting is for others."""
    concern, row = desk.concern(concern_id), desk.row(concern_id)
    if reason := desk.may(RestrictConcern.act):
        raise Refused(reason, do="Ask one of them to do it.")
    names = {fold(name): name for name in (desk.actor, concern.owner or "") if name}
    whom = ", ".join(child.called for child in concern.children)
    first = concern.restricted_to or tuple(names.values())
    return Restricting(f"C{row.number}" if row else "", whom, concern.version, concern.restricted_to, first)


def doubts_about(desk: Desk, concern_id: str, command: RestrictConcern) -> Sequence[str]:
    """What looks wrong about restricting it so. Raises Refused for what could not be recorded."""
    concern, at = desk.concern(concern_id), desk.clock()
    command.events(concern, at)
    return [*command.doubts(concern, at), *unlisted(desk, command.names)]


def unlisted(desk: Desk, names: Sequence[str]) -> list[str]:
    """A sentence for each name that is not in the service's list of people; none while nobody is listed.

    A concern is shown by the whole name: who is named by half of it is shut out like everybody else.
    """
    listed = {fold(name) for name in desk.books.service.people}
    strange = [name for name in names if listed and fold(name) not in listed]
    return [f"{name} is not in the list of people here: the name must be theirs in full." for name in strange]


def why_restrict(desk: Desk, concern: Concern, since: int) -> str | None:
    """The question this person answered yes after version `since` that asks for a restriction; None when there is none.

    Nobody is asked about a concern that is restricted already, or who may not restrict it.
    """
    if concern.restricted_to is not None:
        return None
    facts = desk.rulebook.vocabulary.fact
    answered = [
        facts[name].ask
        for stamp, event, _ in concern.history[since:]
        if isinstance(event, QuestionsAnswered) and stamp.actor == desk.actor
        for name, answer in event.answers.items()
        if answer == "yes" and name in facts and facts[name].suggests_restriction
    ]
    return answered[0] if answered and not desk.may(RestrictConcern.act) else None


def colleagues_like(desk: Desk, typed: str, limit: int = 3) -> Sequence[Contact]:
    """People listed for the service, then people met, whose names have words that begin like those typed."""
    words = fold(typed).split()
    if not words:
        return ()
    listed = [name for name in desk.books.service.people if all(f" {word}" in f" {fold(name)}" for word in words)]
    offered = [Contact(fold(name), "", name, "", "", "", "", "", 0) for name in listed]
    found: dict[str, Contact] = {}
    for one in (*offered, *people_like(desk, typed, limit=limit)):
        if one.name_key != fold(typed):
            found.setdefault(one.name_key, one)
    return tuple(found.values())[:limit]
