"""Figures worked out by hand on a small desk: what counts, what is open, what is not known, whose limits they are."""

from __future__ import annotations

from datetime import date

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.decision_events import ActionAgreed, ActionDone
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.domain.period import Period
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import ClosureAdded, PolicyAdopted, PolicyLeft
from duty_tui.store.journal import NewEntry
from duty_tui.views.statistics import Figure, Statistics
from tests.desk.conftest import NOW, Hands, make_desk
from tests.past_desk import NOVEMBER, came, closed, figures, happened, numbers, seven, t, the


def test_held_in_time_as_worked_out_by_hand(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    found = figures(desk)
    assert numbers(found, "held/all") == (1, 4, 2, 1, 1)
    assert numbers(found, "held/last") == (3, 4, 2, 1, 1)
    assert numbers(found, "held/band-1") == (0, 1, 0, 0, 0)
    assert numbers(found, "held/band-2") == (1, 3, 2, 1, 1)
    assert found.figure("held/band-3") is None
    assert numbers(found, "held/week-2026-11-02") == (0, 1, 1, 1, 1)
    assert numbers(found, "held/week-2026-11-09") == (1, 3, 0, 0, 0)
    assert numbers(found, "held/week-2026-11-16") == (0, 0, 0, 0, 0)
    assert numbers(found, "held/week-2026-11-23") == (0, 0, 1, 0, 0)
    assert the(found, "held/middle").words == "8 hours after the limit"
    assert (found.concerns, found.notes) == (7, ())
    said = {case.title: case.words for case in the(found, "held/all").cases}
    assert said == {
        "Ash": "held Tue 10 Nov 2026 14:00, 10 hours before the limit",
        "Birch": "held Wed 11 Nov 2026 09:00, 9 hours after the limit",
        "Cedar": "held Fri 13 Nov 2026 08:00, 8 hours after the limit",
        "Dogwood": "not held yet, due end of Mon 23 Nov 2026",
        "Elm": "not held, concern closed before end of Tue 3 Nov 2026",
        "Fir": "not held, due end of Tue 3 Nov 2026 unless an unanswered question rules it out",
        "Gorse": "NOT held, was due end of Wed 4 Nov 2026",
    }


def test_no_denominator_is_none_and_never_a_number(desk: Desk) -> None:
    found = figures(desk)
    for group in found.groups:
        for figure in group.figures:
            assert figure.fraction in ("none", "")
            assert figure.percent is None
    assert the(found, "held/middle").words == "none"


def test_a_late_discussion_is_not_known_late_while_only_an_open_question_makes_it_so(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", serious_risk_of_harm="unknown")
    happened(desk, hands, "Ash", "discussion_held", "10 14:00", discussion=1)
    hands.now = NOW
    found = figures(desk)
    assert numbers(found, "held/all") == (0, 0, 1, 1, 0)
    assert the(found, "held/all").cases[0].words.endswith("if a question left open is answered so")
    desk.do("Ash", AnswerQuestions(answers={"serious_risk_of_harm": "no"}))
    assert numbers(figures(desk), "held/all") == (1, 1, 0, 0, 0)
    desk.do("Ash", AnswerQuestions(answers={"serious_risk_of_harm": "yes"}))
    assert numbers(figures(desk), "held/all") == (0, 1, 0, 0, 0)


def test_late_by_every_answer_is_late_whatever_is_not_known(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", serious_risk_of_harm="unknown")
    happened(desk, hands, "Ash", "discussion_held", "12 14:00", discussion=1)
    assert numbers(figures(desk), "held/all") == (0, 1, 0, 0, 0)
    assert numbers(figures(desk), "held/last") == (0, 1, 0, 0, 0)


def test_need_to_know_before_the_limit_after_it_and_never(desk: Desk, hands: Hands) -> None:
    for name, told in (("Ash", "10 09:00"), ("Birch", "12 09:00"), ("Cedar", "")):
        came(desk, hands, name, "9 10:00")
        if told:
            happened(desk, hands, name, "need_to_know_submitted", told)
    came(desk, hands, "Dogwood", "20 10:00")
    hands.now = NOW
    desk.do("Dogwood", AnswerQuestions(answers={"unlikely_within_limit": "yes"}))
    came(desk, hands, "Elm", "20 10:00")
    hands.now = NOW
    found = figures(desk)
    assert numbers(found, "told/all") == (1, 3, 1, 0, 0)
    said = {case.title: case.words for case in the(found, "told/all").cases}
    assert said["Ash"] == "submitted Tue 10 Nov 2026 09:00, 39 hours before the limit"
    assert said["Birch"] == "submitted Thu 12 Nov 2026 09:00, 9 hours after the limit"
    assert said["Cedar"] == "NOT submitted, was due end of Wed 11 Nov 2026"
    assert said["Dogwood"] == "not submitted yet, due end of Tue 24 Nov 2026"
    assert "Elm" not in said, "nothing calls for it yet"


def test_children_seen_each_on_their_own_and_records_without_a_number(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", children=2, actual_harm_evidenced="no", immediate_risk="no")
    happened(desk, hands, "Ash", "discussion_held", "9 14:00", discussion=1)
    happened(desk, hands, "Ash", "child_seen", "11 12:00", child=1)
    happened(desk, hands, "Ash", "child_seen", "19 12:00", child=2)
    happened(desk, hands, "Ash", "record_circulated", "12 14:00", discussion=1)
    came(desk, hands, "Birch", "9 10:00")
    happened(desk, hands, "Birch", "discussion_held", "9 14:00", discussion=1)
    closed(desk, hands, "Birch", "9 15:00")
    came(desk, hands, "Cedar", "10 10:00")
    happened(desk, hands, "Cedar", "discussion_held", "10 14:00", discussion=1)
    hands.now = NOW
    found = figures(desk)
    assert [case.words for case in the(found, "seen/all").cases if case.title == "Ash"] == [
        "Amara: seen Wed 11 Nov 2026 12:00, 3 working days before the limit",
        "Kofi: seen Thu 19 Nov 2026 12:00, 3 working days after the limit",
    ]
    plain = the(found, "circulated/no-number")
    assert plain.words == "1 circulated, 1 waiting, 1 closed without"
    assert [case.words for case in plain.cases] == [
        "discussion 1: circulated Thu 12 Nov 2026 14:00, 3 days after it began",
        "discussion 1: not circulated, no number stated, concern closed",
        "discussion 1: not circulated, no number stated, waiting for 10 days",
    ]
    assert numbers(found, "circulated/all") == (0, 0, 0, 0, 0)


PEOPLE = {"social care": "sw_manager", "health": "health", "police": "police"}


def discussed(desk: Desk, hands: Hands, concern: str, at: str, *who: str, number: int = 1, **more: object) -> None:
    """A discussion of half an hour with these there."""
    hands.now = t(at)
    began = DiscussionStarted(
        discussion=number,
        at=hands.now,
        chair="Ann",
        format="telephone",
        children=(1,),
        **more,  # type: ignore[arg-type]
    )
    events: list[DiscussionEvent] = [began]
    events += [
        PersonRecorded(discussion=number, name=one, role=PEOPLE[one], agency=one, standing="present") for one in who
    ]
    for event in events:
        desk.do(concern, AtDiscussion(event=event))
    hands.on(minutes=30)
    desk.do(concern, AtDiscussion(event=DiscussionEnded(discussion=number, at=hands.now)))


def test_quorate_and_the_agency_that_was_missing(desk: Desk, hands: Hands) -> None:
    everybody = ("social care", "health", "police")
    for name, who in (
        ("Ash", everybody), ("Birch", everybody[:2]), ("Cedar", everybody[:1]), ("Dogwood", ()), ("Elm", everybody)
    ):  # fmt: skip
        came(desk, hands, name, "9 10:00", child_in_hospital="unknown" if name == "Elm" else "no")
        discussed(desk, hands, name, "9 14:00", *who)
    came(desk, hands, "Fir", "9 10:00")
    happened(desk, hands, "Fir", "discussion_held", "9 14:00", discussion=1)
    came(desk, hands, "Gorse", "10 10:00")
    desk.do("Gorse", AtDiscussion(event=DiscussionStarted(
        discussion=1, at=hands.now, chair="Ann", format="telephone", children=(1,)
    )))  # fmt: skip
    hands.now = NOW
    found = figures(desk)
    assert numbers(found, "quorum/all") == (1, 3, 4, 3, 0)
    assert [(one.label, one.fraction) for group in found.groups if group.key == "quorum" for one in group.figures] == [
        ("Quorate", "1 of 3"),
        ("health missing", "1 of 2"),
        ("police missing", "2 of 2"),
    ]
    said = {case.title: case.words.partition(", ")[2].partition(", ")[2] for case in the(found, "quorum/all").cases}
    assert said["Cedar"] == "NOT quorate: health, police missing"
    assert (said["Elm"], said["Gorse"]) == ("not known whether quorate", "still going on")


def test_actions_by_agency_with_those_overdue(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", children=2)
    hands.now = t("9 14:00")
    begun = DiscussionStarted(discussion=1, at=hands.now, chair="Ann", format="telephone", children=(1, 2))
    desk.do("Ash", AtDiscussion(event=begun))
    agreed = {}
    for what, agency, due in (
        ("in time", "Police", "10 17:00"), ("late", "police", "10 17:00"), ("never", "Health", "11 00:00"),
        ("ahead", "Health", "24 17:00"), ("untimed", "", ""), ("at midnight", "Police", "12 00:00"),
    ):  # fmt: skip
        event = ActionAgreed(discussion=1, what=what, agency=agency, due=t(due) if due else None, children=(1, 2))
        agreed[what] = desk.do("Ash", AtDiscussion(event=event)).entries[0]
    for what, child, at in (
        ("in time", 1, "10 09:00"), ("in time", 2, "10 17:00"), ("late", 1, "10 09:00"), ("late", 2, "10 17:01"),
        ("never", 1, "10 09:00"), ("at midnight", 1, "12 00:00"), ("at midnight", 2, "11 09:00"),
    ):  # fmt: skip
        hands.now = max(hands.now, t(at))
        desk.do("Ash", AtDiscussion(event=ActionDone(discussion=1, action=agreed[what], child=child, at=t(at))))
    hands.now = NOW
    found = figures(desk)
    [group] = [group for group in found.groups if group.key == "actions"]
    assert group.note == "1 still to be done without a time, at any age."
    assert [(one.label, one.fraction, one.beside) for one in group.figures] == [
        ("All", "1 of 4", "1 open, 1 overdue"),
        ("Health", "0 of 1", "1 open, 1 overdue"),
        ("Police", "1 of 3", ""),
    ]
    assert [case.words for case in the(found, "actions/agency-health").cases] == [
        "never: NOT done, due end of Tue 10 Nov 2026",
        "ahead: not done yet, due Tue 24 Nov 2026 17:00",
    ]


def test_a_service_under_another_policy_gets_its_own_limits(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 09:00")
    desk.decide([PolicyAdopted(pack="twenty-four-hours", from_day=date(2026, 1, 1))])
    desk.decide([PolicyLeft(pack="action-note-003", from_day=date(2026, 1, 1))])
    came(desk, hands, "Ash", "9 10:00")
    happened(desk, hands, "Ash", "discussion_held", "10 10:00", discussion=1)
    came(desk, hands, "Birch", "9 10:00")
    happened(desk, hands, "Birch", "discussion_held", "10 10:01", discussion=1)
    assert numbers(figures(desk), "held/all") == (1, 2, 0, 0, 0)
    assert the(figures(desk), "held/middle").words == "1 min after the limit"


def test_a_series_under_a_policy_with_a_limit_and_without_one(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 08:00")
    came(desk, hands, "Ash", "2 09:00")
    discussed(desk, hands, "Ash", "2 14:00", "health")
    hands.now = t("2 15:00")
    desk.do("Ash", AnswerQuestions(answers={"more_discussions_needed": "yes"}, discussion=1))
    discussed(desk, hands, "Ash", "20 09:00", "health", number=2, follows=1)
    discussed(desk, hands, "Ash", "20 11:00", "health", number=3)
    hands.now = NOW
    found = figures(desk)
    [group] = [group for group in found.groups if group.key == "series"]
    assert (group.note, [one.key for one in group.figures]) == (
        "The adopted policies have no rule for this.",
        ["longest"],
    )
    assert the(found, "series/longest").words == "17 days, of 1"
    assert the(found, "series/longest").cases[0].words == "discussion 2, 17 days after the one before"
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=date(2026, 1, 1))])
    found = figures(desk, Period(NOVEMBER.begin, date(2026, 12, 1)))
    assert numbers(found, "series/all") == (1, 1, 0, 0, 0)
    assert the(found, "series/all").cases[0].words.startswith("discussion 1: held Fri 20 Nov 2026 09:00, ")


def test_a_conference_within_its_limit(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 08:00")
    desk.decide([PolicyAdopted(pack="three-working-days", from_day=date(2026, 1, 1))])
    came(desk, hands, "Ash", "2 09:00", children=2, outcome_s47="yes")
    happened(desk, hands, "Ash", "discussion_held", "2 14:00", discussion=1)
    happened(desk, hands, "Ash", "s47_decided", "2 15:00")
    happened(desk, hands, "Ash", "icpc_not_needed", "20 15:00", child=1)
    hands.now = NOW
    found = figures(desk)
    assert numbers(found, "conference/all") == (1, 1, 1, 0, 0)
    assert the(found, "conference/middle").words == "1 working day before the limit"


def test_a_restricted_concern_is_counted_and_not_named(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    desk.do("Gorse", RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    mine, theirs = figures(desk), figures(make_desk(desk.store, hands, "Bo Lind"))
    assert numbers(mine, "held/all") == numbers(theirs, "held/all") == (1, 4, 2, 1, 1)
    pairs = list(zip(all_figures(mine), all_figures(theirs), strict=True))
    for full, left in pairs:
        assert left.cases == tuple(case for case in full.cases if case.title != "Gorse")
        assert (left.others, full.others) == (len(left.cases) < len(full.cases), False)
        assert left[:8] == full[:8], "counted for everybody"
    assert the(theirs, "held/all").others
    for row in desk.rows():
        desk.do(row.id, RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    of_open = figures(make_desk(desk.store, hands, "Bo Lind"))
    assert [one[:8] for one in all_figures(of_open)] == [one[:8] for one in all_figures(figures(desk))]
    bands = [one for one in all_figures(of_open) if one.key.startswith("band-")]
    assert any(one.others and not one.cases for one in bands), "a figure of nothing else is there as well"


def all_figures(found: Statistics) -> list[Figure]:
    return [figure for group in found.groups for figure in group.figures]


def test_entries_that_cannot_be_read_are_told_of(desk: Desk, hands: Hands) -> None:
    for number, name in enumerate(("Ash", "Birch"), 1):
        came(desk, hands, name, "9 10:00")
        newer = NewEntry(name, desk.store.version(name), "of-a-newer-program", {})
        desk.store.append([newer], actor="Ann", at=hands.now)
        note = "2 concerns have" if number == 2 else "1 concern has"
        assert figures(desk).notes == (f"{note} entries that cannot be read here, or no longer.",)


def test_policies_without_a_minimum_are_said_to_have_none(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 08:00")
    desk.decide([PolicyLeft(pack="action-note-003", from_day=date(2026, 1, 1))])
    came(desk, hands, "Ash", "9 10:00")
    discussed(desk, hands, "Ash", "9 14:00", "health")
    [group] = [group for group in figures(desk).groups if group.key == "quorum"]
    assert (group.note, group.figures[0].fraction) == ("The adopted policies name no minimum.", "none")


def test_the_record_is_read_a_part_at_a_time_and_again_under_other_rules(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven(desk, hands)
    monkeypatch.setattr("duty_tui.desk.past._PART", 3)
    stories = Stories()
    stories.begin(desk)
    assert [stories.go_on(desk) for _ in range(3)] == [(3, 7), (6, 7), (7, 7)]
    stories.begin(desk)
    assert stories.go_on(desk) == (7, 7)
    desk.decide([ClosureAdded(day=date(2026, 11, 10), name="Staff day")])
    stories.begin(desk)
    assert list(stories.kept) == []
    stories.read_all(desk)
    found = statistics(desk, stories, NOVEMBER, NOW)
    assert numbers(found, "held/all") == (2, 4, 2, 1, 1), "Birch had a day more"
