"""A concern destroyed under a rule of retention: nothing of it anywhere, its number kept, the chain whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalation_lines import escalation_list
from duty_tui.desk.reading import timeline
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.commands import AddNote, CloseConcern
from duty_tui.domain.destruction_commands import DestroyEntries
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionStarted
from duty_tui.domain.escalation_commands import SubmitEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.kinds import DESTROYED
from duty_tui.domain.period import Period
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Refused
from duty_tui.store.journal import NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.store.rows import GONE
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.discussions import action, person

DESTROY = DestroyEntries(authority="Records board, 3 November", rule="R7: 25 years")


@pytest.fixture
def full(desk: Desk, hands: Hands) -> Desk:
    """Concerns c1 and c2; the first with everything somebody could be found by."""
    desk.do("c1", raise_concern())
    desk.do("c2", raise_concern(family="Mensah"))
    now = hands.now
    for event in (
        DiscussionStarted(discussion=1, at=now - timedelta(hours=1), chair="Ann", format="telephone", children=(1,)),
        person("Zqhale", agency="Police", job="Detective"),
        action(1, what="See the child", who="Bo", agency="Health", due=now + timedelta(hours=2)),
    ):
        desk.do("c1", AtDiscussion(event=event))
    submitted = SubmitEscalation(
        ladder="pack/none",
        label="Need to Know",
        at=now,
        recipients=(To(name="Jo", role="manager"),),
        facts=(),
        fields={},
    )
    desk.do("c1", submitted)
    return desk


def test_nothing_of_it_is_left_but_that_it_was(full: Desk, store: MemoryStore, hands: Hands) -> None:
    assert store.actions()
    assert store.contacts(["zqhale"], 9)
    assert len(escalation_list(full, hands.now)) == 1
    other = make_desk(store, hands, "Bo Lind")
    assert other.concern("c1").children
    full.do("c1", CloseConcern(reason="Done"))
    done = full.do("c1", DESTROY)
    assert done.row == store.row("c1")
    assert (done.row.number, done.row.status, done.row.family) == (1, GONE, "DESTROYED")
    assert store.counts() == {"open": 1, GONE: 1}
    assert [row.id for row in (*store.rows(), *store.rows("closed"))] == ["c2"]
    assert (store.actions(), store.contacts(["zqhale"], 9), escalation_list(full, hands.now)) == ([], [], [])
    assert store.duplicates_of("c2", list(store._identities["c2"])) == []
    assert store.verify() == store.head()
    assert {entry.body for entry in store.stream("c1")[:-1]} == {None}
    for desk in (full, other):
        with pytest.raises(
            Refused, match=r"C1 was destroyed by Ann Osei on .*: Records board, 3 November, R7"
        ) as caught:
            desk.concern("c1")
        assert "log" in caught.value.do
        with pytest.raises(Refused, match="was destroyed"):
            desk.do("c1", AddNote(text="more"))
        words = [line.words for line in timeline(desk.concern("c1", how="log"))]
        assert set(words[:-1]) == {"Destroyed under the retention rule"}
        assert words[-1].startswith("All entries destroyed. Authority: Records board")


def test_made_anew_it_is_still_gone_and_its_number_is_not_given_again(full: Desk, store: MemoryStore) -> None:
    full.do("c2", CloseConcern(reason="Done"))
    gone = full.do("c2", DESTROY).row
    store.set_meta("projection_key", "another")
    assert full.refresh_rows()
    assert store.row("c2") == gone
    assert full.do("c3", raise_concern()).row.number == 3
    assert full.find("C2") == gone


def test_figures_count_it_among_all(full: Desk, hands: Hands) -> None:
    period = Period(hands.now.date(), hands.now.date())
    stories = Stories()
    stories.read_all(full)
    before = statistics(full, stories, period, hands.now)
    for concern, words in (("c1", "1 concern was destroyed"), ("c2", "2 concerns were destroyed")):
        full.do(concern, CloseConcern(reason="Done"))
        full.do(concern, DESTROY)
        stories.read_all(full)
        found = statistics(full, stories, period, hands.now)
        assert found.concerns == before.concerns == 2
        assert found.notes[-1].startswith(words)


def test_a_second_attempt_destroys_nothing_more(full: Desk, store: MemoryStore) -> None:
    full.do("c2", CloseConcern(reason="Done"))
    first = full.do("c2", DESTROY, mark="a" * 32)
    head = store.head()
    assert full.do("c2", DESTROY, mark="a" * 32).entries == first.entries
    assert store.head() == head


def test_only_those_who_may(full: Desk, store: MemoryStore, hands: Hands) -> None:
    full.do("c2", RestrictConcern(names=("Bo Lind", "Ann Osei"), reason="staff"))
    full.do("c2", CloseConcern(reason="Done"))
    with pytest.raises(Refused, match="restricted to named people"):
        make_desk(store, hands, "Jo Park").do("c2", DESTROY)
    people = {"Ann Osei": "duty_manager", "Bo Lind": "senior_manager", "Jo Park": "senior_manager"}
    full.decide([PersonListed(name=name, roles=(role,)) for name, role in people.items()])
    with pytest.raises(Refused, match="of retention is for the senior manager; you are here as duty manager"):
        full.do("c2", DESTROY)
    bo = make_desk(store, hands, "Bo Lind")
    bo.do("c2", DESTROY)
    row = full.row("c2")
    assert row
    assert (row.status, row.restricted) == (GONE, False)


def test_a_restriction_whose_names_are_gone_keeps_everybody_out(desk: Desk, store: MemoryStore, hands: Hands) -> None:
    """Only another program could destroy that entry alone; every reader then takes it the same way."""
    desk.do("c1", raise_concern())
    desk.do("c1", RestrictConcern(names=("Ann Osei",), reason="staff"))
    version = store.version("c1")
    body = {"versions": [version], "authority": "Board", "rule": "R7"}
    store.append([NewEntry("c1", version, DESTROYED, body)], actor="Eve", at=hands.now)
    anew = make_desk(store, hands)
    anew.make_rows()
    [row] = anew.rows()
    assert row.hidden
    with pytest.raises(Refused, match=r"restricted to named people.*nobody can be let in"):
        anew.concern("c1")
    with pytest.raises(Refused, match="restricted"):
        anew.do("c1", AddNote(text="more"))
