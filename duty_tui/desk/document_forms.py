"""Forms that went up, and notes of what kept a child safe meanwhile, as documents: each as it was recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_parts import (
    a_document,
    children_words,
    concern_for_export,
    reference_of,
    seal_at,
    seal_facts,
    sentence_of,
    version_of,
    when,
)
from duty_tui.desk.escalation_lines import escalation_line
from duty_tui.desk.meeting import REASON, SAFEGUARDING
from duty_tui.desk.named import names_of
from duty_tui.documents.blocks import Block, Document, Heading, Items, Paragraph, Part, facts, recorded, table
from duty_tui.domain.concern import Concern, Milestone
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.escalation_events import EscalationEvent
from duty_tui.errors import Refused
from duty_tui.views.escalation import EscalationLine

#: The vocabulary's forms: what goes up when a limit is missed, and what is raised with another agency.
NEED_TO_KNOW = frozenset(("need_to_know", "oversight"))
DISAGREEMENT = frozenset(("disagreement", "non_attendance"))
#: The vocabulary's event of noting what keeps a child safe until the discussion, and the form it is written on.
_NOTED, _NOTE_FORM = "interim_note_recorded", "management_note"
_RESOLVED = {True: "resolved", False: "concluded, not resolved", None: "open"}


def form_documents(desk: Desk, concern_id: str, forms: Collection[str]) -> list[Document]:
    """A document for each escalation of the concern on one of `forms`, in the order submitted.

    Raises Refused when there is none, or the concern or the act is not for this person.
    """
    concern = concern_for_export(desk, concern_id)
    found = [one for one in concern.escalations if one.form in forms]
    if not found:
        labels = [form.label for name, form in desk.rulebook.vocabulary.form.items() if name in forms]
        raise Refused(
            f"Nothing was submitted on this concern as: {', '.join(labels)}.", do="e on the concern's screen escalates."
        )
    return [_form(desk, concern, one) for one in found]


def form_document(desk: Desk, concern_id: str, number: int) -> Document:
    """The form of one escalation. Raises Refused when the concern or the act is not for this person."""
    concern = concern_for_export(desk, concern_id)
    return _form(desk, concern, next(one for one in concern.escalations if one.number == number))


def _form(desk: Desk, concern: Concern, one: Escalation) -> Document:
    made = max(
        item.stamp.at
        for item in concern.history
        if isinstance(item.event, EscalationEvent) and item.event.escalation == one.number
    )
    line = escalation_line(desk, concern, one, made)
    label = desk.rulebook.vocabulary.form
    title = label[one.form].label if one.form in label else one.label
    reference = f"{line.reference}, escalation {one.number}"
    submitted = seal_at(desk, concern, version_of(concern, one.entry))
    blocks = (*_form_blocks(title, concern, one, line), seal_facts(submitted, "Entry of the submission"))
    file = f"{line.reference}-escalation-{one.number}-{one.form.replace('_', '-')}"
    return a_document(desk, title, reference, file=file, parts=[Part(reference, blocks)], made=made, about=concern.id)


def _form_blocks(title: str, concern: Concern, one: Escalation, line: EscalationLine) -> Iterator[Block]:
    yield Heading(title, 1)
    about = [("Concern", sentence_of(line.reference, concern.family))]
    about += [("Children", children_words(concern, one.submitted))]
    about += [("What", line.label)] if line.label != title else []
    about += [("Child", line.whom)] if line.whom else []
    about += [("Discussion", str(line.discussion))] if line.discussion else []
    yield facts("About", [*about, ("Submitted", when(one.submitted)), ("By", one.submitted_by)])
    yield Heading("What the record said then")
    yield Items(one.facts) if one.facts else Paragraph(recorded(""))
    yield Heading("What was said")
    yield facts("Question", line.fields) if line.fields else Paragraph(recorded(""))
    yield Heading("To whom it went")
    seen = {said.by: when(said.at) for said in one.acknowledged}
    rows = [(to.name, to.role, to.contact, seen.pop(to.name, "not acknowledged")) for to in one.recipients]
    rows += [(name, "", "", at_time) for name, at_time in seen.items()]
    columns = [("Name", 27), ("Role", 25), ("Reached at", 24), ("Acknowledged", 24)]
    yield table("To whom it went", columns, rows, recorded(""))
    yield Heading("Steps")
    steps = (
        (str(step.number), step.label, step.who, when(step.began), _standing(step.standing)) for step in line.steps
    )
    yield table("Steps", [("No", 6), ("Step", 28), ("With", 22), ("Since", 18), ("State", 26)], steps, "")
    if one.updates:
        yield Heading("Added since")
        yield Items(line.updates)
    yield Heading("Outcome")
    ended = [("Concluded", when(one.concluded)), ("By", one.concluded_by)] if one.concluded else []
    yield facts("Outcome", [("State", _RESOLVED[one.resolved]), ("What came of it", one.outcome), *ended])


def _standing(words: str) -> str:
    """How a step stands, without how long it has: a document does not grow older."""
    return "open" if words.startswith("for ") else words


def note_documents(desk: Desk, concern_id: str) -> list[Document]:
    """A document for each note of what keeps the children safe until the discussion is held.

    Raises Refused when there is none, or the concern or the act is not for this person.
    """
    concern = concern_for_export(desk, concern_id)
    notes = [one for one in concern.milestones if one.event == _NOTED]
    if not notes:
        raise Refused(
            "No management note of interim safeguarding is recorded on this concern.",
            do="z on the concern's screen shows what is owed, and records it.",
        )
    return [_note(desk, concern, number, one) for number, one in enumerate(notes, 1)]


def _note(desk: Desk, concern: Concern, number: int, one: Milestone) -> Document:
    version = version_of(concern, one.entry)
    seal, by = seal_at(desk, concern, version), concern.history[version - 1].stamp.actor
    form = desk.rulebook.vocabulary.form.get(_NOTE_FORM)
    title = form.label if form else "Management note"
    asks = {field.id: field.ask for field in form.fields} if form else {}
    said = {"safety": one.details.get(SAFEGUARDING, "") or one.note, "reason": one.details.get(REASON, "")}
    reference = f"{reference_of(desk, concern)}, note {number}"
    whose = names_of(concern).get(one.child, "") if one.child else "all children of the concern"
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        facts(
            "About",
            [
                ("Concern", sentence_of(reference_of(desk, concern), concern.family)),
                ("Children", children_words(concern, one.at)),
                ("For", whose),
                ("Noted", when(one.at)),
                ("By", by),
            ],
        ),
        Heading("What was noted"),
        facts("Question", [(asks.get(name, name), words) for name, words in said.items()]),
        seal_facts(seal, "Entry of the note"),
    )
    file = f"{reference_of(desk, concern)}-note-{number}-interim-safeguarding"
    return a_document(
        desk, title, reference, file=file, parts=[Part(reference, blocks)], made=seal.at, about=concern.id
    )
