"""The Record of Strategy Discussion of one child, and the records of siblings put together.

In the order of the Integrated Children's System's Record of Strategy Discussion, "Key Features": child's details,
discussion details, reason and purpose, decisions, reasons, further actions; the chair signs at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from duty_tui.desk.child_record import as_signed, record_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.document_decided import actions_blocks, decision_blocks, dissent_blocks, sharing_blocks
from duty_tui.desk.document_parts import (
    Seal,
    a_document,
    concern_for_export,
    reference_of,
    said_by,
    seal_at,
    seal_facts,
    sentence_of,
    when,
)
from duty_tui.desk.document_said import information_blocks, people_blocks, points_blocks, reason_blocks
from duty_tui.desk.named import names_of, whom
from duty_tui.desk.points import lacks_of
from duty_tui.desk.quoracy import quorum_of
from duty_tui.desk.scene import Scene, scene_of
from duty_tui.documents.blocks import Block, Document, Heading, Items, Note, Paragraph, Part, facts, recorded, table
from duty_tui.domain.ages import age_in_full
from duty_tui.domain.concern import Concern
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.times import day_words, london_date
from duty_tui.errors import Refused
from duty_tui.views.record import ChildRecord

TITLE = "Record of Strategy Discussion"
_QUORATE = {True: "quorate", False: "NOT quorate", None: "not known whether quorate"}
_FURTHER = {True: "yes", False: "no", None: ""}


class _Told(NamedTuple):
    """Everything one record is made from."""

    record: ChildRecord
    scene: Scene
    seal: Seal
    reference: str
    #: Not signed, and still to be: of a child who was dropped nothing is signed once all the others are.
    draft: bool


def record_document(desk: Desk, concern_id: str, number: int, child: int, at: datetime) -> Document:
    """One child's record of discussion `number`; as of `at` while it is not signed, as it was signed afterwards.

    Raises Refused when there is no such record, or the concern or the act is not for this person.
    """
    concern = concern_for_export(desk, concern_id)
    told = _told(desk, concern, number, child, at)
    file = f"{told.reference}-discussion-{number}-child-{child}-record"
    return a_document(desk, TITLE, _name(told), file=file, parts=[_part(told)], made=told.seal.at, about=concern.id)


class Collating:
    """The records of every child of a discussion, put together behind a sheet that says how they hang together.

    A record a step, so that nobody who records is kept waiting; `number` None is the last discussion held. Raises
    Refused as `record_document` does.
    """

    def __init__(self, concern_id: str, number: int | None, at: datetime) -> None:
        self._concern_id, self._number, self._at = concern_id, number, at
        self._concern: Concern | None = None
        self._children: list[int] = []
        self._told: list[_Told] = []
        #: What came of it, once every step is done.
        self.document: Document | None = None

    def go_on(self, desk: Desk) -> tuple[int, int]:
        """Put the next record together; how many of how many are."""
        concern = self._concern or self._begin(desk)
        if len(self._told) < len(self._children):
            child = self._children[len(self._told)]
            self._told.append(_told(desk, concern, self._number or 0, child, self._at))
        if len(self._told) == len(self._children) and self.document is None:
            self.document = _collated(desk, concern, self._told)
        return len(self._told), len(self._children)

    def _begin(self, desk: Desk) -> Concern:
        concern = concern_for_export(desk, self._concern_id)
        self._number = self._number or last_held(concern)
        held = concern.discussion(self._number)
        if held is None or held.started is None:
            raise Refused("That discussion has not begun, so it has no record.", do="Choose one that was held.")
        self._concern, self._children = concern, sorted({*held.children, *held.dropped})
        return concern


def set_document(desk: Desk, concern_id: str, number: int, at: datetime) -> Document:
    """The same, in one go."""
    steps = Collating(concern_id, number, at)
    while steps.document is None:
        steps.go_on(desk)
    return steps.document


def _collated(desk: Desk, concern: Concern, told: list[_Told]) -> Document:
    number = told[0].record.discussion.number
    reference = f"{told[0].reference}, discussion {number}"
    sheet = Part(reference, tuple(_sheet(concern, told)), any(one.draft for one in told))
    made = max(one.seal.at for one in told)
    file = f"{told[0].reference}-discussion-{number}-records"
    parts = [sheet, *map(_part, told)]
    title = f"{TITLE}: collated"
    return a_document(desk, title, reference, file=file, parts=parts, made=made, about=concern.id)


def numbers_of(concern: Concern) -> Iterator[tuple[int, int]]:
    """Discussion and child of every record of the concern."""
    for held in concern.discussions:
        if held.started:
            yield from ((held.number, child) for child in sorted({*held.children, *held.dropped}))


def last_held(concern: Concern) -> int:
    """The number of the last discussion that was begun. Raises Refused when none was."""
    held = [one.number for one in concern.discussions if one.started]
    if not held:
        raise Refused(
            "No discussion of this concern was recorded here, so there is no record.",
            do="c on the concern's screen holds one.",
        )
    return held[-1]


def _told(desk: Desk, concern: Concern, number: int, child: int, at: datetime) -> _Told:
    record = record_of(concern, number, child)
    scene = scene_of(as_signed(concern, number, child), number, desk.rulebook, at)
    held = concern.discussion(number)
    done = bool(record.dropped and held and all(map(held.is_signed, held.children)))
    draft = record.signature is None and not done
    return _Told(
        record, scene, seal_at(desk, concern, said_by(concern, record.version)), reference_of(desk, concern), draft
    )


def _name(told: _Told) -> str:
    return f"{told.reference}, discussion {told.record.discussion.number}, child {told.record.child.number}"


def _part(told: _Told) -> Part:
    return Part(_name(told), tuple(_blocks(told)), told.draft)


def _blocks(told: _Told) -> Iterator[Block]:
    record, scene = told.record, told.scene
    yield Heading(TITLE, 1)
    if told.draft:
        yield Note("This record is not signed. It is a draft, and may still change.")
    if record.dropped:
        yield Note(f"This child was dropped from the discussion. Reason: {record.dropped}")
    yield Heading("Child's details")
    yield facts("Child's details", _child(record.child, record.discussion.started or scene.at))
    yield Heading("Discussion details")
    yield facts("Discussion details", _discussion(told))
    yield from people_blocks(record.discussion, scene.rulebook.vocabulary)
    yield from reason_blocks(record)
    yield from information_blocks(record.discussion)
    yield from points_blocks(record.discussion)
    yield from decision_blocks(record.discussion, scene.packs)
    yield from actions_blocks(record.discussion, scene.names)
    yield from dissent_blocks(record.discussion)
    yield from sharing_blocks(record.discussion)
    yield from _signature(told)


def _child(child: Child, held: datetime) -> Iterator[tuple[str, str]]:
    day = london_date(held)
    yield "Name", child.name
    if child.expected and not child.born:
        yield "Expected", day_words(child.expected)
    else:
        yield "Date of birth", day_words(child.born) if child.born else ""
    yield "Age at the discussion", age_in_full(child.born, child.expected, day)
    yield "Sex", child.sex
    yield "Case number (CSSR)", child.case_number
    yield "NHS number", child.nhs_number
    yield "UPN", child.upn
    yield "School or nursery", child.school
    yield "More about the child", child.note


def _discussion(told: _Told) -> Iterator[tuple[str, str]]:
    record, scene, held = told.record, told.scene, told.record.discussion
    yield "Concern", told.reference
    yield "Referral received" if record.referred else "Came up on an open case", when(record.received)
    yield "From", _caller(record.caller)
    yield "Discussion", f"{held.number}, following discussion {held.follows}" if held.follows else str(held.number)
    yield "Other children it is about", _others(told)
    yield "How and where", ", ".join(filter(None, (held.format or "", held.place)))
    yield "Began", when(held.started)
    yield "Ended", when(held.ended)
    yield "Chair", held.chair
    yield (
        "Decided to be held by",
        ", ".join(filter(None, (held.agreed_by, when(held.agreed_at) if held.agreed_at else ""))),
    )
    found = quorum_of(held, scene.packs, scene.look(), scene.rulebook.vocabulary)
    missing = ", ".join(gap.title for gap in found.missing)
    yield "Quorum", _QUORATE[found.quorate] + (f"; missing: {missing}" if missing else "")
    if held.emergency:
        yield "Held without a quorum because", held.emergency
    yield "Further discussion needed", _FURTHER[held.further]
    if held.moves_conference:
        yield "Same series; the conference counts from it because", held.moves_conference


def _caller(caller: Caller) -> str:
    parts = [caller.name, caller.role, caller.agency]
    said = ", ".join(filter(None, parts))
    return f"{recorded(said)} (asked not to be named to the family)" if caller.anonymous else said


def _others(told: _Told) -> str:
    others = [child for child in told.record.discussion.children if child != told.record.child.number]
    if not others:
        return "none"
    return f"{whom(others, told.scene.names)}; each has a record of its own"


def _signature(told: _Told) -> Iterator[Block]:
    record, signed = told.record, told.record.signature
    yield Heading("Signature")
    yield facts(
        "Signature",
        [
            ("Chair", record.discussion.chair),
            ("Signed by", signed.by if signed else "NOT SIGNED"),
            ("Signed", when(signed.at) if signed else "NOT SIGNED"),
        ],
    )
    yield seal_facts(told.seal, "Entry of the signature" if signed else "Last entry it is made from")
    lacked = signed.lacked if signed else _lacks(told)
    if lacked:
        yield Heading("What the adopted policies ask for and this record lacks", 3)
        yield Items(tuple(lacked))
    for one in record.additions:
        yield Heading(f"Added after the signature, {when(one.at)}", 3)
        yield Paragraph(one.text)
        yield Paragraph(f"Signed by {one.by}, {when(one.at)}", strong=True)


def _lacks(told: _Told) -> tuple[str, ...]:
    return () if told.record.dropped else tuple(words for words, _ in lacks_of(told.scene, told.record.child))


def _sheet(concern: Concern, told: list[_Told]) -> Iterator[Block]:
    """What the records have in common: whose they are, and the actions that belong to several."""
    names = names_of(concern)
    yield Heading("Records of one discussion, put together", 1)
    columns = [("Child", 34), ("Record", 36), ("State", 30)]
    yield table(
        "Records", columns, ((one.record.child.called, _name(one), _state(one.record)) for one in told), "None."
    )
    yield Heading("Actions for more than one child")
    shared = {one.id: one for item in told for one in item.record.discussion.actions if len(one.children) > 1}
    rows = (
        (one.what, whom(one.children, names), sentence_of(one.who, one.agency), when(one.due))
        for one in shared.values()
    )
    columns = [("Action", 40), ("For", 20), ("Person", 22), ("By", 18)]
    yield table("Actions for more than one child", columns, rows, "No action is for more than one child.")


def _state(record: ChildRecord) -> str:
    if record.signature:
        return f"signed by {record.signature.by}, {when(record.signature.at)}"
    return f"dropped: {record.dropped}" if record.dropped else "NOT SIGNED"
