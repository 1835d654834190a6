"""The parts of a record that say what was decided, who does what, who disagreed, and what the family is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from duty_tui.desk.deciding import boxes_of
from duty_tui.desk.document_parts import when
from duty_tui.desk.named import whom
from duty_tui.documents.blocks import Block, Heading, Paragraph, Tick, Ticks, facts, recorded, table
from duty_tui.domain.discussion import Action, Discussion
from duty_tui.rules.pack import Pack

#: Forms of an action with fields of their own, and what they are called on paper.
FORM_TITLES = {"medical": "Medical examination", "interview": "Achieving Best Evidence interview"}
#: Details of those forms: what they are recorded under, and their name on paper.
_DETAILS: Mapping[str, Mapping[str, str]] = {
    "medical": {"where": "Where", "consent": "Consent"},
    "interview": {
        "where": "Where",
        "plan_completed": "Interview plan completed",
        "plan_due": "Else the plan will be completed by",
        "plan_owner": "By whom the plan is completed",
    },
}
_TIMES = frozenset(("plan_completed", "plan_due"))


def decision_blocks(held: Discussion, packs: Sequence[Pack]) -> Iterator[Block]:
    """Every box of the policies' list, ticked or not, each ticked one with its reason."""
    yield Heading("Decisions")
    reasons: dict[str, list[str]] = {}
    labels = {box.box: box.label for box in boxes_of(packs)}
    for one in held.decisions:
        reasons.setdefault(one.box, []).append(one.reason)
        labels[one.box] = one.label
    ticks = tuple(Tick(label, box in reasons, "\n".join(reasons.get(box, ()))) for box, label in labels.items())
    yield Ticks("Decision", ticks) if ticks else Paragraph(recorded(""))


def actions_blocks(held: Discussion, names: Mapping[int, str]) -> Iterator[Block]:
    """The medical examination, the interview with its plan, then the table of everything else."""
    yield Heading("Further actions")
    for form, title in FORM_TITLES.items():
        yield Heading(title, 3)
        found = [one for one in held.actions if one.form == form]
        if not found:
            yield Paragraph(recorded(""))
        for one in found:
            yield facts(title, action_facts(one, names))
    yield Heading("Other actions", 3)
    rows = (action_row(one, names) for one in held.actions if one.form == "action")
    yield table("Other actions", action_columns(), rows, recorded(""))


def action_columns() -> list[tuple[str, int]]:
    """The columns of a table of actions, each with its share of the line."""
    return [("Action", 27), ("Person", 15), ("Agency", 15), ("By", 15), ("For", 11), ("Checked; if it fails", 17)]


def action_row(one: Action, names: Mapping[int, str]) -> tuple[str, ...]:
    """An action under those columns."""
    return one.what, one.who, one.agency, when(one.due), whom(one.children, names), _checked(one)


def action_facts(one: Action, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """A medical examination, or an interview with its plan: names and what is recorded."""
    yield "What", one.what
    yield "Person", one.who
    yield "Agency", one.agency
    yield "By", when(one.due)
    yield "For", whom(one.children, names)
    for name, label in _DETAILS[one.form].items():
        said = one.details.get(name, "")
        yield label, when(datetime.fromisoformat(said)) if said and name in _TIMES else said
    yield "How it is checked", one.check
    yield "If it fails", one.contingency


def _checked(one: Action) -> str:
    return "\n".join(filter(None, (one.check, one.contingency and f"If it fails: {one.contingency}")))


def dissent_blocks(held: Discussion) -> Iterator[Block]:
    """Disagreement and professional challenge, beside the decision it is about."""
    yield Heading("Disagreement and challenge")
    labels = {one.id: one.label for one in held.decisions}
    rows = (
        (one.who, one.agency, labels.get(one.decision or "", "the discussion"), one.text, one.outcome)
        for one in held.dissent
    )
    columns = [("Who", 17), ("Agency", 15), ("About", 20), ("What", 28), ("Outcome", 20)]
    yield table("Disagreement and challenge", columns, rows, recorded(""))


def sharing_blocks(held: Discussion) -> Iterator[Block]:
    """What the family is told, when and how, or why it is withheld."""
    yield Heading("Sharing with the family")
    rows = ((one.what or "withheld", one.when, one.withheld) for one in held.sharing)
    columns = [("What is shared", 40), ("When and how", 25), ("Why anything is withheld", 35)]
    yield table("Sharing with the family", columns, rows, recorded(""))
