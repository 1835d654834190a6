from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.desk.actions import action_list
from duty_tui.desk.board import Board
from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import people_like
from duty_tui.desk.importing import PossibleDuplicate, import_referrals
from duty_tui.desk.intake import foresee
from duty_tui.desk.reading import concern_view, timeline
from duty_tui.desk.saved_views import belongs_to
from duty_tui.desk.seen import Restriction, Seen, Shared, restriction_of
from duty_tui.desk.why import why_view
from duty_tui.domain.commands import AddNote, ChangeOwner, Command, RaiseConcern, Withdraw
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.domain.times import start_of_day
from duty_tui.errors import Refused
from duty_tui.exchange.referrals import Referral, ReferralFile
from duty_tui.store.journal import NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.views.queue import QueueRow
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.discussions import action, began, person

ME, JO, BO = "Ann Osei", "Jo Park", "Bo Lind"
ALONE = RestrictConcern(names=(ME, JO), reason="A colleague is named")


@pytest.fixture
def stranger(desk: Desk, hands: Hands) -> Desk:
    """The desk of somebody who is not named, on a record whose first concern is restricted and whose second is not."""
    desk.do("c1", raise_concern(owner=JO))
    desk.do("c2", raise_concern(a_child(name="Kofi Mensah")))
    desk.do("c1", ALONE)
    return make_desk(desk.store, hands, BO)


def viewed(desk: Desk) -> list[tuple[str, str]]:
    """Who looked at the first concern, and at what of it first, as the journal has it."""
    return [
        (entry.actor, entry.data.get("how", "concern")) for entry in desk.store.stream("c1") if _is_look(entry.kind)
    ]


def _is_look(kind: str) -> bool:
    return kind == "record-viewed"


# Who is let in


@pytest.mark.parametrize(
    "look",
    [
        lambda desk: desk.concern("c1"),
        lambda desk: concern_view(desk, "c1", NOW),
        lambda desk: why_view(desk, "c1", NOW),
        lambda desk: desk.do("c1", AddNote(text="x")),
        lambda desk: desk.do("c1", LiftRestriction(reason="x")),
        lambda desk: desk.do("c1", RestrictConcern(names=(BO,), reason="x")),
        lambda desk: desk.concern(desk.find("c1").id),
    ],
)
def test_who_is_not_named_is_refused_with_whom_to_ask_and_nothing_else(stranger: Desk, look: Any) -> None:
    before = stranger.store.version("c1")
    with pytest.raises(Refused) as refused:
        look(stranger)
    assert str(refused.value) == (
        "C1 is restricted to named people, and you are not one of them. "
        "If you need to see it, ask Ann Osei, who restricted it."
    )
    assert stranger.store.version("c1") == before
    assert viewed(stranger) == []


def test_the_first_look_in_a_sitting_is_an_entry_and_a_new_day_counts_anew(
    desk: Desk, stranger: Desk, hands: Hands
) -> None:
    assert stranger.actor == BO
    jo = make_desk(desk.store, hands, "JÓ PARK")
    concern = jo.concern("c1", how="why")
    assert concern.history[-1].stamp.actor == "JÓ PARK"
    jo.concern("c1")
    concern_view(jo, "c1", NOW)
    assert viewed(desk) == [("JÓ PARK", "why")]
    make_desk(desk.store, hands, JO).concern("c1")
    assert viewed(desk)[1:] == [(JO, "concern")]
    hands.now = start_of_day(NOW.date() + timedelta(days=1)) - timedelta(seconds=1)
    jo.concern("c1")
    assert len(viewed(desk)) == 2
    hands.on(seconds=1)
    jo.concern("c1")
    assert len(viewed(desk)) == 3
    assert [line.words for line in timeline(jo.concern("c1"))][-1] == "Viewed while restricted (concern)"


def test_what_cannot_be_recorded_is_not_shown(stranger: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from duty_tui.errors import Unavailable

    def refuse(*_args: object, **_known: object) -> None:
        raise Unavailable("The disk can only be read from here.", do="Mend it.")

    monkeypatch.setattr(stranger.store, "append", refuse)
    jo = make_desk(stranger.store, hands, JO)
    with pytest.raises(
        Refused, match=r"C1 is restricted: it is shown only once .* nothing can be recorded now. Mend it."
    ):
        jo.concern("c1")
    assert jo.concern("c2").version, "what is not restricted can be read all the same"
    monkeypatch.undo()
    assert jo.concern("c1").version
    assert viewed(jo) == [(JO, "concern")]


def test_looking_stands_in_nobodys_way(desk: Desk, stranger: Desk, hands: Hands) -> None:
    assert stranger.actor == BO
    seen = desk.concern("c1").version
    make_desk(desk.store, hands, JO).concern("c1")
    desk.do("c1", ChangeOwner(owner=ME), seen_version=seen)
    assert desk.concern("c1").owner == ME


def test_nobody_shuts_themselves_out(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    with pytest.raises(Refused, match="You are not among those named"):
        desk.do("c1", RestrictConcern(names=(JO, BO), reason="x"))
    assert desk.concern("c1").restricted_to is None


def test_a_restriction_is_lifted_and_never_undone(desk: Desk, stranger: Desk) -> None:
    entry = desk.concern("c1").history[-2].stamp.entry
    with pytest.raises(Refused, match="lifted, with the reason"):
        desk.do("c1", Withdraw(entry=entry))
    desk.do("c1", LiftRestriction(reason="Unfounded"))
    assert stranger.concern("c1").restricted_to is None
    assert viewed(stranger) == [(ME, "concern")]


def test_a_restricted_concern_without_a_row_is_refused_all_the_same(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern())
    raised = desk.store.stream("c1")[0]
    entries = [
        NewEntry("bare", 0, raised.kind, raised.data),
        NewEntry("bare", 1, "concern-restricted", {"names": [JO], "reason": "x"}),
    ]
    desk.store.append(entries, actor=JO, at=NOW)
    with pytest.raises(Refused, match="The concern is restricted"):
        make_desk(desk.store, hands, BO).concern("bare")


# What the others see of it


def test_a_row_of_it_is_its_number_at_the_end_of_the_queue(desk: Desk, stranger: Desk) -> None:
    row = stranger.row("c1")
    assert row is not None
    assert row.hidden
    assert row.number == 1
    assert stranger.find("C1") == stranger.find("c1") == row
    assert [one.id for one in stranger.rows() if not one.hidden] == ["c2"]
    shown = board_of(stranger).view(NOW)
    assert [one.name for one in shown.rows] == ["Kofi Mensah", "C1 RESTRICTED"]
    hidden = shown.rows[-1]
    assert (hidden.symbol, hidden.age, hidden.owner, hidden.mark, hidden.due) == ("", "", " ", "", None)
    assert [(one.name, one.mark) for one in board_of(desk).view(NOW).rows] == [
        ("Amara Okoye", "R"),
        ("Kofi Mensah", ""),
    ]


def board_of(desk: Desk) -> Board:
    board = Board([])
    board.fill(desk.rows(), NOW)
    return board


def test_no_filter_view_or_count_tells_of_it(stranger: Desk) -> None:
    board = board_of(stranger)
    for words in ("amara", "okoye", "jo", "school", "bruise", "restricted"):
        assert [row.id for row in board.view(NOW, words=words).rows if row.hidden] == []
    assert [row.reference for row in board.view(NOW, words="c1").rows] == ["C1"]
    for view in ("mine", "unowned", "today", "overdue"):
        assert not [row for row in board.view(NOW, belongs_to(view, JO, NOW)).rows if row.hidden]
    later = NOW + timedelta(days=30)
    board.move_on(later)
    counts = board.view(later).counts
    assert (counts.open, counts.overdue, counts.unowned) == (2, 1, 1)
    board.put(stranger.rows()[0])
    assert [row.reference for row in board.view(later).rows] == ["C2", "C1"]


def test_why_names_its_neighbour_by_number_alone(stranger: Desk) -> None:
    [place] = [section for section in why_view(stranger, "c2", NOW).sections if section.heading == "PLACE"]
    assert place.lines == ("1 of 2 open concerns", "Before C1")


def test_a_possible_duplicate_is_said_to_exist_and_whom_to_ask(desk: Desk, stranger: Desk, hands: Hands) -> None:
    again = raise_concern(a_child(name="AMARA OKOYE"))
    ask = Shared("", "a restricted concern (ask Ann Osei)", "name+born")
    assert foresee(stranger, again, NOW).duplicates == [ask]
    assert foresee(make_desk(desk.store, hands, JO), again, NOW).duplicates == [Shared("c1", "C1", "name+born")]
    stranger.do("c3", again)
    [line] = concern_view(stranger, "c3", NOW).duplicates
    assert tuple(line) == ("", "a restricted concern (ask Ann Osei)", "same name and date of birth")
    file = ReferralFile("a.csv", "table", (Referral("row 2", "c4", again),))
    assert import_referrals(stranger, file, dry_run=True).duplicates == [
        PossibleDuplicate("row 2", "a restricted concern (ask Ann Osei)", "name+born"),
        PossibleDuplicate("row 2", "C3", "name+born"),
    ]


def test_its_actions_are_nobody_elses(desk: Desk, stranger: Desk, hands: Hands) -> None:
    hands.on(hours=1)
    for concern in ("c1", "c2"):
        for event in (began((1,)), action(1, who=BO)):
            desk.do(concern, AtDiscussion(event=event))
    assert [line.concern for line in action_list(stranger, at=hands.now)] == ["c2"]
    assert [line.concern for line in action_list(desk, at=hands.now)] == ["c1", "c2"]
    assert [line.concern for line in action_list(stranger, at=hands.now, who=BO, limit=1)] == ["c2"]


def test_nobody_met_in_it_is_offered_to_others(desk: Desk, hands: Hands) -> None:
    hands.on(hours=1)
    desk.do("c1", raise_concern())
    desk.do("c2", raise_concern(a_child(name="Kofi Mensah")))
    for event in (began((1,)), person("PC Hale"), person("Siân Lund", "health", agency="Health")):
        desk.do("c1", AtDiscussion(event=event))
    desk.do("c2", AtDiscussion(event=began((1,), at=NOW + timedelta(minutes=20))))
    desk.do("c2", AtDiscussion(event=person("Siân Lund", "health", agency="Health")))

    def known() -> list[str]:
        return sorted(one.name for letter in "hs" for one in people_like(desk, letter))

    assert known() == ["PC Hale", "Siân Lund", "Siân Lund"]
    desk.do("c1", ALONE)
    assert known() == ["Siân Lund", "Siân Lund"], "whoever was met elsewhere since is still known"
    desk.do("c1", AtDiscussion(event=person("Hana Novak")))
    desk.store.set_meta("projection_key", "")
    assert desk.refresh_rows()
    assert "PC Hale" not in known()
    assert "Hana Novak" not in known()
    desk.do("c1", LiftRestriction(reason="Unfounded"))
    assert {"PC Hale", "Hana Novak"} <= set(known())


# The rows and the entries say the same


def test_a_restriction_whose_names_were_destroyed_lets_nobody_in(store: MemoryStore) -> None:
    store.append([NewEntry("c1", 0, "concern-restricted", {"names": [JO]})], actor=ME, at=NOW)
    assert restriction_of(store, "c1") == Restriction((JO,), ME)
    assert Seen(store, JO).may_see("c1")
    store._streams["c1"][0] = store._streams["c1"][0]._replace(body=None)
    assert restriction_of(store, "c1") == Restriction((), ME)
    assert not Seen(store, JO).may_see("c1")


NAMES = st.lists(st.sampled_from((ME, JO, BO)), min_size=1, max_size=3, unique=True).map(tuple)
ACTS = st.lists(
    st.builds(lambda names: RestrictConcern(names=names, reason="x"), NAMES)
    | st.just(LiftRestriction(reason="x"))
    | st.just(AddNote(text="x")),
    max_size=6,
)


@given(acts=ACTS)
def test_the_fold_the_row_and_the_raw_entries_agree_on_who_may_see_it(acts: list[Command]) -> None:
    store = MemoryStore()
    desks = [make_desk(store, Hands(), name) for name in (ME, JO, BO)]
    raised: RaiseConcern = raise_concern(received=datetime(2026, 11, 20, 18, tzinfo=UTC))
    desks[0].do("c1", raised)
    for act in acts:
        for desk in desks:
            try:
                desk.do("c1", act)
            except Refused:
                continue
            break
    for desk in desks:
        concern = desk._read("c1")
        named = concern.restricted_to is None or desk.actor in concern.restricted_to
        row, kept = desk.row("c1"), store.row("c1")
        assert row is not None
        assert kept is not None
        assert kept.restricted == (concern.restricted_to is not None)
        assert desk.seen.may_see("c1") == named == (not row.hidden)
        assert (QueueRow(row, [], NOW.date()).name == "C1 RESTRICTED") == (not named)


def test_a_row_that_is_not_there_is_none(desk: Desk) -> None:
    assert desk.row("nobody") is None
    assert desk.seen.row_by_number(9) is None
