"""What a decision moves is listed before and recorded with it; what nobody decided is listed too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.desk.books import Books
from duty_tui.desk.decision import decision_words
from duty_tui.desk.desk import PROGRAM, Desk
from duty_tui.desk.importing import import_referrals
from duty_tui.desk.moved import moved, would_move
from duty_tui.desk.moved_news import Unseen, looked, unseen
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import AddNote, AnswerQuestions, CloseConcern, RecordMilestone
from duty_tui.domain.dues_moved import Standing
from duty_tui.domain.service import (
    STREAM,
    ClosureAdded,
    ClosureRemoved,
    PolicyAdopted,
    PolicyLeft,
    Service,
    ServiceEvent,
    fold_service,
)
from duty_tui.errors import Refused, Tampered, Unavailable
from duty_tui.rules.deadline import State
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.order import is_duty
from duty_tui.store.journal import Entry, NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.views.moved import MovedDue
from duty_tui.wiring import POLICIES, default_adoptions
from tests.builders import FRIDAY_SIX, a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk, rulebook_once
from tests.desk.test_importing import a_file, a_referral

MONDAY = date(2026, 11, 23)
TWO_DAYS = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
SAME_DAY = {"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}
CLOSED_MONDAY = ClosureAdded(day=MONDAY, name="Staff day")
OPEN_MONDAY = ClosureRemoved(day=MONDAY, reason="Amara's mother asked")
TWENTY_FOUR = "twenty-four-hours"


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


def dues(found: Sequence[MovedDue]) -> list[tuple[str, str, datetime | None, datetime | None]]:
    return [(one.reference, one.label, one.due_before, one.due_after) for one in found]


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Two concerns due on Monday night, one the same day."""
    desk.do("c1", raise_concern(a_child(name="Amara Okoye"), answers=TWO_DAYS))
    desk.do("c2", raise_concern(a_child(name="Kofi Mensah"), answers=SAME_DAY))
    desk.do("c3", raise_concern(a_child(name="Zoë Lund"), answers=TWO_DAYS))
    return desk


# ------------------------------------------------------------------------------------------------------ what is decided


def test_a_closure_day_is_listed_before_anything_is_recorded(three: Desk, hands: Hands) -> None:
    head = three.store.head()
    found = would_move(three, [CLOSED_MONDAY], hands.now)
    monday, tuesday = midnight_after(MONDAY), midnight_after(MONDAY + timedelta(days=1))
    assert dues(found) == [("C1", "Discussion", monday, tuesday), ("C3", "Discussion", monday, tuesday)]
    assert {one.why for one in found} == {"closure day Mon 23 Nov 2026: Staff day"}
    assert found[0].sentence == "C1: Discussion moves from end of Mon 23 Nov 2026 to end of Tue 24 Nov 2026"
    assert three.store.head() == head


def test_it_says_which_rule_of_which_policy_and_whether_it_governs(three: Desk, hands: Hands) -> None:
    [first, _] = would_move(three, [CLOSED_MONDAY], hands.now)
    assert first.before is not None
    assert (first.before.pack, first.before.rule, first.before.clock) == (
        "action-note-003",
        "discussion",
        "one-working-day",
    )
    assert (first.before.governs, first.before.band, first.before.state) == (True, 2, "owed")
    assert (first.concern, first.name, first.by, first.at) == ("c1", "Amara Okoye", "Ann Osei", hands.now)


def test_the_list_is_recorded_with_the_decision_and_moves_back_with_its_removal(three: Desk, hands: Hands) -> None:
    would = would_move(three, [CLOSED_MONDAY], hands.now)
    three.decide([CLOSED_MONDAY])
    assert moved(three.store, three.actor) == would
    hands.on(minutes=5)
    back = would_move(three, [OPEN_MONDAY], hands.now)
    three.decide([OPEN_MONDAY])
    newest = moved(three.store, three.actor)
    assert newest == [*back, *would]
    assert [(one.due_before, one.due_after) for one in back] == [(one.due_after, one.due_before) for one in would]
    assert back[0].why == "no closure day any more, Mon 23 Nov 2026: Staff day"
    assert moved(three.store, three.actor, since=hands.now) == back
    assert moved(three.store, three.actor, most=1) == back[:1]


def test_no_name_and_nothing_typed_about_a_child_is_in_what_is_recorded(three: Desk) -> None:
    three.decide([CLOSED_MONDAY])
    [entry] = [entry for entry in three.store.stream(STREAM) if entry.kind == "dues-moved"]
    assert entry.body is not None
    assert not any(name in entry.body for name in ("Amara", "Okoye", "Zoë", "Hollin", "bruise"))


def test_a_decision_that_moves_nothing_lists_nothing(three: Desk) -> None:
    three.decide([ClosureAdded(day=date(2027, 3, 1), name="Training")])
    assert moved(three.store, three.actor) == []
    assert "dues-moved" not in {entry.kind for entry in three.store.stream(STREAM)}


def test_the_list_itself_changes_no_key_and_decides_nothing(three: Desk) -> None:
    three.decide([CLOSED_MONDAY])
    three.books.forget()
    assert not three.refresh_rows()
    found = fold_service((entry.kind, entry.data) for entry in three.store.stream(STREAM))
    assert (found.rules, found.version) == (three.books.service.rules, three.store.version(STREAM))


def test_closed_concerns_owe_nothing_and_are_not_listed(three: Desk, hands: Hands) -> None:
    three.do("c1", CloseConcern(reason="Passed on"))
    assert [one.concern for one in would_move(three, [CLOSED_MONDAY], hands.now)] == ["c3"]


def test_of_a_concern_closed_since_no_name_is_said(three: Desk) -> None:
    three.decide([CLOSED_MONDAY])
    three.do("c1", CloseConcern(reason="Passed on"))
    assert [one.name for one in moved(three.store, three.actor)] == ["", "Zoë Lund"]


def test_of_a_concern_that_is_not_there_the_number_remains(three: Desk, hands: Hands) -> None:
    three.decide([CLOSED_MONDAY])
    other = MemoryStore()
    listed = [entry for entry in three.store.stream(STREAM) if entry.kind == "dues-moved"]
    other.append([NewEntry(STREAM, 0, entry.kind, entry.data) for entry in listed], actor="Ann", at=hands.now)
    assert [(one.reference, one.name) for one in moved(other, "Ann")] == [("C1", ""), ("C3", "")]


def test_a_list_of_another_shape_is_not_believed(desk: Desk, hands: Hands) -> None:
    version = desk.store.version(STREAM)
    desk.store.append([NewEntry(STREAM, version, "dues-moved", {"why": 3})], actor="Ann", at=hands.now)
    with pytest.raises(Tampered, match="shape"):
        moved(desk.store, "Ann")


def test_what_somebody_records_while_the_list_is_made_is_in_it(hands: Hands) -> None:
    class Meanwhile(MemoryStore):
        def append(self, entries: object, **known: object) -> list[Entry]:
            if callable(entries) and self.rows():
                other = make_desk(self, hands, "Ben Adeyemi")
                other.do("c3", CloseConcern(reason="Passed on"))
                other.do("c4", raise_concern(answers=TWO_DAYS))
            return super().append(entries, **known)  # type: ignore[arg-type]

    desk = make_desk(Meanwhile(), hands)
    desk.decide(default_adoptions(hands.now.date()))
    for name in ("c1", "c3"):
        desk.do(name, raise_concern(answers=TWO_DAYS))
    desk.decide([CLOSED_MONDAY])
    assert [one.concern for one in moved(desk.store, "Ann")] == ["c1", "c4"]


def test_a_decision_made_elsewhere_while_the_list_is_made_is_told_as_that(hands: Hands) -> None:
    class Quicker(MemoryStore):
        def append(self, entries: object, **known: object) -> list[Entry]:
            if callable(entries) and self.rows() and known["actor"] == "Ann Osei":
                make_desk(self, hands, "Ben Adeyemi").decide([ClosureAdded(day=date(2027, 3, 1), name="Training")])
            return super().append(entries, **known)  # type: ignore[arg-type]

    desk = make_desk(Quicker(), hands)
    desk.decide(default_adoptions(hands.now.date()))
    desk.do("c1", raise_concern(answers=TWO_DAYS))
    with pytest.raises(Refused, match=r"^Ben Adeyemi decided something for the service at 18:05, after you had looked"):
        desk.decide([CLOSED_MONDAY])
    assert moved(desk.store, "Ann") == []


def test_a_decision_that_is_refused_lists_nothing(store: MemoryStore, three: Desk) -> None:
    other = make_desk(store, Hands(), "Ben Adeyemi")
    assert other.books.service.closures == {}
    three.decide([ClosureAdded(day=date(2027, 3, 1), name="Training")])
    with pytest.raises(Refused, match=r"^Ann Osei decided something for the service at"):
        other.decide([CLOSED_MONDAY])
    assert moved(store, "Ann") == []


# -------------------------------------------------------------------------------------------------------- late and done


def test_a_closed_day_in_the_past_makes_what_was_late_no_longer_late_and_its_removal_late_again(
    three: Desk, hands: Hands
) -> None:
    hands.on(days=3, hours=7)  # Tuesday, an hour after the end of Monday
    [first, *_] = [one for one in would_move(three, [CLOSED_MONDAY], hands.now) if one.label == "Discussion"]
    assert first.before is not None
    assert first.after is not None
    assert (first.before.state, first.after.state) == ("late", "owed")
    assert first.change == "from LATE, was due end of Mon 23 Nov 2026 to due end of Tue 24 Nov 2026"
    three.decide([CLOSED_MONDAY])
    back = [one for one in would_move(three, [OPEN_MONDAY], hands.now) if one.concern == "c1"]
    assert [one.after.state for one in back if one.after and one.label == "Discussion"] == ["late"]


def test_what_was_done_late_is_then_done_in_time_and_the_other_way_round(three: Desk, hands: Hands) -> None:
    hands.on(days=3, hours=16)
    held = RecordMilestone(event="discussion_held", label="Held", at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    three.do("c1", held)
    found = [one for one in would_move(three, [CLOSED_MONDAY], hands.now) if one.concern == "c1"]
    said = {one.label: one.change for one in found}
    assert said["Discussion"] == "from done late, was due end of Mon 23 Nov 2026 to done in time"
    three.decide([CLOSED_MONDAY])
    back = {one.label: one.change for one in would_move(three, [OPEN_MONDAY], hands.now) if one.concern == "c1"}
    assert back["Discussion"] == "from done in time to done late, was due end of Mon 23 Nov 2026"


def test_what_is_late_before_and_after_is_listed_with_its_other_due(three: Desk, hands: Hands) -> None:
    hands.on(days=10)
    found = [one for one in would_move(three, [CLOSED_MONDAY], hands.now) if one.label == "Discussion"]
    assert [one.reference for one in found] == ["C1", "C3"]
    assert found[0].change == "from end of Mon 23 Nov 2026 to end of Tue 24 Nov 2026, late before and after"


def test_what_was_done_in_time_before_and_after_is_not_listed(three: Desk, hands: Hands) -> None:
    three.do("c1", RecordMilestone(event="discussion_held", label="Held", at=FRIDAY_SIX + timedelta(minutes=4)))
    assert "c1" not in {one.concern for one in would_move(three, [CLOSED_MONDAY], hands.now)}


def test_what_becomes_owed_because_a_miss_is_one_now_is_listed_and_one_still_ahead_is_not(
    three: Desk, hands: Hands
) -> None:
    three.decide([CLOSED_MONDAY])
    assert {one.label for one in would_move(three, [OPEN_MONDAY], hands.now)} == {"Discussion"}
    hands.on(days=3, hours=7)
    found = [one for one in would_move(three, [OPEN_MONDAY], hands.now) if one.concern == "c1"]
    newly = [one for one in found if one.before is None]
    assert newly
    assert all(one.change.startswith("newly owed, ") for one in newly)
    three.decide([OPEN_MONDAY])
    ended = [one for one in would_move(three, [CLOSED_MONDAY], hands.now) if one.concern == "c1" and one.after is None]
    assert {one.label for one in ended} == {one.label for one in newly}
    assert all(one.change.startswith("no longer owed; was ") for one in ended)


# ------------------------------------------------------------------------------------------------------------- policies


def test_a_policy_adopted_from_a_day_to_come_moves_nothing_that_has_begun(three: Desk, hands: Hands) -> None:
    later = PolicyAdopted(pack=TWENTY_FOUR, from_day=date(2026, 12, 1), only_new=True)
    assert would_move(three, [later], hands.now) == []
    three.decide([later])
    hands.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    three.do("c9", raise_concern(received=datetime(2026, 12, 1, 9, tzinfo=UTC), answers=TWO_DAYS))
    row = three.store.row("c9")
    assert row is not None
    assert row.due == datetime(2026, 12, 2, 9, tzinfo=UTC).timestamp()


def test_a_policy_adopted_from_a_past_day_lists_what_it_makes_owed(three: Desk, hands: Hands) -> None:
    adopted = PolicyAdopted(pack=TWENTY_FOUR, from_day=date(2026, 11, 1), only_new=True)
    found = [one for one in would_move(three, [adopted], hands.now) if one.concern == "c1"]
    newly = {one.label: one.due_after for one in found if one.before is None}
    assert newly["Discussion"] == datetime(2026, 11, 21, 18, tzinfo=UTC)
    assert {one.why for one in found} == {"policy twenty-four-hours adopted from Sun 1 Nov 2026"}


def test_a_policy_in_place_of_another_moves_the_same_duty_once(three: Desk, hands: Hands) -> None:
    events = [
        PolicyAdopted(pack=TWENTY_FOUR, from_day=date(2026, 11, 20), only_new=True),
        PolicyLeft(pack="action-note-003", from_day=date(2026, 11, 20)),
    ]
    found = [one for one in would_move(three, events, hands.now) if one.concern == "c1" and one.label == "Discussion"]
    [one] = found
    assert one.before is not None
    assert one.after is not None
    assert (one.before.pack, one.after.pack) == ("action-note-003", TWENTY_FOUR)
    assert (one.due_before, one.due_after) == (midnight_after(MONDAY), datetime(2026, 11, 21, 18, tzinfo=UTC))
    assert one.why.endswith("; policy action-note-003 left from Fri 20 Nov 2026")


def test_decisions_are_said_in_words() -> None:
    assert decision_words(Service(), [PolicyAdopted(pack="x")]) == "policy x adopted from the day it states"
    assert decision_words(Service(), [OPEN_MONDAY]) == "no closure day any more, Mon 23 Nov 2026"

    class Other(ServiceEvent):
        kind = "other"
        moves_dues = True

    assert decision_words(Service(), [Other()]) == "other"


# -------------------------------------------------------------------------------------------------- what nobody decided


def book_of(pack_closed: date | None) -> object:
    """Makes the rulebook as if the library had another bank holiday."""

    def make(service: Service, store: object) -> Rulebook:
        closures = {**service.closures, **({pack_closed: "Proclaimed"} if pack_closed else {})}
        return rulebook_once(Service(adopted=service.adopted, spells=service.spells, closures=closures), store)  # type: ignore[arg-type]

    return make


def upgraded(desk: Desk, hands: Hands, *, holidays: str, closed: date | None = MONDAY) -> Desk:
    books = Books(desk.store, POLICIES, holidays, book_of(closed))  # type: ignore[arg-type]
    return Desk(desk.store, books, hands, "")


def test_other_bank_holidays_are_listed_from_the_rows_before_and_after(three: Desk, hands: Hands) -> None:
    hands.on(hours=1)
    assert upgraded(three, hands, holidays="holidays 0.98 GB-ENG").refresh_rows()
    found = moved(three.store, "Ann")
    monday, tuesday = midnight_after(MONDAY), midnight_after(MONDAY + timedelta(days=1))
    assert dues(found) == [("C1", "Discussion", monday, tuesday), ("C3", "Discussion", monday, tuesday)]
    assert {(one.why, one.by, one.at) for one in found} == {("bank holidays of holidays 0.98", PROGRAM, hands.now)}
    assert [row.due for row in three.store.rows() if row.id == "c1"] == [tuesday.timestamp()]


def test_it_is_listed_once_however_often_the_desk_is_opened(three: Desk, hands: Hands) -> None:
    upgraded(three, hands, holidays="holidays 0.98 GB-ENG").refresh_rows()
    head = three.store.head()
    assert not upgraded(three, hands, holidays="holidays 0.98 GB-ENG").refresh_rows()
    three.store.set_meta("projection_key", "cut short")
    assert upgraded(three, hands, holidays="holidays 0.98 GB-ENG").refresh_rows()
    assert three.store.head() == head


def test_who_opened_the_desk_can_decide_at_once(three: Desk, hands: Hands) -> None:
    opened = upgraded(three, hands, holidays="holidays 0.98 GB-ENG")
    opened.refresh_rows()
    opened.decide([ClosureAdded(day=date(2027, 3, 1), name="Training")])
    assert len(moved(three.store, "Ann")) == 2


def test_back_and_forth_is_listed_each_time(three: Desk, hands: Hands) -> None:
    for holidays, closed in (("holidays 2 x", MONDAY), ("holidays 1 x", None), ("holidays 2 x", MONDAY)):
        upgraded(three, hands, holidays=holidays, closed=closed).refresh_rows()
    assert len(moved(three.store, "Ann")) == 6


def test_another_version_of_the_program_that_moves_nothing_lists_nothing(
    three: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duty_tui.desk.rows_key.VERSION", 99)
    assert make_desk(three.store, hands).refresh_rows()
    assert moved(three.store, "Ann") == []


def test_a_row_in_another_band_or_with_nothing_owed_any_more_is_listed(three: Desk, hands: Hands) -> None:
    [first, second, third] = three.store.rows()
    rows = [first._replace(rank=3), second._replace(deadline="", due=None), third]
    three.store.append([], actor="Ann", at=hands.now)
    three.store._put_rows(rows, {})
    three.store.set_meta("projection_key", "of an earlier program")
    assert make_desk(three.store, hands, "Ann Osei").refresh_rows()
    found = {one.reference: one for one in moved(three.store, "Ann")}
    assert set(found) == {"C1", "C2"}
    assert found["C1"].change == "from end of Mon 23 Nov 2026 to end of Mon 23 Nov 2026 (band 3 to 2)"
    assert found["C2"].change == "newly owed, due end of Fri 20 Nov 2026"
    assert found["C1"].why == "another version of the program"


def test_a_decision_cut_short_before_the_rows_are_made_is_mended_and_not_listed_twice(
    three: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(*_: object, **__: object) -> None:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(three.store, "reproject", cut_short)
        with pytest.raises(Unavailable):
            three.decide([CLOSED_MONDAY])
    before = moved(three.store, "Ann")
    assert len(before) == 2
    again = make_desk(three.store, hands)
    assert again.refresh_rows()
    assert moved(three.store, "Ann") == before
    assert again.store.rows()[0].due == midnight_after(MONDAY + timedelta(days=1)).timestamp()


def test_an_import_that_overlaps_a_closure_decided_elsewhere_writes_the_right_rows(
    store: MemoryStore, desk: Desk, hands: Hands
) -> None:
    other = make_desk(store, hands, "Ben Adeyemi")
    referrals = a_file(a_referral(1, command=raise_concern(answers=TWO_DAYS)), a_referral(2))

    def meanwhile(done: int, _whole: int) -> None:
        if done == 2:
            other.decide([CLOSED_MONDAY])

    import_referrals(desk, referrals, progress=meanwhile)
    assert store.rows()[0].due == midnight_after(MONDAY + timedelta(days=1)).timestamp()


# ---------------------------------------------------------------------------------------------------- seen, and by whom


def test_what_was_moved_is_news_until_somebody_has_looked(three: Desk) -> None:
    assert unseen(three.store, "Ann Osei") == Unseen(0, 0)
    three.decide([CLOSED_MONDAY])
    news = unseen(three.store, "Ann Osei")
    assert news.dues == 2
    looked(three.store, "Ann Osei", news.version)
    assert unseen(three.store, "ann osei") == Unseen(0, news.version)
    assert unseen(three.store, "Ben Adeyemi").dues == 2
    looked(three.store, "Ann Osei", 0)
    assert unseen(three.store, "Ann Osei").dues == 0


def test_where_nothing_can_be_written_nothing_is_remembered(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    three.decide([CLOSED_MONDAY])
    monkeypatch.setattr(three.store, "read_only", True)
    looked(three.store, "Ann Osei", 99)
    assert unseen(three.store, "Ann Osei").dues == 2


def test_of_a_restricted_concern_only_the_number_is_said_to_others(
    three: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row._replace(restricted=row.id == "c1") for row in three.store.rows()]
    three.store._put_rows(rows, {})
    monkeypatch.setattr("duty_tui.desk.seen.Seen.may_see", lambda seen, _: seen._actor == "Jo Webb")
    found = would_move(three, [CLOSED_MONDAY], hands.now)
    assert found[0][:8] == ("", "C1", "", None, None, "", None, None)
    assert found[0].hidden
    assert found[0].sentence == "C1: restricted to named people"
    assert found[1].reference == "C3"
    three.actor = "Jo Webb"
    assert would_move(three, [CLOSED_MONDAY], hands.now)[0].name == "Amara Okoye"


def test_of_a_restricted_concern_one_line_is_shown_however_much_moved(
    three: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.store._put_rows([row._replace(restricted=True) for row in three.store.rows()], {})
    monkeypatch.setattr("duty_tui.desk.seen.Seen.may_see", lambda *_: False)
    adopted = PolicyAdopted(pack=TWENTY_FOUR, from_day=date(2026, 11, 1), only_new=True)
    assert [one.sentence for one in would_move(three, [adopted], hands.now)] == [
        f"C{number}: restricted to named people" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Standing(label="x"), Standing(label="x", due=NOW), "from no time to Fri 20 Nov 2026 18:05"),
        (Standing(label="x"), None, "no longer owed; was without a time"),
        (None, Standing(label="x", due=NOW, state="late"), "newly owed, LATE, was due Fri 20 Nov 2026 18:05"),
        (None, None, "newly owed, not owed"),
        (
            Standing(label="x", due=NOW, state="late"),
            Standing(label="x", due=NOW + timedelta(hours=1), state="late"),
            "from Fri 20 Nov 2026 18:05 to Fri 20 Nov 2026 19:05, late before and after",
        ),
    ],
)
def test_every_change_is_said_in_words(before: Standing | None, after: Standing | None, change: str) -> None:
    one = MovedDue("c1", "C1", "", 2, 3, "Visit", before, after, "why", NOW, "Ann")
    assert one.change == (change if before or after else "no longer owed; was not owed")
    assert one.what == "Visit, child 2, discussion 3"


# ------------------------------------------------------------------------------------------------------------- property

Stood = tuple[datetime | None, bool, bool]


def stands(desk: Desk, at: datetime) -> dict[str, dict[tuple[object, ...], Stood]]:
    """What governs on every open concern, worked out here: due, whether done, whether late."""
    found: dict[str, dict[tuple[object, ...], Stood]] = {}
    for row in desk.store.rows():
        lines = found.setdefault(row.id, {})
        for one in desk.rulebook.deadlines(situation_of(desk.concern(row.id), desk.rulebook)):
            ahead = one.start_from.startswith("breach:") and one.start is not None and one.start > at
            done = one.state is State.MET
            if one.governs and is_duty(one) and not ahead and not (done and not one.met_late):
                key = (one.pack.pack.id, one.obligation.id, one.child, one.discussion)
                lines[key] = (None if done else one.due, done, one.overdue(at))
    return found


ANSWERS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(["yes", "no"]) for name in (*TWO_DAYS, "actual_harm_evidenced", "outcome_s47")}
)
CONCERNS = st.lists(
    st.tuples(st.integers(-200, 0), ANSWERS, st.booleans(), st.booleans(), st.integers(1, 2)), min_size=1, max_size=4
)
DAYS = st.integers(-10, 14).map(lambda days: MONDAY + timedelta(days=days))
DECISIONS = st.one_of(
    st.builds(lambda day: ClosureAdded(day=day, name="Closed"), DAYS),
    st.builds(lambda day: PolicyAdopted(pack=TWENTY_FOUR, from_day=day, only_new=True), DAYS),
    st.builds(lambda day: PolicyAdopted(pack="three-working-days", from_day=day), DAYS),
    st.builds(lambda day: PolicyLeft(pack="action-note-003", from_day=day), DAYS),
    st.just(OPEN_MONDAY),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(CONCERNS, st.lists(DECISIONS, min_size=1, max_size=3), st.integers(0, 100))
def test_after_any_decision_what_governs_differs_by_the_list_and_by_nothing_else(
    concerns: list[tuple[int, dict[str, str], bool, bool, int]], decisions: list[ServiceEvent], hours: int
) -> None:
    hands = Hands()
    desk = make_desk(MemoryStore(), hands)
    desk.decide([*default_adoptions(date(2020, 1, 1)), CLOSED_MONDAY])
    for number, (ago, answers, held, closed, children) in enumerate(concerns):
        name, received = f"c{number}", NOW + timedelta(hours=ago)
        desk.do(name, raise_concern(*(a_child(one + 1) for one in range(children)), received=received))
        if answers:
            desk.do(name, AnswerQuestions(answers=answers))  # type: ignore[arg-type]
        if held:
            desk.do(name, RecordMilestone(event="discussion_held", label="Held", at=NOW))
        desk.do(name, CloseConcern(reason="x") if closed and number else AddNote(text="x"))
    hands.on(hours=hours)
    before = stands(desk, hands.now)
    would = would_move(desk, decisions, hands.now)
    desk.decide(decisions)
    after = stands(desk, hands.now)
    assert moved(desk.store, desk.actor) == would
    listed: dict[str, dict[tuple[object, ...], Stood]] = {concern: dict(lines) for concern, lines in before.items()}
    for one in would:
        for gone in filter(None, (one.before,)):
            listed[one.concern].pop((gone.pack, gone.rule, one.child, one.discussion), None)
        for now in filter(None, (one.after,)):
            if now.state != "met":
                stood = (None if now.state == "met late" else now.due, now.state == "met late", "late" in now.state)
                listed[one.concern][now.pack, now.rule, one.child, one.discussion] = stood
    assert listed == after
    for one in would:
        assert (one.before and one.before.model_dump(exclude={"governs", "band"})) != (
            one.after and one.after.model_dump(exclude={"governs", "band"})
        )
