"""Somebody at the discussion, as typed: `DS Patel police sergeant`, `Dr Lin paediatrician`, `Patel left 14:30`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from duty_tui.domain.call_say import Say
from duty_tui.domain.call_setting import Part, Setting
from duty_tui.domain.call_words import bare, take_due
from duty_tui.domain.discussion import Person, Standing
from duty_tui.domain.discussion_events import PersonRecorded
from duty_tui.domain.times import moment_words

_STANDINGS: Mapping[str, Standing] = {
    "apologies": "apologies",
    "apologised": "apologies",
    "absent": "absent",
    "dna": "absent",
    "report": "report",
    "here": "present",
    "back": "present",
}
_LEFT = "left"
_SAID: Mapping[Standing, str] = {
    "present": "here",
    "apologies": "apologies",
    "absent": "did not attend",
    "report": "report only, not present",
}
_LONGEST_PHRASE = 4


class Phrase(NamedTuple):
    """Words that tell a part: where they stand, the part, and whether they name its agency, a job or a title."""

    at: int
    words: int
    part: Part
    kind: str


def phrases(words: Sequence[str], setting: Setting) -> Iterator[Phrase]:
    """Every phrase of the vocabulary in the words, the longest first where several begin at one place."""
    known = _known(setting.parts)
    folded = [bare(word) for word in words]
    at = 0
    while at < len(folded):
        for many in range(min(_LONGEST_PHRASE, len(folded) - at), 0, -1):
            meant = known.get(tuple(folded[at : at + many]))
            if meant:
                part, kind = min(meant, key=lambda one: _rank(one[0], setting))
                yield Phrase(at, many, part, kind)
                at += many - 1
                break
        at += 1


@lru_cache(maxsize=4)
def _known(parts: tuple[Part, ...]) -> Mapping[tuple[str, ...], list[tuple[Part, str]]]:
    """The parts a phrase may tell, by its words as compared."""
    known: dict[tuple[str, ...], list[tuple[Part, str]]] = {}
    for part in parts:
        for kind, said in (("agency", part.words), ("job", part.jobs), ("title", part.titles)):
            for phrase in said:
                known.setdefault(tuple(bare(word) for word in phrase.split()), []).append((part, kind))
    return known


def _rank(part: Part, setting: Setting) -> int:
    return setting.asked.index(part.role) if part.role in setting.asked else len(setting.asked)


def known_person(words: Sequence[str], setting: Setting) -> tuple[Person, int] | None:
    """The person the words begin with, who is on the list already, and how many words named them."""
    folded = [bare(word) for word in words]
    for person in setting.people:
        name = [bare(word) for word in person.name.split()]
        if name and folded[: len(name)] == name:
            return person, len(name)
    last = [person for person in setting.people if folded and bare(person.name.split()[-1]) == folded[0]]
    return (last[0], 1) if len(last) == 1 else None


def read_person(rest: str, setting: Setting) -> Say:
    """Somebody who is here, or sent apologies or a report; somebody known who left or came back."""
    words = rest.split()
    if not words:
        return Say(lacks="who: a name, then agency or job", choices=_agencies(setting))
    known = known_person(words, setting)
    if known is not None:
        return _again(*known, words, setting)
    return _newcomer(words, setting)


def _again(person: Person, named: int, words: list[str], setting: Setting) -> Say:
    """Somebody on the list already, brought up to date; what is new is job, unless it says that they left."""
    after = words[named:]
    standing, reason, left, understood = person.standing, person.reason, person.left, tuple(words[:named])
    doubt = ""
    if after and bare(after[0]) == _LEFT:
        due = take_due(after[1:], setting.now)
        left = due.at if due.at and due.words == len(after) - 1 else setting.now
        if due.words != len(after) - 1:
            reason = " ".join(after[1:])
        if left > setting.now + timedelta(minutes=5):
            doubt = "that time is still to come"
        understood = tuple(words) if due.words == len(after) - 1 else (*understood, after[0])
        after = []
    elif after and bare(after[0]) in _STANDINGS:
        standing, left = _STANDINGS[bare(after[0])], None
        understood = (*understood, after[0])
        reason, after = " ".join(after[1:]), []
    job, agency, part = _apart_again(after, setting)
    event = PersonRecorded(
        discussion=setting.discussion,
        person=person.id,
        name=person.name,
        job=job or person.job,
        agency=agency or person.agency,
        role=part.role if part else person.role,
        standing=standing,
        senior=person.senior,
        reason=reason,
        joined=setting.now if standing == "present" and person.joined is None else person.joined,
        left=left,
    )
    gone = f", left {moment_words(left)}" if left else ""
    return Say(event, says=f"{person.name}: {_SAID[standing]}{gone}", doubt=doubt, understood=understood)


def _newcomer(words: list[str], setting: Setting) -> Say:
    standing, reason, words, understood = _standing(words)
    found = list(phrases(words, setting))
    name, job, agency, part = _apart(words, found)
    if not name:
        return Say(lacks="the name", says=part.label if part else "", choices="", understood=())
    role = part.role if part else "other_agency"
    event = PersonRecorded(
        discussion=setting.discussion,
        name=name,
        job=job,
        agency=agency,
        role=role,
        standing=standing,
        reason=reason,
    )
    says = ", ".join(filter(None, (name, job, agency, part.label if part else "", _SAID[standing])))
    return Say(event, says=says, doubt=_doubt(part, standing, reason, setting), understood=understood)


def _doubt(part: Part | None, standing: Standing, reason: str, setting: Setting) -> str:
    if part is None:
        return "agency not understood: counts for no agency until it is said (police, health, school …)"
    if part.role in setting.never and standing == "present":
        return f"the policy says that {part.label[:1].lower()}{part.label[1:]} is never part of it"
    if standing == "apologies" and not reason:
        return "why they cannot come is not said"
    return ""


def _standing(words: list[str]) -> tuple[Standing, str, list[str], tuple[str, ...]]:
    """Whether they came; what follows the word that says so is the reason."""
    for at, word in enumerate(words):
        if at and (said := _STANDINGS.get(bare(word))):
            return said, " ".join(words[at + 1 :]), words[:at], (word,)
    return "present", "", words, ()


def _apart(words: list[str], found: list[Phrase]) -> tuple[str, str, str, Part | None]:
    """Name, job, agency and part: the name comes before the first word that tells the part, titles apart."""
    telling = [phrase for phrase in found if phrase.kind != "title" or phrase.at]
    titled = next((phrase.part for phrase in found if phrase.kind == "title" and not phrase.at), None)
    if not telling:
        return " ".join(words), "", titled.agency if titled and titled.agency != "any" else "", titled
    first = telling[0]
    after = words[first.at + first.words :]
    said = " ".join(words[first.at : first.at + first.words])
    common = "" if first.part.agency == "any" else first.part.agency
    if not first.at:  # the agency comes first: `police DS Patel`
        by_agency = first.kind == "agency"
        return " ".join(after), "" if by_agency else said, said if by_agency else common, first.part
    name = " ".join(words[: first.at]).rstrip(",")
    if first.kind == "agency":
        return name, " ".join(after), said, first.part
    where = [phrase for phrase in telling[1:] if phrase.kind == "agency" and phrase.part.agency == first.part.agency]
    if where:
        place = where[0]
        job = [*words[first.at : place.at], *words[place.at + place.words :]]
        return name, " ".join(job), " ".join(words[place.at : place.at + place.words]), first.part
    return name, " ".join((said, *after)), common, first.part


def _apart_again(after: list[str], setting: Setting) -> tuple[str, str, Part | None]:
    """Job, agency and part of somebody whose name is known, from what follows it."""
    words = ["-", *after]
    _, job, agency, part = _apart(words, list(phrases(words, setting)))
    return (job, agency, part) if part else (" ".join(after), "", None)


def _agencies(setting: Setting) -> str:
    wanted = [part for role in setting.asked for part in setting.parts if part.role == role and part.words]
    return " · ".join(part.words[0] for part in wanted[:8])
