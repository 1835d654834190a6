"""What the adopted policies want discussed, decided and recorded, as one list of points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from duty_tui.rules.clauses import AnsweredBy, Strength
from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.kleene import Compiled, Verdict, always, compile_condition
from duty_tui.rules.model import Citation
from duty_tui.rules.pack import Pack


class Point(NamedTuple):
    """One thing a policy wants discussed, decided or recorded."""

    #: `pack/id`.
    item: str
    text: str
    kind: Literal["agenda", "decide", "record"]
    cite: Citation
    group: str = ""
    strength: Strength = "should"
    #: Asked once per child, once per agency, or once.
    per: Literal["child", "agency"] | None = None
    #: Answered from what is recorded; None when it is answered in words.
    answered_by: AnsweredBy | None = None
    fields: tuple[str, ...] = ()
    needs_reason: bool = False
    makes: str = ""
    #: The fact its answer sets; empty for none.
    sets: str = ""
    when: Compiled = always

    def applies(self, look: FactLookup) -> Verdict:
        """Yes, no, or the facts that keep it open: then it stands "unless ruled out"."""
        return self.when(look)


def points(packs: Iterable[Pack]) -> list[Point]:
    """The points of the packs in their order: agenda or checklist, decisions to take, what the record holds."""
    return [point for pack in packs for point in (*_agenda(pack), *_decisions(pack), *_record(pack), *_chair(pack))]


def _agenda(pack: Pack) -> Iterator[Point]:
    if pack.agenda is None:
        return
    for item in pack.agenda.items:
        yield Point(
            item=f"{pack.pack.id}/{item.id}",
            text=item.text,
            group=item.group,
            kind="agenda",
            strength=pack.agenda.strength,
            per=item.per,
            answered_by=item.answered_by,
            needs_reason=item.needs_reason,
            makes=item.makes or "",
            sets=item.sets or "",
            cite=pack.agenda.cite,
        )


def _decisions(pack: Pack) -> Iterator[Point]:
    for one in pack.decision:
        yield Point(
            item=f"{pack.pack.id}/{one.id}",
            text=one.text,
            kind="decide",
            answered_by=one.answered_by,
            fields=one.fields,
            makes=one.makes or "",
            when=compile_condition(one.when),
            cite=one.cite,
        )


def _record(pack: Pack) -> Iterator[Point]:
    for one in pack.record:
        yield Point(
            item=f"{pack.pack.id}/{one.id}",
            text=one.text,
            kind="record",
            strength=one.strength,
            per="child" if one.per == "child" else None,
            answered_by=one.answered_by,
            fields=one.fields,
            needs_reason=one.needs_reason,
            makes=one.makes or "",
            when=compile_condition(one.when),
            cite=one.cite,
        )


def _chair(pack: Pack) -> Iterator[Point]:
    """What a policy says of those attending and of the chair, where it is a point of the record."""
    rule, chair, own = pack.attendance_rule, pack.chair, pack.pack.id
    if rule is not None and rule.senior_enough:
        text = "Whether everybody there can decide for their agency"
        yield Point(f"{own}/senior-enough", text, "record", rule.cite, answered_by="seniority")
    if chair is not None and chair.signs:
        yield Point(f"{own}/signature", "The chair's signature", "record", chair.cite, answered_by="signature")
