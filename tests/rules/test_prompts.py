"""What a prompt asks and how it is answered; a date set for after a limit raises one before anything is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.situation import Happening, Known, Situation, Variation
from tests.rules.house import clock, obligation, one, t, written

RECEIVED = {"referral_received": [Happening(t("2026-11-20T18:00"))]}


def prompt(
    starts: str = '{ earliest = ["referral_received"] }',
    more: str = "",
    asks: str = "unlikely_within_limit",
    met_by: str = "need_to_know_submitted",
    within: str = '{ promptly = "soon" }',
) -> str:
    """A prompt called `ask`, in TOML."""
    return (
        f'[[escalation]]\nid = "ask"\ndo = "Do"\nlabel = "ask"\nstrength = "should"\nmet_by = ["{met_by}"]\n'
        f'owner = "sw_manager"\nprompt_only = true\nasks = "{asks}"\nstarts = {starts}\nwithin = {within}\n{more}\n'
        'cite = { paragraph = "1", words = "soon" }\n'
    )


def said(*answers: tuple[bool | None, str | None], fact: str = "unlikely_within_limit") -> dict[str, list[Known]]:
    """Answers to one question in the order recorded, each with its London time."""
    return {fact: [Known(value, t(since) if since else None) for value, since in answers]}


# -------------------------------------------------------------------------------------------------------- answered
PLAIN = written(prompt())


@pytest.mark.parametrize(
    ("answers", "met"),
    [
        ([], None),
        ([(False, "2026-11-21T10:00")], "2026-11-21T10:00"),
        ([(True, "2026-11-21T10:00")], "2026-11-21T10:00"),
        ([(None, "2026-11-21T10:00")], None),
        ([(False, "2026-11-20T18:00")], "2026-11-20T18:00"),
        ([(False, "2026-11-20T17:59")], None),
        ([(False, "2026-11-21T10:00"), (True, "2026-11-22T10:00")], "2026-11-21T10:00"),
        ([(False, "2026-11-20T10:00"), (True, "2026-11-22T10:00")], "2026-11-22T10:00"),
        ([(False, "2026-11-21T10:00"), (None, "2026-11-22T10:00")], None),
        ([(False, "2026-11-21T10:00"), (None, "2026-11-22T10:00"), (False, "2026-11-23T10:00")], "2026-11-23T10:00"),
        # Recorded later, but so since before: the first of them answered it.
        ([(True, "2026-11-22T10:00"), (True, "2026-11-21T10:00")], "2026-11-21T10:00"),
        # Not dated: as old as the first thing that happened, which here began the prompt.
        ([(False, None)], "2026-11-20T18:00"),
    ],
)
def test_a_yes_or_a_no_since_it_began_answers_a_prompt(
    answers: Sequence[tuple[bool | None, str | None]], met: str | None
) -> None:
    found = one(PLAIN, Situation(RECEIVED, said(*answers) if answers else {}), "ask")
    assert (found.state, found.met_at) == ((State.MET, t(met)) if met else (State.RUNNING, None))


def test_what_comes_first_answers_it_the_event_or_the_judgement() -> None:
    events = {**RECEIVED, "need_to_know_submitted": [Happening(t("2026-11-21T12:00"))]}
    for minute in ("2026-11-21T11:59", "2026-11-21T12:01"):
        found = one(PLAIN, Situation(events, said((False, minute))), "ask")
        assert found.met_at == min(t(minute), t("2026-11-21T12:00"))


def test_an_answer_before_anything_happened_is_no_answer() -> None:
    assert one(PLAIN, Situation({}, said((False, None))), "ask").state is State.WAITING


def test_an_undated_answer_with_nothing_dated_to_hold_it_against_is_none() -> None:
    fact = written(prompt('{ earliest = ["fact:cannot_within_one_wd"] }'))
    dated = {"cannot_within_one_wd": [Known(True, t("2026-11-20T18:00"))]}
    assert one(fact, Situation({}, dated | said((False, None))), "ask").state is State.RUNNING


def test_what_is_ruled_out_stays_so_whatever_was_answered() -> None:
    book = written(prompt(more='when = "reasonable_cause"'))
    facts = said((False, "2026-11-21T10:00")) | {"reasonable_cause": [Known(False)]}
    found = one(book, Situation(RECEIVED, facts), "ask")
    assert (found.state, found.met_at) == (State.RULED_OUT, None)


def test_each_child_has_its_own_answer_or_the_one_for_all() -> None:
    book = written(prompt(more='per = "child"', asks="immediate_risk"))
    wide, own = Known(False, t("2026-11-21T10:00")), Known(None, t("2026-11-21T11:00"), child=2)
    situation = Situation(RECEIVED, {"immediate_risk": [wide, own]}, (1, 2))
    assert one(book, situation, "ask", 1).met_at == t("2026-11-21T10:00")
    assert one(book, situation, "ask", 2).state is State.RUNNING


def test_each_discussion_has_its_own_answer() -> None:
    held = [Happening(t(f"2026-11-2{day}T10:00"), discussion=day) for day in (1, 2)]
    book = written(prompt('{ earliest = ["discussion_held"] }', 'per = "discussion"', "more_discussions_needed"))
    facts = {"more_discussions_needed": [Known(False, t("2026-11-22T11:00"), discussion=2)]}
    found = book.deadlines(Situation({"discussion_held": held}, facts))
    assert {one.discussion: one.state for one in found} == {1: State.RUNNING, 2: State.MET}


# ----------------------------------------------------------------------------------------------------- booked late
DAY = obligation(clock("day", "{ working_days = 1 }"), met_by="discussion_held")
LATE = written(DAY + prompt('{ earliest = ["late:day"] }'))


def booked(*dates: tuple[str, str | None], **more: str) -> dict[str, list[Happening]]:
    """A referral, the dates booked in the order recorded with when each was set, and other events."""
    plans = [Happening(t(at), set_at=t(set_at) if set_at else None) for at, set_at in dates]
    return {**RECEIVED, "discussion_booked": plans, **{name: [Happening(t(at))] for name, at in more.items()}}


def asked(events: dict[str, list[Happening]], book: Rulebook = LATE, **more: object) -> Deadline:
    return one(book, replace(Situation(events), **more), "ask")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "late"), [("2026-11-23T23:59", False), ("2026-11-24T00:00", True), ("2026-11-24T00:01", True)]
)
def test_a_date_after_the_due_begins_it_when_it_was_set(at: str, late: bool) -> None:
    found = asked(booked((at, "2026-11-21T10:00")))
    assert (found.state is State.RUNNING, found.start) == (late, t("2026-11-21T10:00") if late else None)
    assert found.start_from == ("late:day" if late else "")


def test_the_last_minute_of_a_limit_in_hours_is_in_time() -> None:
    hours = written(DAY.replace("{ working_days = 1 }", "{ hours = 24 }") + prompt('{ earliest = ["late:day"] }'))
    assert asked(booked(("2026-11-21T18:00", "2026-11-20T19:00")), hours).state is State.WAITING
    assert asked(booked(("2026-11-21T18:01", "2026-11-20T19:00")), hours).state is State.RUNNING


def test_the_date_that_stands_is_the_one_looked_at() -> None:
    first, second = ("2026-11-26T10:00", "2026-11-21T10:00"), ("2026-11-23T10:00", "2026-11-21T11:00")
    assert asked(booked(first)).state is State.RUNNING
    assert asked(booked(first, second)).state is State.WAITING
    assert asked(booked(second, first)).state is State.RUNNING


def test_a_date_nobody_dated_was_set_when_the_clock_began() -> None:
    assert asked(booked(("2026-11-26T10:00", None))).start == t("2026-11-20T18:00")


def test_a_date_set_before_the_clock_began_is_late_from_its_beginning() -> None:
    assert asked(booked(("2026-11-26T10:00", "2026-11-19T10:00"))).start == t("2026-11-20T18:00")


def test_an_answer_is_for_the_booking_it_was_given_to() -> None:
    moved = booked(("2026-11-23T10:00", "2026-11-21T10:00"), ("2026-11-26T10:00", "2026-11-22T10:00"))
    before, after = said((False, "2026-11-22T09:59")), said((False, "2026-11-22T10:00"))
    assert asked(moved, facts=before).state is State.RUNNING
    assert asked(moved, facts=after).met_at == t("2026-11-22T10:00")


def test_a_form_sent_before_the_late_booking_is_sent() -> None:
    sent = booked(("2026-11-26T10:00", "2026-11-22T10:00"), need_to_know_submitted="2026-11-21T10:00")
    assert asked(sent).met_at == t("2026-11-21T10:00")


def test_once_it_is_held_in_time_no_later_date_is_too_late() -> None:
    again = booked(("2026-12-01T10:00", "2026-11-23T12:00"), discussion_held="2026-11-23T10:00")
    assert asked(again).state is State.WAITING


def test_once_it_is_held_late_the_date_that_stood_then_is_the_one_that_was_too_late() -> None:
    late, next_one = ("2026-11-26T10:00", "2026-11-21T10:00"), ("2026-12-01T10:00", "2026-11-26T12:00")
    found = asked(booked(late, next_one, discussion_held="2026-11-26T10:00"))
    assert (found.state, found.start) == (State.RUNNING, t("2026-11-21T10:00"))
    assert asked(booked(next_one, discussion_held="2026-11-26T10:00")).state is State.WAITING


def test_a_limit_put_off_by_approval_takes_it_back() -> None:
    book = written(
        DAY.replace("\ncite", '\nmay_be_varied_by = ["senior_management"]\ncite')
        + prompt('{ earliest = ["late:day"] }')
    )
    events = booked(("2026-11-26T10:00", "2026-11-21T10:00"))
    approved = [Variation("day", t("2026-11-26T10:00"), "senior_management", "agreed")]
    assert asked(events, book).state is State.RUNNING
    assert asked(events, book, variations=approved).state is State.WAITING


def test_a_clock_that_is_out_has_nothing_to_be_late_for() -> None:
    out = obligation(clock("day", "{ hours = 1 }", more='when = "organised_abuse"'), met_by="discussion_held")
    book, events = (
        written(out + prompt('{ earliest = ["late:day"] }')),
        booked(("2026-11-26T10:00", "2026-11-21T10:00")),
    )
    assert asked(events, book, facts={"organised_abuse": [Known(False)]}).state is State.WAITING
    open_still = asked(events, book)
    assert (open_still.state, open_still.certain, open_still.unless) == (State.RUNNING, False, ("organised_abuse",))
    assert asked(events, book, facts={"organised_abuse": [Known(True)]}).certain


def test_a_clock_that_has_not_begun_has_no_due_to_be_late_for() -> None:
    events = booked(("2026-11-26T10:00", "2026-11-21T10:00"))
    del events["referral_received"]
    assert asked(events).state is State.WAITING


def test_it_may_stand_before_the_clock_it_waits_for() -> None:
    turned = written(
        prompt('{ earliest = ["late:b"] }')
        + prompt('{ earliest = ["referral_received"] }', within="{ hours = 2 }", met_by="discussion_held").replace(
            '"ask"', '"b"'
        )
    )
    assert asked(booked(("2026-11-20T20:01", "2026-11-20T19:00")), turned).start == t("2026-11-20T19:00")


def test_days_are_counted_from_the_day_it_was_set() -> None:
    """A miss at midnight ends the day before; a date set at midnight is of the day that begins with it."""
    book = written(DAY + prompt('{ earliest = ["late:day"] }', within="{ calendar_days = 1 }"))
    assert asked(booked(("2026-11-26T10:00", "2026-11-21T00:00")), book).due == t("2026-11-23T00:00")


@pytest.mark.parametrize(("which", "start"), [("earliest", "2026-11-21T10:00"), ("latest", "2026-11-24T00:00")])
def test_beside_the_miss_the_earlier_or_the_later_counts(which: str, start: str) -> None:
    book = written(DAY + prompt(f'{{ {which} = ["late:day", "breach:day"] }}'))
    assert asked(booked(("2026-11-26T10:00", "2026-11-21T10:00")), book).start == t(start)


def test_a_step_after_another_looks_at_what_was_set_since() -> None:
    first = prompt('{ earliest = ["disagreement_raised"] }', within='{ promptly = "soon" }').replace('"ask"', '"first"')
    book = written(DAY + first + prompt('{ earliest = ["late:day"] }', 'after = "first"'))
    raised = {"disagreement_raised": "2026-11-21T12:00"}
    before = booked(("2026-11-26T10:00", "2026-11-21T11:59"), **raised)
    since = booked(("2026-11-26T10:00", "2026-11-21T12:00"), **raised)
    assert asked(before, book).state is State.WAITING
    assert asked(since, book).start == t("2026-11-21T12:00")


# ---------------------------------------------------------------------------------------- for one child of several
CONFERENCE = obligation(clock("icpc", "{ working_days = 1 }"), more='per = "child"', met_by="icpc_held")


def conferences(*plans: Happening) -> Situation:
    return Situation({**RECEIVED, "icpc_booked": list(plans)}, {}, (1, 2))


SOON, FAR, SET = t("2026-11-23T10:00"), t("2026-11-26T10:00"), t("2026-11-21T10:00")


def test_a_date_for_one_child_is_late_for_that_child() -> None:
    book = written(CONFERENCE + prompt('{ earliest = ["late:icpc"] }', 'per = "child"'))
    situation = conferences(Happening(FAR, 1, set_at=SET), Happening(SOON, 2, set_at=SET))
    assert one(book, situation, "ask", 1).start == SET
    assert one(book, situation, "ask", 2).state is State.WAITING
    both = conferences(Happening(FAR, set_at=SET))
    assert [one(book, both, "ask", child).start for child in (1, 2)] == [SET, SET]


def test_owed_once_for_the_concern_it_begins_with_the_first_child_it_is_late_for() -> None:
    later = t("2026-11-22T10:00")
    plans = Happening(FAR, 1, set_at=later), Happening(FAR, 2, set_at=SET)
    for which, start in (("earliest", SET), ("latest", later)):
        book = written(CONFERENCE + prompt(f'{{ {which} = ["late:icpc"] }}'))
        assert one(book, conferences(*plans), "ask").start == start


def test_each_child_asks_about_its_own_date_for_what_is_owed_once() -> None:
    once = obligation(clock("icpc", "{ working_days = 1 }"), met_by="icpc_held")
    book = written(once + prompt('{ earliest = ["late:icpc"] }', 'per = "child"'))
    situation = conferences(Happening(FAR, 1, set_at=SET), Happening(SOON, 2, set_at=SET))
    assert [one(book, situation, "ask", child).state for child in (1, 2)] == [State.RUNNING, State.WAITING]
    held = {**situation.events, "icpc_held": [Happening(FAR, 1)]}
    late = replace(situation, events=held)
    assert [one(book, late, "ask", child).state for child in (1, 2)] == [State.RUNNING, State.WAITING]


def test_each_discussion_asks_about_its_own_date_for_what_is_owed_once() -> None:
    book = written(DAY + prompt('{ earliest = ["late:day"] }', 'per = "discussion"'))
    held = [Happening(FAR, discussion=number) for number in (1, 2)]
    plans = [Happening(FAR, discussion=1, set_at=SET), Happening(SOON, discussion=2, set_at=SET)]
    found = book.deadlines(Situation({**RECEIVED, "discussion_held": held, "discussion_booked": plans}))
    states = {deadline.discussion: deadline.state for deadline in found if deadline.clock.id == "ask"}
    assert states == {1: State.RUNNING, 2: State.WAITING}


def test_what_is_written_down_as_it_begins_is_the_date_that_stood() -> None:
    now = ("2026-11-26T10:00", "2026-11-26T10:00")
    assert asked(booked(now, discussion_held="2026-11-26T10:00")).start == t("2026-11-26T10:00")
