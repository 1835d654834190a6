"""From rows to referrals: rows with the same reference are one referral with several children.

Without a reference, rows of one family, received at the same time, with the same words about what happened, are one as
well. In a referral of several rows a value may stand in the first row only; where two rows contradict each other the
whole referral is a problem, never the guess of one of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Answer
from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.times import iso_utc
from duty_tui.exchange.drafts import Draft
from duty_tui.exchange.headings import folded, words
from duty_tui.exchange.referrals import Problem, Referral, Unreadable

TAKEN_BY = "imported table"
#: Fields that belong to the referral, not to one of its children; `what` and `note` may differ from row to row.
_ONE_VALUE = (
    *("received", "identified", "source", "family", "caller_name", "caller_role", "caller_agency"),
    *("caller_telephone", "happened", "owner"),
)
_SAME = "Write the same in every row of the referral, or in its first row only."


def group(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """The rows of each referral together, in the order of their first rows."""
    groups: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(_belongs(draft), []).append(draft)
    return list(groups.values())


def _belongs(draft: Draft) -> tuple[object, ...]:
    if reference := draft.text("reference"):
        return ("reference", reference)
    family, received, what = draft.text("family"), draft.values.get("received"), draft.text("what")
    if family and received and what:
        return ("family", folded(family) or family, received, what)
    return ("row", draft.number)


def combine(rows: Sequence[Draft]) -> tuple[Referral | None, list[Problem]]:
    """The referral of a group of rows, or None with the problems that stand in its way."""
    problems = [problem for draft in rows for problem in draft.problems]
    if problems:
        return None, problems
    try:
        return _referral(rows), []
    except _Contradiction as reason:
        return None, [Problem(reason.row, reason.what, reason.do)]


class _Contradiction(Unreadable):
    """Something only several rows together, or a row as a whole, get wrong."""

    def __init__(self, draft: Draft, what: str, do: str) -> None:
        super().__init__(what, do=do)
        self.row = draft.row


def _referral(rows: Sequence[Draft]) -> Referral:
    first = rows[0]
    one = {field: _one_value(rows, field) for field in _ONE_VALUE}
    received, identified = one["received"], one["identified"]
    if received is None:
        raise _Contradiction(first, "received is empty.", "Write when the referral was received.")
    children, warnings = _children(rows)
    command = RaiseConcern(
        received=received.at,
        received_precision=received.precision,
        identified=identified.at if identified else None,
        caller=Caller(
            name=one["caller_name"] or "",
            role=one["caller_role"] or "",
            agency=one["caller_agency"] or "",
            telephone=one["caller_telephone"] or "",
        ),
        source=one["source"] or "",
        family=one["family"] or "",
        children=children,
        what=_what(rows),
        happened=one["happened"] or "",
        taken_by=TAKEN_BY,
        reference=first.text("reference"),
        answers=_answers(rows),
        owner=one["owner"],
    )
    notes = tuple(dict.fromkeys(note for draft in rows if (note := draft.text("note"))))
    return Referral(first.row, _key(command), command, notes=notes, warnings=warnings)


def _one_value(rows: Sequence[Draft], field: str) -> Any:
    """The one value the rows have for a field, None where they have none."""
    found: Any = None
    for draft in rows:
        value = draft.values.get(field)
        if value is not None and found is not None and _alike(value) != _alike(found):
            say = words().say[field]
            raise _Contradiction(draft, f"{say} differs from another row of the same referral.", _SAME)
        found = value if found is None else found
    return found


def _alike(value: Any) -> Any:
    """Text as it is compared: capitals, accents and punctuation contradict nothing."""
    return folded(value) or value if isinstance(value, str) else value


def _answers(rows: Sequence[Draft]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for draft in rows:
        for question, answer in draft.answers.items():
            if found.setdefault(question, answer) != answer:
                what = f"{question} is answered differently in another row of the same referral."
                raise _Contradiction(draft, what, f"{_SAME} What differs by child is recorded after the import.")
    return found


def _what(rows: Sequence[Draft]) -> str:
    """What happened, once where the rows agree, else child by child."""
    told = [(number, text) for number, draft in enumerate(rows, 1) if (text := draft.text("what"))]
    if len({text for _, text in told}) <= 1:
        return told[0][1] if told else ""
    return "\n\n".join(f"Child {number}: {text}" for number, text in told)


def _children(rows: Sequence[Draft]) -> tuple[tuple[Child, ...], tuple[str, ...]]:
    children: list[Child] = []
    warnings: list[str] = []
    for draft in rows:
        child = _child(draft, len(children) + 1)
        if child == Child(number=child.number):
            continue
        if any(child.model_copy(update={"number": other.number}) == other for other in children):
            warnings.append("One child stands in two rows of the referral; taken once.")
            continue
        warnings += filter(None, (nhs_number_doubt(child.nhs_number), upn_doubt(child.upn)))
        children.append(child)
    if not children:
        return (Child(number=1),), ("No child is described.",)
    return tuple(children), tuple(dict.fromkeys(warnings))


def _child(draft: Draft, number: int) -> Child:
    name = draft.text("child_name")
    parts = " ".join(filter(None, (draft.text("first_name"), draft.text("surname"))))
    if name and parts and set(folded(name).split()) != set(folded(parts).split()):
        what = "child name differs from first name and surname."
        raise _Contradiction(draft, what, "Leave one of the two empty, or write the same.")
    fields = ("born", "expected", "sex", "nhs_number", "upn", "case_number", "school")
    known = {field: draft.values[field] for field in fields if field in draft.values}
    return Child(number=number, name=name or parts, **known)


def _key(command: RaiseConcern) -> str:
    """The reference where there is one; else a digest of when, which family, what and which children.

    What goes into the digest, and how, is fixed for good: a second import of the same file must find the first.
    """
    if command.reference:
        return f"table/reference/{command.reference}"
    children = sorted(
        [child.name, str(child.born), str(child.expected), child.nhs_number, child.upn, child.case_number]
        for child in command.children
    )
    told = [iso_utc(command.received), command.received_precision, command.family, command.what, children]
    return f"table/content/{sha256(json.dumps(told).encode()).hexdigest()}"
