"""The practice desk has to look like a day at work at any hour of any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui import practice
from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import escalation_list, prompts_of
from duty_tui.desk.service_defaults import service_defaults
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.identifiers import nhs_number_doubt, upn_doubt
from duty_tui.domain.period import Period
from duty_tui.domain.times import london_date, start_of_day
from duty_tui.opening import Opening
from duty_tui.places import Places
from duty_tui.practice import before, born, span
from duty_tui.store.memory import MemoryStore
from duty_tui.wiring import bare_desk, default_adoptions, make_practice_desk

#: A working afternoon, the last minute and the first of a day, a Sunday, Christmas Day, both changes of clocks.
HOURS = [
    datetime(2026, 11, 20, 14, 37, tzinfo=UTC),
    datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
    datetime(2026, 11, 20, 23, 59, tzinfo=UTC),
    datetime(2026, 11, 21, 0, 0, tzinfo=UTC),
    datetime(2026, 11, 21, 0, 1, tzinfo=UTC),
    datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    datetime(2026, 12, 25, 11, 0, tzinfo=UTC),
    datetime(2027, 1, 4, 8, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
]


def filled(now: datetime) -> Desk:
    """The practice desk as it is made at `now`, without a disk."""
    desk = bare_desk(MemoryStore(), "Robin Lea", lambda: now - timedelta(days=400))
    desk.decide(default_adoptions(london_date(now) - timedelta(days=400)))
    practice.fill(desk, now)
    return desk


@pytest.fixture(scope="module", params=HOURS, ids=str)
def at(request: pytest.FixtureRequest) -> tuple[Desk, datetime]:
    """A practice desk and the hour at which it was made."""
    return filled(request.param), request.param


def test_every_urgency_is_there_and_overdue_and_unowned_and_ones_own(at: tuple[Desk, datetime]) -> None:
    desk, now = at
    rows = desk.store.rows()
    seconds = int(now.timestamp())
    assert 14 <= len(rows) <= 18
    running = [row for row in rows if row.due is None or row.due > seconds]
    assert {row.rank for row in running} == {1, 2, 3, 4}
    assert {row.certain for row in running if row.rank == 1} == {True, False}
    assert 2 <= sum(row.due is not None and row.due <= seconds for row in rows) <= 8
    assert {row.owner for row in rows} >= {None, "Robin Lea", "Priya Nair"}
    assert desk.store.counts()["closed"] == 13, "one of the week, a dozen of the weeks before"


def test_everybody_on_it_is_listed_and_whoever_opens_it_may_do_everything(at: tuple[Desk, datetime]) -> None:
    desk, _ = at
    assert {desk.may(act) for act in service_defaults().act} == {None}
    actors = {entry.actor for batch in desk.store.follow() for entry in batch}
    assert all(desk.books.service.listed(actor) for actor in actors)
    known = {role for roles in desk.books.service.people.values() for role in roles}
    assert known == set(service_defaults().role)
    assert set(desk.books.service.recipients) <= set(desk.rulebook.vocabulary.form)


def test_somebody_of_the_same_name_as_an_invented_person_has_every_role_too() -> None:
    desk = bare_desk(MemoryStore(), "TOM ASHWORTH", lambda: HOURS[0] - timedelta(days=400))
    desk.decide(default_adoptions(london_date(HOURS[0]) - timedelta(days=400)))
    practice.fill(desk, HOURS[0])
    assert desk.may("hand_over") is None
    assert len(desk.books.service.people["Tom Ashworth"]) > 1


def test_nothing_lies_in_the_future_and_everything_in_order(at: tuple[Desk, datetime]) -> None:
    desk, now = at
    entries = [entry for batch in desk.store.follow() for entry in batch]
    times = [entry.at for entry in entries]
    assert times == sorted(times)
    assert times[-1] <= now
    for row in desk.store.rows():
        concern = desk.concern(row.id)
        assert concern.received is not None
        assert concern.received <= now
        for milestone in concern.milestones:
            assert milestone.at <= now or desk.rulebook.vocabulary.event[milestone.event].planned


def test_children_are_children_and_their_numbers_could_be_real_but_are_not(at: tuple[Desk, datetime]) -> None:
    desk, now = at
    children = [child for row in desk.store.rows() for child in desk.concern(row.id).children]
    numbers = [child.nhs_number for child in children if child.nhs_number]
    assert len(numbers) == len(set(numbers)) > 15
    for child in children:
        assert list(child.doubts(london_date(now))) == []
    assert all(number.startswith("999") and nhs_number_doubt(number) is None for number in numbers)
    assert all(upn_doubt(child.upn) is None for child in children if child.upn)
    assert any(child.expected for child in children)


def test_what_a_desk_meets_is_there() -> None:
    desk = filled(HOURS[0])
    rows = desk.store.rows()
    families = {row.family for row in rows}
    assert {"O'Neill [Jay]", "王", "حداد", "Šimůnek"} <= families
    assert any(row.children > 1 for row in rows)
    assert {row.stage for row in rows} >= {"NEW", "TRIAGE", "BOOKED", "S47"}
    concerns = [desk.concern(row.id) for row in rows]
    assert any(concern.received_precision == "day" for concern in concerns)
    assert any(concern.notes for concern in concerns)
    assert any(concern.caller.anonymous for concern in concerns)
    assert {milestone.event for concern in concerns for milestone in concern.milestones} >= {
        "discussion_held",
        "child_seen",
        "lado_informed",
    }
    assert any(answer.value is None for concern in concerns for given in concern.answers.values() for answer in given)


def test_something_went_up_is_called_for_and_has_been_taken_up(at: tuple[Desk, datetime]) -> None:
    desk, now = at
    found = escalation_list(desk, now)
    assert [(line.form, line.status, len(line.steps)) for line in found] == [
        ("need_to_know", "acknowledged", 1),
        ("disagreement", "submitted", 2),
    ]
    assert all(line.facts for line in found if line.form == "need_to_know")
    listed = desk.books.service.people
    assert all(to.name in listed for line in found for to in line.recipients)
    asked = [row.family for row in desk.rows() if any(line.asks for line in prompts_of(desk, row.id, now))]
    assert "Delacroix" in asked


def opening(tmp_path: Path) -> Opening:
    folders = Places(tmp_path / "config", tmp_path / "data", tmp_path / "state")
    return Opening(folders.practice(date(2026, 11, 20)), folders.key_file, True, folders)


def test_it_is_made_in_one_go_and_found_again(tmp_path: Path) -> None:
    how = opening(tmp_path)
    first = make_practice_desk(how, lambda: HOURS[0])
    rows = first.store.rows()
    assert first.store.meta("practice") == "yes"
    assert first.clock() == HOURS[0]
    second = make_practice_desk(how, lambda: HOURS[1])
    assert second.store.rows() == rows
    assert [file.name for file in how.database.parent.iterdir() if file.suffix == ".db"] == [how.database.name]
    for desk in (first, second):
        desk.store.close()


def test_what_is_cut_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    how = opening(tmp_path)

    def cut_short(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(practice, "fill", cut_short)
    with pytest.raises(KeyboardInterrupt):
        make_practice_desk(how, lambda: HOURS[0])
    assert list(how.database.parent.iterdir()) == []


@given(st.integers(946_684_800, 2_524_608_000), st.integers(1, 3000))
def test_today_is_no_earlier_than_midnight_and_no_later_than_now(seconds: int, minutes: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    plain, today = before(f"-{minutes}m", now), before(f"-{minutes}m today", now)
    assert plain == now - timedelta(minutes=minutes)
    assert plain <= today <= now
    assert today >= start_of_day(london_date(now))


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 17), st.integers(0, 11))
def test_an_age_is_that_age_today(today: date, years: int, months: int) -> None:
    if years or months:
        day = born(f"{years}y {months}m", today)
        lived = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
        assert lived == years * 12 + months


def test_lengths_of_time_are_read() -> None:
    assert span("1w 2d 3h 4m") == timedelta(weeks=1, days=2, hours=3, minutes=4)
    assert born("3w", date(2026, 11, 20)) == date(2026, 10, 30)
    assert born("5d", date(2026, 11, 20)) == date(2026, 11, 15)
    for wrong in ("", "soon", "4x"):
        with pytest.raises(ValueError, match="is no length of time"):
            span(wrong)


def test_the_weeks_before_make_figures_worth_seeing_at_any_hour(at: tuple[Desk, datetime]) -> None:
    desk, now = at
    stories, breaches = Stories(), Breaches()
    stories.read_all(desk)
    breaches.read_all(desk)
    period = Period.of_weeks(london_date(now))
    found = statistics(desk, stories, period, now)
    held, last, seen, quorate, done = (
        figure
        for key in ("held/all", "held/last", "seen/all", "quorum/all", "actions/all")
        if (figure := found.figure(key))
    )
    assert 0 < held.good < held.of
    assert held.good < last.good
    assert 0 < seen.good < seen.of
    assert 0 < quorate.good < quorate.of
    assert (done.good, done.of) == (3, 5)
    assert {"missing-police", "missing-health"} <= {one.key for group in found.groups for one in group.figures}
    file = breach_file(desk, breaches, period, now)
    assert any(row.safety and row.told for row in file.rows)
