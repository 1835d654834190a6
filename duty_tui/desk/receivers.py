"""Whom the record of a discussion is for: by the policies all invited, attended or contributed; never the family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from duty_tui.domain.circulation import Receiver
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.kinds import is_among
from duty_tui.domain.text import fold
from duty_tui.domain.times import london_date
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.pack import Pack
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.circulation import Part, Receiving

_EVERY: tuple[Part, ...] = ("invited", "attended", "contributed")
#: What somebody's standing made them; whoever sent apologies or stayed away had been asked.
_PARTS: dict[str, Part] = {"present": "attended", "report": "contributed", "apologies": "invited", "absent": "invited"}


class _Named(NamedTuple):
    """Somebody an entry of the discussion names."""

    id: str
    name: str
    job: str
    agency: str
    role: str
    contact: str
    part: Part


def circulated_events(vocabulary: Vocabulary) -> frozenset[str]:
    """The vocabulary's events that happen when the last who must have a record has it."""
    return frozenset(name for name, event in vocabulary.event.items() if event.circulated)


def receivers_of(concern: Concern, discussion: Discussion, rulebook: Rulebook) -> list[Receiving]:
    """Everybody asked to the discussion, there, or heard from, each once in the order they were named.

    The policies in force when it began (is booked, until then) say who of them must have the record. It is for nobody
    whose part in the vocabulary never receives it or whom a policy excludes, and, of a restricted concern, for nobody
    it does not name.
    """
    moment = discussion.started or discussion.booked
    packs = rulebook.in_force(london_date(moment)) if moment else ()
    wanted = _wanted(packs, rulebook.vocabulary)
    never = _never(packs, rulebook.vocabulary)
    return [_receiving(concern, people, rulebook.vocabulary, wanted, never) for people in _together(discussion)]


def _wanted(packs: Sequence[Pack], vocabulary: Vocabulary) -> frozenset[Part]:
    events = circulated_events(vocabulary)
    rules = [rule for pack in packs for rule in pack.obligation if events.intersection(rule.met_by)]
    return frozenset(part for rule in rules for part in rule.receives or _EVERY) or frozenset(_EVERY)


def _never(packs: Sequence[Pack], vocabulary: Vocabulary) -> frozenset[str]:
    """Roles whose people are left out."""
    excluded = {clause.role for pack in packs for clause in pack.attend if clause.need == "exclude"}
    return frozenset(excluded | {name for name, role in vocabulary.role.items() if role.never_receives})


def _together(discussion: Discussion) -> Iterator[list[_Named]]:
    """The entries that name people, those of one person together."""
    found: list[list[_Named]] = []
    for one in _people(discussion):
        same = next((people for people in found if _is_one_of(one, people)), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    yield from (people for people in found if any(one.name for one in people) or not _is_filled(people[0], found))


def _people(discussion: Discussion) -> Iterator[_Named]:
    for asked in discussion.invitations:
        yield _Named(asked.id, asked.name, "", asked.agency, asked.role, asked.contact, "invited")
    for person in discussion.people:
        part = _PARTS[person.standing]
        yield _Named(person.id, person.name, person.job, person.agency, person.role, "", part)


def _is_one_of(one: _Named, people: list[_Named]) -> bool:
    """Whether these entries name the same person: one name, and not two agencies; without a name, one part."""
    first = people[0]
    if fold(one.name) != fold(first.name) or (not one.name and one.role != first.role):
        return False
    agencies = {fold(other.agency) for other in people} - {""}
    return not one.agency or not agencies or fold(one.agency) in agencies


def _is_filled(asked: _Named, found: Iterable[list[_Named]]) -> bool:
    """Whether somebody with a name came forward for a part of which nobody had been named."""
    return any(one.name and one.role == asked.role for people in found for one in people)


def _receiving(
    concern: Concern, people: list[_Named], vocabulary: Vocabulary, wanted: frozenset[Part], never: frozenset[str]
) -> Receiving:
    last = people[-1]
    role = vocabulary.role.get(last.role)
    label = role.label if role else last.role
    parts: tuple[Part, ...] = tuple(part for part in _EVERY if part in {one.part for one in people})
    who = Receiver(
        name=last.name or label,
        agency=next((one.agency for one in reversed(people) if one.agency), ""),
        contact=next((one.contact for one in reversed(people) if one.contact), ""),
        ids=tuple(one.id for one in people),
    )
    barred = _barred(concern, people, vocabulary, never)
    return Receiving(who, last.job or label, parts, not barred and bool(wanted.intersection(parts)), barred)


def _barred(concern: Concern, people: list[_Named], vocabulary: Vocabulary, never: frozenset[str]) -> str:
    for name in sorted(never):
        role = vocabulary.role.get(name)
        if any(one.role == name or (role is not None and _plays(one, role.words, role.jobs)) for one in people):
            label = role.label if role else name
            return f"{label}: what they are told is a decision of the discussion, and never its record."
    if concern.restricted_to is not None and not any(is_among(concern.restricted_to, one.name) for one in people):
        return "The concern is restricted, and they are not among those named."
    return ""


def _plays(one: _Named, words: Iterable[str], jobs: Iterable[str]) -> bool:
    """Whether the job or the agency, as typed, is what people say for the part."""
    return fold(one.job) in set(map(fold, jobs)) or fold(one.agency) in set(map(fold, words))
