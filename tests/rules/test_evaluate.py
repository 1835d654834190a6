"""What falls due when, beyond what the examples of the packs show: who governs, what unknown does, who is concerned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.adoption import Spell
from duty_tui.rules.conditions import Kleene
from duty_tui.rules.deadline import Deadline, State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.loader import load_policies
from duty_tui.rules.situation import Happening, Known, Situation
from tests.rules.house import book, calendars, clock, known, made, obligation, one, t, vocabulary, written

RECEIVED = "2026-11-20T18:00"
NOTE = book("action-note-003", "ics-record")


def governing(rulebook: Rulebook, situation: Situation) -> dict[tuple[str, str, int | None, int | None], Deadline]:
    return {
        (found.pack.pack.id, found.obligation.id, found.child, found.discussion): found
        for found in rulebook.deadlines(situation)
        if found.governs
    }


# -------------------- who governs
def test_the_earliest_governs_and_the_others_say_to_whom_they_lost() -> None:
    rulebook = written(obligation(clock("a", "{ working_days = 2 }"), clock("b", "{ working_days = 1 }")))
    first, second = rulebook.deadlines(known({"referral_received": RECEIVED}))
    assert (first.governs, first.lost_to) == (False, "b")
    assert (second.governs, second.lost_to, second.open) == (True, None, True)


def test_of_one_due_the_certain_clock_governs() -> None:
    unsure = clock("a", "{ same_day = true }", more='when = "immediate_risk"')
    rulebook = written(obligation(unsure, clock("b", "{ same_day = true }")))
    assert one(rulebook, known({"referral_received": RECEIVED}), "b").governs


def test_of_one_due_and_the_same_certainty_the_one_written_first() -> None:
    rulebook = written(obligation(clock("a", "{ same_day = true }"), clock("b", "{ same_day = true }")))
    assert one(rulebook, known({"referral_received": RECEIVED}), "a").governs


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_due_governs_over_none(order: tuple[str, str]) -> None:
    clocks = {"a": clock("a", '{ promptly = "soon" }'), "b": clock("b", "{ months = 3 }")}
    rulebook = written(obligation(*(clocks[name] for name in order)))
    situation = known({"referral_received": RECEIVED})
    assert one(rulebook, situation, "b").governs
    assert one(rulebook, situation, "a").lost_to == "b"


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_without_any_due_the_one_begun_first(order: tuple[str, str]) -> None:
    later = clock("a", '{ promptly = "soon" }')
    earlier = clock("b", '{ promptly = "soon" }', '{ earliest = ["concern_identified"] }')
    clocks = {"a": later, "b": earlier}
    rulebook = written(obligation(*(clocks[name] for name in order)))
    situation = known({"referral_received": RECEIVED, "concern_identified": "2026-11-20T17:00"})
    assert one(rulebook, situation, "b").governs


def test_a_chain_of_replacements() -> None:
    rulebook = written(
        obligation(
            clock("a", "{ hours = 1 }"),
            clock("b", "{ hours = 2 }", more='replaces = ["a"]'),
            clock("c", "{ hours = 3 }", more='replaces = ["b"]'),
        )
    )
    found = rulebook.deadlines(known({"referral_received": RECEIVED}))
    assert [(deadline.state, deadline.lost_to) for deadline in found] == [
        (State.REPLACED, "b"),
        (State.REPLACED, "c"),
        (State.RUNNING, None),
    ]
    assert found[2].governs


def test_what_is_met_still_says_what_governed_it() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }"), clock("b", "{ hours = 2 }")))
    situation = known({"referral_received": RECEIVED, "matter_escalated": "2026-11-20T19:30"})
    first, second = rulebook.deadlines(situation)
    assert (first.state, first.governs, first.open, first.overdue(t("2026-12-01T00:00"))) == (
        State.MET,
        True,
        False,
        True,
    )
    assert (second.state, second.governs, second.overdue(t("2026-12-01T00:00"))) == (State.MET, False, False)


def test_overdue_is_a_question_about_a_moment() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }"), clock("b", '{ promptly = "soon" }')))
    numbered, prompt = rulebook.deadlines(known({"referral_received": RECEIVED}))
    assert not numbered.overdue(t("2026-11-20T18:59"))
    assert numbered.overdue(t("2026-11-20T19:00"))
    assert not prompt.overdue(t("2030-01-01T00:00"))
    waiting = one(rulebook, known(), "a")
    assert not waiting.overdue(t("2030-01-01T00:00"))
    assert not waiting.open


def test_a_rule_that_was_met_before_any_clock_began_is_not_met() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }")))
    situation = known({"referral_received": RECEIVED, "matter_escalated": "2026-11-20T17:59"})
    assert one(rulebook, situation, "a").state is State.RUNNING


def test_the_earliest_of_several_meetings_meets_it() -> None:
    two = obligation(clock("a", "{ hours = 9 }")).replace(
        '["matter_escalated"]', '["matter_escalated", "lado_informed"]'
    )
    situation = known(
        {"referral_received": RECEIVED, "matter_escalated": "2026-11-20T20:00", "lado_informed": "2026-11-20T19:00"}
    )
    assert one(written(two), situation, "a").met_at == t("2026-11-20T19:00")
    swapped = two.replace('["matter_escalated", "lado_informed"]', '["lado_informed", "matter_escalated"]')
    assert one(written(swapped), situation, "a").met_at == t("2026-11-20T19:00")


def test_a_clock_ruled_out_does_not_decide_what_meets_the_others() -> None:
    early = clock("a", "{ hours = 1 }", '{ earliest = ["concern_identified"] }', 'when = "immediate_risk"')
    rulebook = written(obligation(early, clock("b", "{ hours = 1 }")))
    times = {
        "concern_identified": "2026-11-20T10:00",
        "matter_escalated": "2026-11-20T12:00",
        "referral_received": RECEIVED,
    }
    assert one(rulebook, known(times), "b").state is State.MET
    assert one(rulebook, known(times, {"immediate_risk": False}), "b").state is State.RUNNING


# -------------------- what unknown does
kleene = st.sampled_from([True, False, None])
FACTS = (
    "reasonable_cause",
    "serious_risk_of_harm",
    "penetrative_sexual_abuse",
    "forensic_needs_same_day",
    "immediate_action_required",
    "organised_abuse",
    "allegation_against_staff",
    "actual_harm_evidenced",
    "immediate_risk",
    "abe_interview_required",
)
moments = st.integers(1577836800, 1830297600).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Situation, Situation]:
    """A situation, and the same with some of its unknown facts answered."""
    received = draw(moments)
    events = {"referral_received": [Happening(received)]}
    if draw(st.booleans()):
        events["concern_identified"] = [Happening(received + timedelta(hours=draw(st.integers(-90, 90))))]
    held = sorted(draw(st.lists(st.integers(-20, 200), max_size=2)))
    events["discussion_held"] = [
        Happening(received + timedelta(hours=hours), discussion=number) for number, hours in enumerate(held, 1)
    ]
    before: dict[str, Kleene] = {name: draw(kleene) for name in FACTS}
    after = {name: draw(kleene) if value is None else value for name, value in before.items()}

    def facts(values: dict[str, Kleene]) -> dict[str, list[Known]]:
        return {name: [Known(value)] for name, value in values.items()}

    return Situation(events, facts(before), (1, 2)), Situation(events, facts(after), (1, 2))


@given(situations())
def test_what_governs_while_something_is_unknown_is_never_due_later_than_after_any_answer(
    pair: tuple[Situation, Situation],
) -> None:
    """For every obligation whose clocks start with events: unknown never lengthens a limit.

    It holds for clocks that start with events and have no exception to their start: an unknown condition keeps a clock,
    replaces nothing, and each clock's own due does not depend on a fact. A clock that starts with a fact or with the
    breach of an uncertain clock begins only by an answer, so nothing can be said about it before.
    """
    before, after = (governing(NOTE, situation) for situation in pair)
    for key, learned in after.items():
        if learned.start_from.startswith(("fact:", "breach:")):
            continue
        unsure = before[key]
        if learned.due is not None:
            assert unsure.due is not None
            assert unsure.due <= learned.due
        else:
            assert unsure.due is not None or (unsure.start is not None and learned.start is not None)


@given(situations())
def test_what_is_certain_stays_whatever_is_learned(pair: tuple[Situation, Situation]) -> None:
    """A clock that certainly applies, or certainly does not, is not changed by an answer to an open question.

    Only `replaces` acts on others, and the default policies have none; what begins with a breach is left out as above.
    """
    before, after = (NOTE.deadlines(situation) for situation in pair)
    for was, now in zip(before, after, strict=True):
        if was.start_from.startswith("breach:") or now.start_from.startswith("breach:"):
            continue
        assert (was.clock.id, was.child, was.discussion) == (now.clock.id, now.child, now.discussion)
        if was.certain:
            assert (was.start, was.due) == (now.start, now.due)
            assert (was.state is State.RULED_OUT) == (now.state is State.RULED_OUT)


@given(situations())
def test_uncertain_is_what_names_the_facts_that_keep_it_open(pair: tuple[Situation, Situation]) -> None:
    for deadline in NOTE.deadlines(pair[0]):
        assert deadline.certain == (not deadline.unless)
        assert len(set(deadline.unless)) == len(deadline.unless)
        assert all(pair[0].facts.get(name, [Known(None)])[0].value is None for name in deadline.unless)


@given(situations())
def test_exactly_one_governs_wherever_something_runs(pair: tuple[Situation, Situation]) -> None:
    found = NOTE.deadlines(pair[0])
    duties = {(item.pack.pack.id, item.obligation.id, item.child, item.discussion) for item in found}
    for duty in duties:
        clocks = [d for d in found if (d.pack.pack.id, d.obligation.id, d.child, d.discussion) == duty]
        begun = [d for d in clocks if d.state in (State.RUNNING, State.MET) and d.start is not None]
        assert sum(d.governs for d in clocks) == bool(begun)
        for loser in begun:
            if not loser.governs:
                winner = next(d for d in begun if d.governs)
                assert loser.lost_to == winner.clock.id
                assert loser.due is None or (winner.due is not None and winner.due <= loser.due)


# -------------------- who is concerned
def test_what_is_asked_of_each_child_counts_for_the_concern_when_it_is_yes_for_any() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }"), more='when = "immediate_risk"'))

    def state(*answers: Known) -> tuple[State, bool]:
        events = {"referral_received": [Happening(t(RECEIVED))]}
        found = one(rulebook, Situation(events, {"immediate_risk": answers}, (1, 2)), "a")
        return found.state, found.certain

    assert state(Known(True, child=1)) == (State.RUNNING, True)
    assert state(Known(False, child=1)) == (State.RUNNING, False)
    assert state(Known(False, child=1), Known(False, child=2)) == (State.RULED_OUT, True)
    assert state(Known(False), Known(True, child=2)) == (State.RUNNING, True)
    assert state(Known(False)) == (State.RULED_OUT, True)
    assert state(Known(True), Known(False, child=1), Known(False, child=2)) == (State.RULED_OUT, True)
    assert state(Known(True, child=1), Known(False, child=1), Known(False, child=2)) == (State.RULED_OUT, True)


def test_what_is_asked_of_each_discussion_counts_for_the_concern_when_it_is_yes_for_any() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }"), more='when = "inquorate"'))
    events = {
        "referral_received": [Happening(t(RECEIVED))],
        "discussion_held": [Happening(t("2026-11-21T10:00"), discussion=n) for n in (1, 2)],
    }

    def state(*answers: Known) -> tuple[State, bool]:
        found = one(rulebook, Situation(events, {"inquorate": answers}), "a")
        return found.state, found.certain

    assert state(Known(True, discussion=1), Known(False, discussion=2)) == (State.RUNNING, True)
    assert state(Known(False, discussion=2)) == (State.RUNNING, False)
    assert state(Known(False, discussion=1), Known(False, discussion=2)) == (State.RULED_OUT, True)


def test_a_fact_of_the_concern_is_the_last_answer_whoever_it_was_about() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }"), more='when = "reasonable_cause"'))
    events = {"referral_received": [Happening(t(RECEIVED))]}
    answers = {"reasonable_cause": [Known(False, child=1), Known(True, discussion=2)]}
    assert one(rulebook, Situation(events, answers), "a").certain
    assert one(rulebook, Situation(events, {"reasonable_cause": []}), "a").unless == ("reasonable_cause",)


def test_a_fact_asked_of_a_rulebook_for_the_child_of_a_deadline() -> None:
    situation = Situation(
        {"discussion_held": [Happening(t(RECEIVED), discussion=1)]}, {"immediate_risk": [Known(True, child=2)]}, (1, 2)
    )
    first, second = (one(NOTE, situation, "seen-same-day", child) for child in (1, 2))
    assert NOTE.answer(situation, "immediate_risk", first) is None
    assert NOTE.answer(situation, "immediate_risk", second) is True


def test_a_fact_begins_a_clock_when_it_first_became_yes_for_anybody() -> None:
    rulebook = written(obligation(clock("a", "{ hours = 1 }", '{ earliest = ["fact:immediate_risk"] }')))
    answers = [Known(True, t("2026-11-21T10:00"), child=1), Known(True, t("2026-11-20T10:00"), child=2)]
    assert one(rulebook, Situation({}, {"immediate_risk": answers}, (1, 2)), "a").start == t("2026-11-20T10:00")
    assert one(rulebook, Situation({}, {"immediate_risk": [Known(True)]}, (1, 2)), "a").state is State.WAITING
    booked = {"icpc_booked": [Happening(t("2026-12-20T10:00"))], "child_seen": [Happening(t("2026-11-22T10:00"))]}
    assert one(rulebook, Situation(booked, {"immediate_risk": [Known(True)]}), "a").start == t("2026-11-22T10:00")


def test_a_concern_without_a_named_child_has_its_deadlines_once() -> None:
    found = NOTE.deadlines(known({"discussion_held": RECEIVED}, children=()))
    seen = [deadline for deadline in found if deadline.obligation.id == "child-seen"]
    assert {deadline.child for deadline in seen} == {None}
    assert all(deadline.start for deadline in seen)


def test_each_child_and_each_discussion_has_its_own() -> None:
    situation = known({"discussion_held": ["2026-11-20T10:00", "2026-11-23T10:00"]}, children=(1, 2, 3))
    found = NOTE.deadlines(situation)
    per_child = [d.child for d in found if d.clock.id == "seen-five-days"]
    per_discussion = [d.discussion for d in found if d.clock.id == "copy-when-practicable"]
    both = [(d.discussion, d.child) for d in found if d.clock.id == "record-no-time"]
    assert per_child == [1, 2, 3]
    assert per_discussion == [1, 2]
    assert both == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


def test_a_discussion_that_is_only_booked_is_not_one_that_took_place() -> None:
    booked = Situation({"discussion_booked": [Happening(t("2026-12-01T10:00"), discussion=1)]})
    assert [d.discussion for d in NOTE.deadlines(booked) if d.clock.id == "copy-when-practicable"] == [None]


def test_names_the_vocabulary_does_not_have_are_no_matter() -> None:
    situation = Situation({"something_else": [Happening(t(RECEIVED))]}, {"another_thing": [Known(True, child=1)]})
    assert all(deadline.state in (State.WAITING, State.RULED_OUT) for deadline in NOTE.deadlines(situation))


def test_nothing_known_is_no_error() -> None:
    assert {deadline.state for deadline in NOTE.deadlines(Situation())} == {State.WAITING}


def test_a_wrong_year_loses_no_deadline() -> None:
    old = one(NOTE, known({"referral_received": "1926-11-19T18:00"}), "two-working-days")
    assert (old.due, old.provisional) == (t("1926-11-24T00:00"), True)


# -------------------- in force from
def test_an_undated_policy_counts_once_it_is_adopted() -> None:
    policies = load_policies(["three-working-days"], vocabulary())
    situation = known({"referral_received": RECEIVED})
    assert Rulebook(policies, vocabulary(), calendars()).deadlines(situation) == []
    assert Rulebook(policies, vocabulary(), calendars()).active == []
    adopted = Rulebook(policies, vocabulary(), calendars(), {"three-working-days": date(2026, 11, 20)})
    assert [pack.pack.id for pack in adopted.active] == ["three-working-days"]
    assert {deadline.before_adoption for deadline in adopted.deadlines(situation)} == {False}


def test_what_began_before_the_adoption_is_counted_and_says_so() -> None:
    policies = load_policies(["three-working-days"], vocabulary())
    adopted = Rulebook(policies, vocabulary(), calendars(), {"three-working-days": date(2026, 11, 21)})
    found = adopted.deadlines(known({"referral_received": RECEIVED}))
    assert all(deadline.before_adoption for deadline in found if deadline.start is not None)
    assert not any(deadline.before_adoption for deadline in found if deadline.start is None)


def test_a_dated_policy_counts_from_its_day() -> None:
    policies = load_policies(["action-note-003"], vocabulary())
    rulebook = Rulebook(policies, vocabulary(), calendars())
    assert not one(rulebook, known({"referral_received": "2022-07-22T00:00"}), "two-working-days").before_adoption
    assert one(rulebook, known({"referral_received": "2022-07-21T23:59"}), "two-working-days").before_adoption


def test_versions_without_an_adoption_count_from_their_own_days() -> None:
    rulebook = Rulebook((made("dated"),), vocabulary(), calendars())
    first = one(rulebook, known({"referral_received": "2026-02-27T10:00"}), "limit")
    assert (first.due, first.pack.pack.in_force_from) == (t("2026-03-05T00:00"), date(2025, 1, 1))


def test_deadlines_come_in_the_order_written_whatever_waits_for_what() -> None:
    text = obligation(clock("b", "{ hours = 1 }", '{ earliest = ["breach:a"] }')).replace('"it"', '"late"')
    rulebook = written(text + obligation(clock("a", "{ hours = 1 }")))
    found = rulebook.deadlines(known({"referral_received": RECEIVED}))
    assert [deadline.clock.id for deadline in found] == ["b", "a"]
    assert found[0].due == t("2026-11-20T20:00")


def test_the_calendar_of_a_deadline() -> None:
    rulebook = book("own-calendar", "ladder")
    found = {deadline.clock.id: rulebook.calendar(deadline) for deadline in rulebook.deadlines(Situation())}
    assert found["every-day-counts"] is calendars()["every_day"]
    assert found["before-school-ends"] is calendars()["england"]
    assert found["senior-staff"] is calendars()["england"]


def test_a_breach_for_one_child_begins_what_follows_for_that_child() -> None:
    seen = obligation(
        clock("a", "{ hours = 1 }", '{ earliest = ["discussion_held"] }'), more='per = "child"', met_by="child_seen"
    )
    follows = obligation(clock("b", "{ hours = 1 }", '{ earliest = ["breach:a"] }'), more='per = "child"')
    rulebook = written(seen + follows.replace('"it"', '"then"'))
    events = {
        "discussion_held": [Happening(t("2026-11-20T10:00"), discussion=1)],
        "child_seen": [Happening(t("2026-11-20T10:30"), child=1)],
    }
    situation = Situation(events, {}, (1, 2))
    assert one(rulebook, situation, "b", 1).state is State.WAITING
    assert one(rulebook, situation, "b", 2).due == t("2026-11-20T12:00")


def test_a_step_is_as_uncertain_as_the_step_before_it() -> None:
    def step(name: str, starts: str, more: str) -> str:
        return (
            f'[[escalation]]\nid = "{name}"\ndo = "Do"\nlabel = "do"\nstrength = "must"\nowner = "sw_manager"\n{more}\n'
            f'met_by = ["matter_escalated"]\nstarts = {{ earliest = ["{starts}"] }}\nwithin = {{ hours = 1 }}\n'
            'cite = { paragraph = "1", words = "within one hour" }\n'
        )

    rulebook = written(
        step("a", "disagreement_raised", 'when = "immediate_risk"')
        + step("b", "disagreement_not_resolved", 'after = "a"')
    )
    times = {"disagreement_raised": RECEIVED, "disagreement_not_resolved": "2026-11-21T10:00"}
    assert one(rulebook, known(times), "b").unless == ("immediate_risk",)
    assert one(rulebook, known(times, {"immediate_risk": True}), "b").certain
    assert one(rulebook, known(times, {"immediate_risk": False}), "b").state is State.WAITING


# ------------------------------------------------------------------------------------ adopted for what is new, and left


def spelled(*spells: Spell) -> Rulebook:
    policies = load_policies(["three-working-days"], vocabulary())
    since = {"three-working-days": spells[0].since or date.min}
    return Rulebook(policies, vocabulary(), calendars(), since, {"three-working-days": spells})


def begun(rulebook: Rulebook) -> list[str]:
    found = rulebook.deadlines(known({"referral_received": RECEIVED}))
    return [deadline.clock.id for deadline in found if deadline.start is not None]


def test_a_policy_adopted_for_what_is_new_leaves_what_began_before_alone() -> None:
    assert begun(spelled(Spell(date(2026, 11, 20), None, earlier=False)))
    assert not begun(spelled(Spell(date(2026, 11, 21), None, earlier=False)))


def test_a_policy_that_was_left_keeps_what_began_under_it() -> None:
    assert begun(spelled(Spell(date(2026, 1, 1), date(2026, 11, 21))))
    left = spelled(Spell(date(2026, 1, 1), date(2026, 11, 20)))
    assert left.deadlines(known({"referral_received": RECEIVED})) == []
    assert left.active == []


def test_in_force_on_a_day_is_what_the_service_works_to_then() -> None:
    book = spelled(Spell(date(2026, 3, 1), date(2026, 6, 1)), Spell(date(2026, 9, 1), None, earlier=False))
    assert [len(book.in_force(date(2026, month, 1))) for month in (1, 3, 6, 9)] == [1, 1, 0, 1]
    assert len(book.active) == 1
