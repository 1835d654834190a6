"""Who may do what: the roles somebody has here, the acts those may do, and why not, in words.

A service that has listed nobody lets everybody do everything: somebody must be able to begin. Once anybody is listed,
a name that is not may only look. The name is the one the person works under; what that proves stands in
docs/security.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from duty_tui.desk.seen import restrictions
from duty_tui.desk.service_defaults import READ_ONLY, RECORD, RESTRICT, SERVICE_ACT, Defaults, service_defaults
from duty_tui.domain.commands import Command, refuse
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation_events import EscalationEvent
from duty_tui.domain.events import EntryWithdrawn, Event, MilestoneRecorded, QuestionsAnswered
from duty_tui.domain.service import Service, ServiceEvent, fold_service
from duty_tui.domain.service_people import KINDS, PersonListed, PersonRemoved, RoleMay
from duty_tui.domain.streams import SERVICE
from duty_tui.errors import Refused
from duty_tui.store.store import Store

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

_NOTHING_CHANGED = "Nothing was changed."
_DO = "Ask one of them to do it."


def acts_of(role: str, service: Service, defaults: Defaults) -> tuple[str, ...]:
    """The acts a role may do: as the service set them, else as the program comes; a role nobody knows may do none."""
    if role in service.may:
        return service.may[role]
    return defaults.role[role].may if role in defaults.role else ()


def roles_of(actor: str, service: Service) -> tuple[str, ...]:
    """The ids of the roles somebody has once anybody is listed."""
    listed = service.listed(actor)
    return (READ_ONLY,) if listed is None else service.people[listed]


def why_not(act: str, actor: str, service: Service, defaults: Defaults) -> str | None:
    """Why `actor` may not do `act`, as a sentence that says which roles may; None when they may."""
    if not act or not service.people:
        return None
    roles = roles_of(actor, service)
    if any(act in acts_of(role, service, defaults) for role in roles):
        return None
    label = defaults.act[act].label if act in defaults.act else f"This ({act})"
    may = [known.label for role, known in defaults.role.items() if act in acts_of(role, service, defaults)]
    whose = f"is for the {_either(may)}" if may else "is not given to any role here"
    here = _either([defaults.role[role].label if role in defaults.role else role for role in roles], "and")
    you = (
        f"you are here as {here}"
        if service.listed(actor)
        else "you are not in the list of people here and may only look"
    )
    return f"{label} {whose}; {you}."


def refusals(store: Store, actor: str) -> dict[str, str]:
    """Every act `actor` may not do in the record, with why not; nothing where nobody is listed. Reads no policy."""
    entries = [entry for entry in store.stream(SERVICE) if entry.kind in KINDS]
    if not entries:
        return {}
    service, defaults = fold_service((entry.kind, entry.data) for entry in entries), service_defaults()
    reasons = ((act, why_not(act, actor, service, defaults)) for act in defaults.act)
    return {act: reason for act, reason in reasons if reason is not None}


def may(desk: Desk, act: str) -> str | None:
    """Why whoever works at `desk` may not do `act` by what the service has decided by now; None when they may."""
    desk.catch_up()
    return why_not(act, desk.actor, desk.books.service, service_defaults())


def permitted(desk: Desk, command: Command, concern: Concern, at: datetime) -> Sequence[Event]:
    """What `command` makes happen. Raises Refused, before anything is recorded, when the actor may not do all of it."""
    _refuse_unless(desk, [command.act])
    events = command.events(concern, at)
    _refuse_unless(desk, (act for event in events for act in _taken(event, concern, service_defaults())))
    return events


def refuse_decision(desk: Desk, events: Sequence[ServiceEvent]) -> None:
    """Raises Refused when the actor may not decide this for the service, or when it would shut out for good.

    Somebody must be left who can decide for the service, and for each restricted concern who can let others see it.

    Judged by the service as this desk last read it: the decision is recorded only if that is still how it stands.
    """
    defaults = service_defaults()
    for act in dict.fromkeys(event.act for event in events):
        if reason := why_not(act, desk.actor, desk.books.service, defaults):
            raise Refused(reason, entry=_NOTHING_CHANGED, do=_DO)
    if not any(isinstance(event, (PersonListed, PersonRemoved, RoleMay)) for event in events):
        return
    before = after = desk.books.service
    for event in events:
        after = event.apply(after)
    left = any(why_not(SERVICE_ACT, name, after, defaults) is None for name in after.people)
    if not left and (before.people or after.people):
        label = defaults.act[SERVICE_ACT].label.lower()
        roles = [role.label for name, role in defaults.role.items() if SERVICE_ACT in acts_of(name, after, defaults)]
        raise Refused(
            f"After that nobody would be left for {label}, and nobody could ever change that.",
            entry=_NOTHING_CHANGED,
            do=f"List somebody as {_either(roles)} first." if roles else "Leave it to one role at least.",
        )
    _refuse_to_orphan(desk, before, after)


def _refuse_to_orphan(desk: Desk, before: Service, after: Service) -> None:
    """Raises Refused when nobody named would be left of a restricted concern who may name others or lift it."""
    if not before.people:  # the first who is listed; whoever is named can be listed next
        return
    defaults = service_defaults()

    def held(names: Sequence[str], service: Service) -> bool:
        return any(why_not(RESTRICT, name, service, defaults) is None for name in names)

    lost = [of for of, names in restrictions(desk.store) if held(names, before) and not held(names, after)]
    if lost:
        raise Refused(
            f"After that nobody could let anybody else see {_joined(lost)}, restricted to people who would be gone.",
            entry=_NOTHING_CHANGED,
            do="Have whoever sees them name somebody else who may restrict (duty-tui restrict), or lift it, first.",
        )


def _refuse_unless(desk: Desk, acts: Iterable[str]) -> None:
    for act in acts:
        if reason := may(desk, act):
            raise refuse(reason, _DO)


def _taken(event: Event, concern: Concern, defaults: Defaults) -> Iterator[str]:
    """The acts that recording `event` takes; what it withdraws takes what it took when it was recorded."""
    if isinstance(event, EntryWithdrawn):
        undone = (item.event for item in concern.history if item.stamp.entry == event.entry)
        for one in filter(None, undone):
            yield from _taken(one, concern, defaults)
        return
    usual = defaults.takes.entry.get(event.kind, RECORD)
    yield from dict.fromkeys(defaults.takes.word.get(word, usual) for word in _words(event)) or (usual,)


def _words(event: Event) -> Sequence[str]:
    """The events and facts of the policies' vocabulary that `event` states."""
    match event:
        case MilestoneRecorded():
            return (event.event,)
        case QuestionsAnswered():
            return tuple(event.answers)
        case EscalationEvent():
            return tuple(getattr(event, "makes", ()))
    return ()


def _either(labels: Sequence[str], joined: str = "or") -> str:
    """`chair, team manager or senior manager`."""
    return _joined([label[:1].lower() + label[1:] for label in labels], joined)


def _joined(words: Sequence[str], joined: str = "and") -> str:
    return f"{', '.join(words[:-1])} {joined} {words[-1]}" if len(words) > 1 else "".join(words)
