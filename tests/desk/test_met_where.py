"""Each thing owed is met on the screen on which it is recorded; the table knows no event that is not one."""

from __future__ import annotations

import pytest

from duty_tui.desk.met_where import PLACES, place_of
from duty_tui.rules.loader import builtin_folder, builtin_names, load_pack, load_vocabulary
from duty_tui.rules.pack import Escalation, Obligation

WORDS = load_vocabulary()
PACKS = {name: load_pack(builtin_folder() / name, WORDS).newest for name in builtin_names()}


def rule(name: str) -> Obligation | Escalation:
    pack, _, wanted = name.partition("/")
    written: tuple[Obligation | Escalation, ...] = (*PACKS[pack].obligation, *PACKS[pack].escalation)
    return next(one for one in written if one.id == wanted)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("three-working-days/decide-needed", "agree"),
        ("three-working-days/record-decision", "agree"),
        ("three-working-days/discussion", "call"),
        ("three-working-days/next-in-series", "call"),
        ("three-working-days/icpc", "time"),
        ("action-note-003/child-seen", "visit"),
        ("action-note-003/interim-note", "note"),
        ("action-note-003/need-to-know", "form"),
        ("action-note-003/nothing-booked", "judge"),
        ("action-note-003/tell-referrer", "time"),
        ("ics-record/record", "sign"),
        ("ics-record/copy", "circulate"),
        ("action-note-003/copy-to-invited", "circulate"),
        ("children-act-orders/police-protection", "orders"),
        ("children-act-orders/epo", "orders"),
        ("children-act-orders/epo-length", "orders"),
    ],
)
def test_where_each_is_met(name: str, place: str) -> None:
    assert place_of(rule(name)) == place


def test_a_step_up_without_a_form_is_met_by_its_moment() -> None:
    step = rule("action-note-003/need-to-know").model_copy(update={"form": None})
    assert place_of(step) == "time"


def test_the_table_names_events_of_the_vocabulary() -> None:
    assert PLACES.keys() <= WORDS.event.keys()
