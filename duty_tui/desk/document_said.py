"""The parts of a record that say who was there, why it was held, and what was said."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.desk.document_parts import sentence, when
from duty_tui.documents.blocks import Block, Facts, Heading, Paragraph, facts, recorded, table
from duty_tui.domain.discussion import Answer, Discussion, Person
from duty_tui.domain.text import fold
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.record import ChildRecord

_STANDING = {
    "present": "present",
    "apologies": "not present: apologies",
    "absent": "not present",
    "report": "not present: sent a report",
}
_COMING = {True: "said they would come", False: "said they would not come", None: "no answer recorded"}
_SENIOR = {True: "yes", False: "no", None: ""}


def people_blocks(held: Discussion, vocabulary: Vocabulary) -> Iterator[Block]:
    """Everyone involved: present or not, asked and silent, and those who were told of it."""
    yield Heading("Everyone involved")
    columns = [("Name", 19), ("Job", 17), ("Agency", 17), ("Part", 17), ("Present", 19), ("Can decide", 11)]
    rows = [_person(one, held, vocabulary) for one in held.people]
    named = {fold(one.name) for one in held.people}
    rows += [
        (one.name, "", one.agency, _part(one.role, vocabulary), f"invited: {_COMING[one.coming]}", "")
        for one in held.invitations
        if fold(one.name) not in named
    ]
    yield table("Everyone involved", columns, rows, "Nobody is recorded.")
    if held.informed:
        yield Heading("Informed", 3)
        told = ((one.title, one.who, when(one.at), one.note) for one in held.informed)
        yield table("Informed", [("Part", 30), ("Who", 25), ("When", 25), ("Note", 20)], told, "")


def _person(one: Person, held: Discussion, vocabulary: Vocabulary) -> tuple[str, ...]:
    late = one.joined if one.joined != held.started else None
    times = [f"joined {when(late)}" if late else "", f"left {when(one.left)}" if one.left else ""]
    present = sentence(_STANDING[one.standing], one.reason, *times)
    return one.name, one.job, one.agency, _part(one.role, vocabulary), present, _SENIOR[one.senior]


def _part(role: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.role.get(role)
    return known.label if known else role


def reason_blocks(record: ChildRecord) -> Iterator[Block]:
    """What led to it, in the words of whoever reported it, and why it was held."""
    yield Heading("Reason and purpose")
    yield facts(
        "Reason and purpose",
        [
            ("The concern", record.what),
            ("When it happened, as told", record.happened),
            ("Why it is held, and what it covers", record.discussion.reason),
        ],
    )


def information_blocks(held: Discussion) -> Iterator[Block]:
    """What each agency said; an agency that was there and said nothing that is recorded is named as well."""
    yield Heading("Information by agency")
    said: dict[str, list[str]] = {}
    for one in held.people:
        if one.standing in ("present", "report") and one.agency:
            said.setdefault(one.agency, [])
    for answer in _last(held.answers):
        if answer.agency:
            said.setdefault(answer.agency, []).append(sentence(answer.asked, "").rstrip(":") + f": {answer.text}")
    yield _by_agency(said) if said else Paragraph(recorded(""))


def _by_agency(said: dict[str, list[str]]) -> Facts:
    return facts("Agency", ((agency, "\n".join(texts)) for agency, texts in said.items()))


def points_blocks(held: Discussion) -> Iterator[Block]:
    """What was said to the points of the policies, and the notes of the discussion."""
    answers = [one for one in _last(held.answers) if not one.agency]
    if answers:
        yield Heading("Points discussed")
        yield facts("Point", ((one.asked or one.item, one.text) for one in answers))
    yield Heading("Notes of the discussion")
    notes = ((when(line.at), line.by, line.text) for line in held.lines)
    yield table("Notes", [("When", 20), ("Noted by", 18), ("Note", 62)], notes, recorded(""))


def _last(answers: tuple[Answer, ...]) -> list[Answer]:
    """The last word on each point; what was answered anew is in the journal."""
    return list({(one.item, one.child, one.agency): one for one in answers}.values())
