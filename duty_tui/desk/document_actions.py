"""What each agency agreed to do at a discussion, as a note of its own: an extract of the children's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from duty_tui.desk.child_record import record_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.document_decided import FORM_TITLES, action_columns, action_facts, action_row
from duty_tui.desk.document_parts import (
    a_document,
    concern_for_export,
    reference_of,
    said_by,
    seal_at,
    seal_facts,
    when,
)
from duty_tui.desk.named import names_of
from duty_tui.documents.blocks import Block, Document, Heading, Note, Part, facts, table
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Action, Discussion
from duty_tui.domain.people import Child
from duty_tui.domain.text import fold
from duty_tui.domain.times import day_words
from duty_tui.errors import Refused
from duty_tui.views.record import ChildRecord

TITLE = "Actions agreed"
#: Whose note holds what was agreed without an agency being named.
NOBODY = "No agency named"


class AgencyNote(NamedTuple):
    """What one agency agreed to; `agency` is empty where none was named."""

    agency: str
    document: Document


class _Agreed(NamedTuple):
    agency: str
    actions: Sequence[Action]


def action_notes(desk: Desk, concern_id: str, number: int) -> list[AgencyNote]:
    """A note for each agency that agreed to something at discussion `number`, in the order in which they first did.

    As the children's records say: a signed one as it was signed. Raises Refused when the discussion has not begun, or
    the concern or the act is not for this person.
    """
    concern = concern_for_export(desk, concern_id)
    held = concern.discussion(number)
    if held is None or held.started is None:
        raise Refused("That discussion has not begun, so it has no record.", do="Choose one that was held.")
    records = [record_of(concern, number, child) for child in sorted(held.children)]
    return [
        AgencyNote(one.agency, _document(desk, concern, records, one, place))
        for place, one in enumerate(_agreed(held, records), 1)
    ]


def _agreed(held: Discussion, records: Sequence[ChildRecord]) -> list[_Agreed]:
    actions = {one.id: one for record in records for one in record.discussion.actions}
    order = [one.id for one in held.actions]
    found: dict[str, tuple[str, list[Action]]] = {}
    for one in sorted(actions.values(), key=lambda one: order.index(one.id) if one.id in order else len(order)):
        agency = one.agency or _agency_of(held, one.who)
        found.setdefault(fold(agency), (agency, []))[1].append(one)
    return [_Agreed(agency, each) for agency, each in found.values()]


def _agency_of(held: Discussion, who: str) -> str:
    """The agency of somebody who was there or asked; empty where that is not known, or two have the name."""
    people = [(one.name, one.agency) for one in held.people]
    people += [(one.name, one.agency) for one in held.invitations]
    agencies = {fold(agency): agency for name, agency in people if who and fold(name) == fold(who) and agency}
    return next(iter(agencies.values())) if len(agencies) == 1 else ""


def _document(desk: Desk, concern: Concern, records: Sequence[ChildRecord], agreed: _Agreed, place: int) -> Document:
    wanted = {child for one in agreed.actions for child in one.children}
    of = [record for record in records if record.child.number in wanted]
    held = of[0].discussion
    seal = seal_at(desk, concern, said_by(concern, max(record.version for record in of)))
    short = reference_of(desk, concern)
    reference = f"{short}, discussion {held.number}, actions {place}"
    blocks = (
        *_blocks(short, concern, of, agreed),
        Heading("Where it stands in the record"),
        seal_facts(seal, "Last entry it is made from"),
    )
    draft = any(record.signature is None for record in of)
    file = f"{short}-discussion-{held.number}-actions-{place}"
    return a_document(
        desk, TITLE, reference, file=file, parts=[Part(reference, blocks, draft)], made=seal.at, about=concern.id
    )


def _blocks(short: str, concern: Concern, records: Sequence[ChildRecord], agreed: _Agreed) -> Iterator[Block]:
    held, names = records[0].discussion, names_of(concern)
    yield Heading(f"{TITLE}: {agreed.agency or NOBODY}", 1)
    if any(record.signature is None for record in records):
        yield Note("The record this is taken from is not signed. It is a draft, and may still change.")
    yield facts(
        "About",
        [
            ("Concern", short),
            ("Discussion", f"{held.number}, {when(held.started)}"),
            ("Chair", held.chair),
            ("Children", "\n".join(_child(record.child) for record in records)),
        ],
    )
    yield Heading("What was agreed")
    rows = [action_row(one, names) for one in agreed.actions if one.form == "action"]
    yield from _forms(agreed.actions, names)
    if rows:
        yield table("What was agreed", action_columns(), rows, "")


def _forms(actions: Sequence[Action], names: Mapping[int, str]) -> Iterator[Block]:
    for one in actions:
        if one.form != "action":
            yield Heading(FORM_TITLES[one.form], 3)
            yield facts(FORM_TITLES[one.form], action_facts(one, names))


def _child(child: Child) -> str:
    born = f", born {day_words(child.born)}" if child.born else ""
    return f"{child.called}{born}"
