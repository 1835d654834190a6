"""Everything recorded about a concern, as plain values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_data import kept_of, kept_of_all, plain
from duty_tui.domain.commands import CloseConcern
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.desk.documented import signed_and_added_to, went_up
from tests.discussions import CONCERN


def test_every_entry_is_there_as_it_was_recorded_and_sealed(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    kept = kept_of(desk, CONCERN)
    entries = desk.store.stream(CONCERN)
    assert [(one.entry, one.journal, one.hash, one.data) for one in kept.entries] == [
        (one.id, one.seq, one.hash, one.data) for one in entries
    ]
    assert (kept.reference, kept.hidden) == ("C1", False)


def test_what_it_adds_up_to_is_json_and_leaves_nothing_out(desk: Desk, hands: Hands) -> None:
    signed_and_added_to(desk, hands)
    state = json.loads(json.dumps(kept_of(desk, CONCERN).state))
    held = state["discussions"][0]
    assert [child["name"] for child in state["children"]] == ["Amara Okoye", "Kofi Okoye", ""]
    assert (held["started"], held["signatures"]["1"]["by"]) == ("2026-11-20T18:15:00Z", "Ann Osei")
    assert held["dropped"] == {"3": "Not born yet; a plan is made apart"}
    assert held["actions"][2]["done"]["1"] == ["2026-11-20T21:25:00Z", "Seen"]
    assert "history" not in state


def test_escalations_are_in_it(desk: Desk, hands: Hands) -> None:
    went_up(desk, hands)
    state = kept_of(desk, CONCERN).state
    assert state is not None
    assert [one["form"] for one in state["escalations"]] == ["need_to_know", "disagreement"]


def test_values_become_json_s_own() -> None:
    assert plain((date(2026, 11, 20), NOW, {1: a_child(born=None)}, None, True, "x")) == [
        "2026-11-20",
        "2026-11-20T18:05:00Z",
        {"1": a_child(born=None).model_dump(mode="json")},
        None,
        True,
        "x",
    ]


def test_all_are_open_and_closed_in_order_and_hidden_ones_by_reference(
    desk: Desk, hands: Hands, store: MemoryStore
) -> None:
    for name in ("a" * 32, "b" * 32, "c" * 32):
        desk.do(name, raise_concern())
    desk.do("a" * 32, CloseConcern(reason="Advice given"))
    desk.do("b" * 32, RestrictConcern(names=("Ann Osei",), reason="Staff family"))
    found = list(kept_of_all(make_desk(store, hands, "Tom Reid")))
    assert [(one.reference, one.hidden, len(one.entries)) for one in found] == [
        ("C1", False, 2),
        ("C2", True, 0),
        ("C3", False, 1),
    ]
    assert [one.hidden for one in kept_of_all(desk)] == [False, False, False]
    with pytest.raises(Refused, match="restricted"):
        kept_of(make_desk(store, hands, "Tom Reid"), "b" * 32)
