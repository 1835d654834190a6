"""From a concern to its row in the queue: its place under the adopted policies, and everything the row shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from duty_tui.desk.next_step import next_step
from duty_tui.desk.situation import situation_of
from duty_tui.desk.stage import stage_of
from duty_tui.domain.ages import UNBORN
from duty_tui.domain.concern import Concern
from duty_tui.domain.people import Child
from duty_tui.domain.text import fold
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import Place, place
from duty_tui.store.rows import GONE, LAST, ConcernRow, Identity

#: Longest headline and search text kept in a row; the concern itself keeps everything.
_HEADLINE, _SEARCH = 200, 2000


def display_name(concern: Concern) -> str:
    """The family's name, or the first child's, or the case number the authority knows the child by."""
    first = next(iter(concern.children), None)
    if concern.family or first is None:
        return concern.family or "Nobody named"
    return first.name or first.case_number or first.called


def row_of(concern: Concern, rulebook: Rulebook) -> ConcernRow:
    """The concern's row as the queue keeps it. A closed concern has no deadline."""
    if concern.is_destroyed:
        return _destroyed(concern)
    situation = situation_of(concern, rulebook)
    deadlines = rulebook.deadlines(situation) if concern.is_open else []
    found = place(deadlines, rulebook.vocabulary)
    return _row(concern, found, next_step(concern, found, deadlines))


def row_without_rules(concern: Concern) -> ConcernRow:
    """The row of a concern whose place cannot be worked out: nothing is due, and it stands in the first band."""
    return _row(concern, Place(1, None, None, certain=False, deadline=None), "What is due cannot be worked out now")


def _row(concern: Concern, found: Place, step: str) -> ConcernRow:
    youngest, eldest = _ages(concern.children)
    name = display_name(concern)
    return ConcernRow(
        id=concern.id,
        version=concern.version,
        status="open" if concern.is_open else "closed",
        rank=found.rank,
        due=_seconds(found.due),
        received=_seconds(concern.received) or 0,
        certain=found.certain,
        provisional=bool(found.deadline and found.deadline.provisional),
        deadline=found.deadline.obligation.label if found.deadline else "",
        next_step=step,
        owner=concern.owner,
        family=name,
        family_key=fold(concern.family or name),
        children=len(concern.children),
        youngest=youngest,
        eldest=eldest,
        concern=(concern.what.splitlines() or [""])[0][:_HEADLINE],
        source=concern.source or concern.caller.agency,
        stage=stage_of(concern),
        search=_search(concern, name),
        restricted=concern.restricted_to is not None,
    )


def _destroyed(concern: Concern) -> ConcernRow:
    """What is left of a concern whose entries were destroyed: its number, which is never given again."""
    emptied = ConcernRow(
        *(concern.id, concern.version, GONE, LAST, None, 0, True, False, "", "", None, "DESTROYED", ""),
        *(0, None, None, "", "", "Destroyed", "", False),
    )
    return emptied._replace(family_key=fold(emptied.family))


def identities_of(concern: Concern) -> list[Identity]:
    """What another record of the same child would share with this one."""
    found = []
    for child in concern.children:
        if child.upn:
            found.append(Identity("upn", "".join(child.upn.split()).upper()))
        if child.nhs_number:
            found.append(Identity("nhs", "".join(filter(str.isdigit, child.nhs_number))))
        if child.name and child.born:
            found.append(Identity("name+born", f"{fold(child.name)}|{child.born.isoformat()}"))
        if child.case_number:
            found.append(Identity("case", fold(child.case_number)))
    return found


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())


def _ages(children: Sequence[Child]) -> tuple[str | None, str | None]:
    """Dates of birth of the youngest and the eldest, ISO; the unborn are youngest of all."""
    born = sorted(child.born for child in children if child.born)
    eldest = born[0].isoformat() if born else None
    if any(child.expected and not child.born for child in children):
        return UNBORN, eldest
    return (born[-1].isoformat() if born else None), eldest


def _search(concern: Concern, name: str) -> str:
    parts = [name, concern.source, concern.owner or "", concern.caller.agency, concern.reference]
    for child in concern.children:
        parts += [child.name, child.case_number, child.upn, child.nhs_number]
    return fold(" ".join((*filter(None, parts), concern.what)))[:_SEARCH]
