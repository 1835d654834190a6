from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.concern import Answer
from duty_tui.screens.intake_draft import readable
from duty_tui.screens.intake_form import CALLER, CHILDREN, IntakeForm
from duty_tui.store.rows import Draft

OPENED = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def form(**typed: str) -> IntakeForm:
    made = IntakeForm(OPENED, children="Amara Okafor 3/4/2022 f")
    for name, text in typed.items():
        made.put(name, text, OPENED + 10 * MINUTE)
    return made


def test_a_new_form_is_empty_and_counts_as_received_when_it_was_opened() -> None:
    new = IntakeForm(OPENED)
    assert new.empty
    assert new.command().received == OPENED
    assert len({new.mark, new.concern, new.draft}) == 3
    assert not form().empty
    assert not IntakeForm(OPENED, anonymous=False).empty


def test_a_form_comes_back_from_its_draft_word_for_word() -> None:
    before = form(received="-20m", what="Bruises.\nTwo.", name="Ms [/] Lund")
    before.answers = {"reasonable_cause": "unknown"}
    before.anonymous, before.section = True, 2
    assert IntakeForm.from_body(json.loads(json.dumps(before.body()))) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"opened": "2026-11-20T18:05:00"},
        {"opened": 7},
        {"children": 5},
        {"children": None},
        {"section": "1"},
        {"anonymous": "yes"},
        {"referred": None},
        {"answers": {"reasonable_cause": "perhaps"}},
        {"answers": [1]},
        {"typed_at": {"received": "2026-11-20T18:05:00"}},
        {"typed_at": {"received": None}},
    ],
)
def test_a_draft_that_is_none_is_not_taken_for_one(wrong: dict[str, object]) -> None:
    kept = Draft("d", "concern", None, "Ann", "here", OPENED, form().body() | wrong)
    assert readable(kept) is None
    assert readable(kept._replace(body=form().body())) is not None


@given(st.text(), st.dictionaries(st.text(), st.sampled_from(["yes", "no", "unknown"])))
def test_any_text_comes_back(text: str, answers: dict[str, Answer]) -> None:
    before = IntakeForm(OPENED, what=text, children=text, received=text, answers=answers)
    assert IntakeForm.from_body(before.body() | {"from a newer program": 1}) == before


def test_a_relative_time_counts_from_when_it_was_typed() -> None:
    early = form(received="-20m")
    assert early.received_at == OPENED - 10 * MINUTE
    assert IntakeForm.from_body(early.body()).received_at == OPENED - 10 * MINUTE
    assert not early.put("received", "-20m", OPENED + 90 * MINUTE), "nothing new was typed"
    assert early.received_at == OPENED - 10 * MINUTE


def test_a_day_without_a_time_is_recorded_as_a_day() -> None:
    assert form(received="yesterday").command().received_precision == "day"
    assert form(received="17:00").command().received_precision == "minute"


def test_what_stands_in_the_way_is_said_in_the_order_of_the_form() -> None:
    bad = form(received="rubbish", identified="25/10/2026 01:30", children="Amara 31/2/2020")
    problems = list(bad.problems())
    assert [(one.section, one.field) for one in problems] == [
        (CALLER, "received"), (CALLER, "identified"), (CHILDREN, "children"),
    ]  # fmt: skip
    assert "Write bst or gmt after it" in problems[1].why
    assert "Child 1: There is no 31 February" in problems[2].why
    assert [one.field for one in form(children=" \n ").problems()] == ["children"]
    assert list(form().problems()) == []


def test_on_an_open_case_nothing_was_referred_and_no_reason_is_asked_for() -> None:
    open_case = form(received="17:00", identified="17:30", emerged="A second call.")
    open_case.referred = False
    assert not open_case.late_identified
    command = open_case.command()
    assert (command.referred, command.received.hour, command.emerged_later) == (False, 17, "")
    assert not IntakeForm(OPENED, referred=False).empty
    assert IntakeForm.from_body(open_case.body()) == open_case


def test_a_reason_counts_only_while_it_was_identified_later() -> None:
    late = form(received="17:00", identified="17:30", emerged="A second call.")
    assert late.late_identified
    assert late.command().emerged_later == "A second call."
    earlier = form(received="17:00", identified="16:00", emerged="A second call.")
    assert not earlier.late_identified
    assert earlier.command().emerged_later == ""


def test_everything_typed_is_in_what_would_be_recorded() -> None:
    made = form(
        name="Ms P. Lund", role="Head", agency="Hollin School", telephone="020", what="Bruises", happened="today",
        children="Amara Okafor 3/4/2022 f\nKofi Okafor m",
    )  # fmt: skip
    made.anonymous = True
    made.answers = {"reasonable_cause": "yes"}
    command = made.command()
    assert command.caller.model_dump() == {
        "name": "Ms P. Lund", "role": "Head", "agency": "Hollin School", "telephone": "020", "anonymous": True,
    }  # fmt: skip
    assert (command.source, command.family) == ("Hollin School", "Okafor")
    assert (command.what, command.happened, command.answers) == ("Bruises", "today", {"reasonable_cause": "yes"})
    assert [child.name for child in command.children] == ["Amara Okafor", "Kofi Okafor"]


def test_while_nobody_is_named_the_place_is_worked_out_for_one_child() -> None:
    assert [child.number for child in form(children="").command().children] == [1]
