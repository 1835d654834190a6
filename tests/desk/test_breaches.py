"""The breach file: whose, due, actual, how late, why, what kept the child safe, who was told when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from duty_tui.desk.books import Books
from duty_tui.desk.breach_words import breach_lines
from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions, ChangeOwner, RecordMilestone
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, SubmitEscalation, TakeUp
from duty_tui.domain.escalation_events import To
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness
from duty_tui.domain.period import Period
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Unavailable
from duty_tui.store.memory import MemoryStore
from duty_tui.views.breach import Breach, Missed, Told
from duty_tui.wiring import POLICIES
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.past_desk import NOVEMBER, breaches, came, closed, figures, happened, numbers, seven, t
from tests.rules.house import book

RULE = "action-note-003/discussion"


def rows(desk: Desk, title: str = "", **known: object) -> Sequence[Breach]:
    return [row for row in breaches(desk, **known).rows if title in ("", row.title)]  # type: ignore[arg-type]


def test_the_small_desk_has_these_rows_and_no_other(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    found = breaches(desk)
    assert (found.period, found.as_of) == (NOVEMBER, NOW)
    assert [(row.title, row.name, row.label, row.late, row.actual) for row in found.rows] == [
        ("Fir", "Amara Fir", "Discussion", "13 working days", None),
        ("Gorse", "Amara Gorse", "Discussion", "12 working days", None),
        ("Gorse", "Kofi Gorse", "Discussion", "12 working days", None),
        ("Birch", "Amara Birch", "Discussion", "9 hours", t("11 09:00")),
        ("Cedar", "Amara Cedar", "Discussion", "8 hours", t("13 08:00")),
        ("Ash", "Amara Ash", "See the child", "3 working days", None),
        ("Birch", "Amara Birch", "See the child", "42 hours", None),
    ]
    fir, gorse, _, birch, cedar, *_ = found.rows
    assert fir.unless == ("reasonable cause",)
    assert (gorse.rule, gorse.clock, gorse.strength, gorse.child) == (RULE, "one-working-day", "target", 1)
    assert gorse.missed == (Missed("two-working-days", "must", t("6 00:00"), "11 working days"),)
    assert (birch.missed, cedar.missed) == ((), ())
    assert gorse.cite == "Management Action Note 003, Practice expectations 1: “in most cases within one working day”"
    assert (gorse.owner, gorse.held_by, gorse.reference, gorse.told) == ("Team Manager", "", "C3", ())


def test_only_what_fell_due_in_the_period_and_by_then(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    day = NOVEMBER.begin
    assert [row.title for row in rows(desk, period=Period(day, day + timedelta(days=2)))] == ["Fir"]
    assert rows(desk, period=Period(day, day + timedelta(days=1))) == []
    assert [row.title for row in rows(desk, at=t("4 00:00"))] == ["Fir"]
    assert rows(desk, at=t("3 23:59")) == []
    assert [row.title for row in rows(desk, at=t("11 00:00"))] == ["Fir", "Gorse", "Gorse", "Birch"]


def test_closing_before_the_due_is_no_breach_and_after_it_is_one_for_ever(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00")
    closed(desk, hands, "Ash", "12 09:00")
    [row] = rows(desk)
    assert (row.actual, row.closed, row.late) == (None, t("12 09:00"), "33 hours")
    assert "not done when the concern was closed Thu 12 Nov 2026 09:00, 33 hours late" in "\n".join(breach_lines(row))


def late(desk: Desk, hands: Hands) -> None:
    """Ash is held two days late, with everything said about it that can be."""
    came(desk, hands, "Ash", "9 10:00")
    hands.now = t("10 12:00")
    desk.do("Ash", ChangeOwner(owner="Priya Nair"))
    note = {"safeguarding": "Grandmother has her", "reason": "No interpreter"}
    desk.do("Ash", RecordMilestone(event="interim_note_recorded", label="Note", at=hands.now, details=note))
    form = {"prevents": "No interpreter before Thursday", "safety": "Grandmother has her"}
    to = (To(name="Eva Stone", role="Head of service"), To(name="Jo Hart"))
    desk.do(
        "Ash",
        SubmitEscalation(
            ladder="action-note-003/need-to-know", form="need_to_know", label="Need to Know", fields=form,
            recipients=to, makes=("need_to_know_submitted",), at=hands.now,
        ),
    )  # fmt: skip
    hands.on(minutes=30)
    desk.do("Ash", AcknowledgeEscalation(escalation=1, by="eva stone", at=hands.now))
    desk.do("Ash", AcknowledgeEscalation(escalation=1, by="Night desk", at=hands.now))
    happened(desk, hands, "Ash", "discussion_held", "12 14:00", discussion=1)


def test_a_row_says_why_what_kept_the_child_safe_and_who_was_told_when(desk: Desk, hands: Hands) -> None:
    late(desk, hands)
    [row] = [row for row in rows(desk) if row.rule == RULE]
    assert row.reason == "No interpreter\nNo interpreter before Thursday"
    assert row.safety == "Grandmother has her"
    assert row.held_by == "Priya Nair"
    assert row.told == (
        Told("Need to Know", "Eva Stone", "Head of service", t("10 12:00"), t("10 12:30"), "eva stone"),
        Told("Need to Know", "Jo Hart", "", t("10 12:00"), None, ""),
        Told("Need to Know", "Night desk", "", t("10 12:00"), t("10 12:30"), "Night desk"),
    )
    said = list(breach_lines(row))
    assert said[0] == "C1 Ash, Amara Ash: Hold the strategy discussion"
    assert said[1] == "Due end of Tue 10 Nov 2026 (target), done Thu 12 Nov 2026 14:00, 38 hours late"
    assert said[2] == "Also missed: two-working-days (must), due end of Wed 11 Nov 2026, 14 hours late"
    assert (
        "Told: Eva Stone (Head of service), Need to Know Tue 10 Nov 2026 12:00, acknowledged Tue 10 Nov 2026 12:30"
        in said
    )
    assert "Told: Jo Hart, Need to Know Tue 10 Nov 2026 12:00, not acknowledged" in said
    desk.do("Ash", ExplainLateness(rule=RULE, label="Discussion", reason="Interpreter ill", safety="Police checked"))
    [row] = [row for row in rows(desk) if row.rule == RULE]
    assert (row.reason, row.safety) == ("Interpreter ill", "Police checked\nGrandmother has her")


def test_what_was_told_without_a_form_is_told_too(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00")
    happened(desk, hands, "Ash", "need_to_know_submitted", "12 09:00", note="")
    happened(desk, hands, "Ash", "interim_note_recorded", "12 10:00", note="Stays with aunt")
    [row] = rows(desk)
    assert "Unless ruled out by: in hospital" in list(breach_lines(row._replace(unless=("in hospital",))))
    assert row.told == (Told("Need to Know", "recipient not recorded", "", t("12 09:00"), None, ""),)
    assert (row.reason, row.safety) == ("", "Stays with aunt")
    assert "Why: no reason recorded" in list(breach_lines(row))


def test_a_step_taken_up_tells_whoever_holds_it(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", children=2)
    hands.now = t("12 09:00")
    form = SubmitEscalation(ladder="p/one", label="Disagreement", who="Ann", role="Practitioner", at=hands.now, child=2)
    desk.do("Ash", form)
    hands.on(hours=1)
    desk.do("Ash", TakeUp(escalation=1, said="Not settled", who="Eva Stone", role="Head of service", at=hands.now))
    first, second = rows(desk)
    assert first.told == ()
    assert [(one.who, one.role, one.submitted) for one in second.told] == [
        ("Ann", "Practitioner", t("12 09:00")),
        ("Eva Stone", "Head of service", t("12 10:00")),
    ]


def test_a_discussions_duty_is_about_its_children_and_says_which_discussion(desk: Desk, hands: Hands) -> None:
    hands.now = t("2 08:00")
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=NOVEMBER.begin)])
    came(desk, hands, "Ash", "9 10:00", children=3)
    hands.now = t("9 14:00")
    started = DiscussionStarted(discussion=1, at=hands.now, chair="Ann", format="telephone", children=(2, 3))
    desk.do("Ash", AtDiscussion(event=started))
    desk.do("Ash", AtDiscussion(event=DiscussionEnded(discussion=1, at=hands.now)))
    hands.now = NOW
    found = [row for row in rows(desk) if row.label == "Circulate"]
    assert [(row.name, row.discussion) for row in found] == [("Kofi Ash", 1), ("Zoe Ash", 1)]
    assert next(breach_lines(found[0])).endswith("(discussion 1)")


def test_a_varied_due_says_by_whom_why_and_from_when(store: MemoryStore, hands: Hands) -> None:
    desk = Desk(store, Books(store, POLICIES, "1", lambda _service, _store: book("varied")), hands, "Ann Osei")
    came(desk, hands, "Ash", "9 10:00")
    for role, by in (("senior_management", "Eva Stone"), ("chair", "Nobody who may")):
        other = ApproveVariation(clock="one-day", label="One", due=t("12 12:00"), role=role, by=by, reason="Holidays")
        desk.do("Ash", other)
    hands.now = NOW
    [row] = rows(desk)
    assert (row.due, row.first_due) == (t("12 12:00"), t("11 00:00"))
    assert row.varied == "Holidays (Eva Stone, Senior management)"
    first = "First due end of Tue 10 Nov 2026"
    assert f"{first}; varied: Holidays (Eva Stone, Senior management)" in list(breach_lines(row))
    assert f"{first}; moved since" in list(breach_lines(row._replace(varied="")))


def test_a_child_without_a_name_and_a_concern_without_children(desk: Desk, hands: Hands) -> None:
    hands.now = t("9 10:00")
    answers = {"reasonable_cause": "yes", "serious_risk_of_harm": "no"}
    desk.do("Ash", raise_concern(a_child(name=""), family="", received=hands.now, answers=answers))
    hands.now = NOW
    assert [row.name for row in rows(desk)] == ["Name not known"]


def test_of_a_restricted_concern_others_do_not_learn_whether_it_was_late(desk: Desk, hands: Hands) -> None:
    came(desk, hands, "Ash", "9 10:00", children=3)
    hands.now = NOW
    desk.do("Ash", RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    assert len(rows(desk)) == 3
    other = make_desk(desk.store, hands, "Bo Lind")
    before = Period(NOVEMBER.begin - timedelta(days=30), NOVEMBER.begin)
    for found in (breaches(other), breaches(other, before)):
        assert (found.rows, found.left_out) == ((), "1 restricted concern not shown, late or not")
    came(desk, hands, "Birch", "9 10:00")
    desk.do("Birch", RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    assert breaches(other).left_out == "2 restricted concerns not shown, late or not"
    assert breaches(desk, before).left_out == ""
    looks = [entry for entry in desk.store.stream("Ash") if entry.kind == "record-viewed"]
    assert [(look.actor, look.data["how"]) for look in looks] == [("Ann Osei", "breaches")], "once, and not for Bo"


def test_where_a_look_cannot_be_recorded_nothing_of_it_is_shown(
    desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable("The disk is full.")

    came(desk, hands, "Ash", "9 10:00", children=3)
    hands.now = NOW
    desk.do("Ash", RestrictConcern(names=("Ann Osei",), reason="Allegation against staff"))
    named = make_desk(desk.store, hands, "Ann Osei")
    with monkeypatch.context() as patch:
        patch.setattr(MemoryStore, "append", full)
        assert (breaches(named).rows, breaches(named).left_out) == ((), "1 restricted concern not shown, late or not")
    assert len(rows(named)) == 3


def test_a_second_look_reads_only_what_somebody_recorded_on(desk: Desk, hands: Hands) -> None:
    seven(desk, hands)
    past = Breaches()
    past.read_all(desk)
    told: list[tuple[int, int]] = []
    desk.do("Fir", AnswerQuestions(answers={"reasonable_cause": "no"}))
    came(desk, hands, "Hazel", "9 10:00")
    past.begin(desk)
    assert past.go_on(desk) == (8, 8)
    past.read_all(desk, lambda done, total: told.append((done, total)))
    assert told == [(8, 8)]
    assert [row.title for row in breach_file(desk, past, NOVEMBER, NOW).rows][:2] == ["Gorse", "Gorse"]
    assert "Hazel" in {row.title for row in breach_file(desk, past, NOVEMBER, NOW).rows}


@pytest.mark.parametrize(("at", "late"), [("10 23:59", []), ("11 00:00", ["0 min"]), ("11 00:01", ["1 min"])])
def test_closed_at_the_very_end_is_closed_too_late(desk: Desk, hands: Hands, at: str, late: list[str]) -> None:
    came(desk, hands, "Ash", "9 10:00")
    closed(desk, hands, "Ash", at)
    assert [row.late for row in rows(desk)] == late
    assert numbers(figures(desk), "held/all") == (0, len(late), 0, 0, 1 - len(late))


def test_lines_say_what_is_known_and_what_is_not() -> None:
    due = t("11 00:00")
    rule = ("p/r", "one", "Label", "Do it", "must", "Doc, 1: “w”")
    row = Breach("x", "C7", "Ash", *rule, name="Ash", due=due, late="1 hour")
    assert list(breach_lines(row)) == [
        "C7 Ash: Do it",
        "Due end of Tue 10 Nov 2026 (must), not yet, 1 hour late",
        "Why: no reason recorded",
        "Kept safe meanwhile: nothing recorded",
        "Told: nobody recorded",
        "Owed by ; held by nobody",
        "p/r, one: Doc, 1: “w”",
    ]
    full = row._replace(
        name="Amara",
        discussion=2,
        actual=t("11 01:00"),
        missed=(Missed("two", "must", due, "1 hour"),),
        unless=("in hospital", "looked after"),
        reason="Nobody free",
        safety="With her aunt",
        told=(Told("Need to Know", "Eva", "", due, None, ""), Told("Notice", "Jo", "Head", due, t("11 02:00"), "Jo")),
        owner="Team Manager",
        held_by="Priya Nair",
    )
    assert list(breach_lines(full)) == [
        "C7 Ash, Amara: Do it (discussion 2)",
        "Due end of Tue 10 Nov 2026 (must), done Wed 11 Nov 2026 01:00, 1 hour late",
        "Also missed: two (must), due end of Tue 10 Nov 2026, 1 hour late",
        "Unless ruled out by: in hospital, looked after",
        "Why: Nobody free",
        "Kept safe meanwhile: With her aunt",
        "Told: Eva, Need to Know Wed 11 Nov 2026 00:00, not acknowledged",
        "Told: Jo (Head), Notice Wed 11 Nov 2026 00:00, acknowledged Wed 11 Nov 2026 02:00",
        "Owed by Team Manager; held by Priya Nair",
        "p/r, one: Doc, 1: “w”",
    ]
