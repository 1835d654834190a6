"""What waits to be sent, in words, and what its person says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.drafts import drafts_of, drop_draft, keep_draft, kept_draft
from duty_tui.desk.outgoing import send, waiting
from duty_tui.desk.pending import Pending
from duty_tui.desk.reading import concern_view
from duty_tui.desk.waiting import NEW, Meanwhile, beside, change, goes_with, send_anyway, take_back, unsent
from duty_tui.domain.commands import AddNote, AnswerQuestions, Command
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused, Unavailable, Waits
from duty_tui.store.memory import MemoryStore
from duty_tui.store.outbox import Outbox, outbox_file
from duty_tui.store.rows import Draft
from tests.builders import raise_concern
from tests.desk.away import AWAY, KEY, Line, away_desk
from tests.desk.conftest import NOW, Hands, make_desk

MARK, NEXT = "a" * 32, "b" * 32


@pytest.fixture
def ours(desk: Desk, store: MemoryStore, hands: Hands, tmp_path: Path) -> Iterator[tuple[Desk, Line]]:
    """A desk over a line that is cut; concern c1 is in the record."""
    desk.do("c1", raise_concern())
    mine, line = away_desk(store, hands, outbox_file(tmp_path, "0" * 32, bytes(32)))
    outbox = mine.outbox
    mine.catch_up()
    assert mine.rulebook.policies
    line.cut = True
    yield mine, line
    assert outbox
    outbox.close()


def keep(desk: Desk, command: Command, concern: str = "c1", mark: str = MARK, draft: str | None = None) -> None:
    with pytest.raises(Waits):
        desk.do(concern, command, mark=mark, seen_version=1 if concern == "c1" else None, draft=draft)


def answer(value: str, child: int | None = None) -> AnswerQuestions:
    return AnswerQuestions.model_validate(
        {"answers": {"child_could_be_harmed_by_delay": value}, "child": child, "reason": "Told by the school."}
    )


def test_nothing_waits_at_a_desk_without_an_outbox(desk: Desk) -> None:
    assert unsent(desk) == Pending((), ())


def test_what_waits_is_said_in_words_first_typed_first(ours: tuple[Desk, Line], hands: Hands) -> None:
    mine, line = ours
    keep(mine, AddNote(text="Rang the school."))
    keep(mine, raise_concern(received=hands.now), "c2", NEXT)
    keep(mine, answer("yes", 1), "c2", "c" * 32)
    [note, raised, answered], [row], trouble, _ = unsent(mine)
    assert (note.number, note.reference, note.words, note.typed) == (1, "", ["Rang the school."], NOW)
    assert (note.why, note.behind, note.can_change, trouble) == ("", False, False, "")
    assert (raised.reference, answered.reference) == (NEW, NEW)
    assert "Amara Okoye" in raised.words[0]
    assert "A bruise seen on the arm." in raised.words[0]
    assert answered.words[0].startswith("Answered (child 1)")
    assert (row.id, row.number, row.rank, row.due is not None) == ("c2", 0, 1, True)
    line.cut = False
    assert [one.reference for one in unsent(mine).lines] == ["C1", NEW, NEW]


def test_the_concern_itself_says_that_something_on_it_waits(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    for mark, words in ((MARK, "1 entry of yours on it waits"), (NEXT, "2 entries of yours on it wait")):
        line.cut = True
        keep(mine, AddNote(text="x"), mark=mark)
        line.cut = False
        assert concern_view(mine, "c1", NOW).warnings[0].startswith(f"{words} on this machine, NOT RECORDED")
    send(mine)
    assert concern_view(mine, "c1", NOW).warnings == ()


def test_what_cannot_be_said_in_words_shows_all_its_text(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    keep(mine, answer("yes", 1))
    keep(mine, answer("yes"), mark=NEXT)
    assert mine.outbox
    unreadable = waiting(mine)[0]._replace(id="c" * 32, command={"name": "Tomorrow", "is": [{"text": "Rang."}, 3]})
    mine.outbox.put(unreadable)
    about_a_child, plain, tomorrow = unsent(mine).lines
    assert "Told by the school." in about_a_child.words
    assert plain.words == ["Answered: child could be harmed by delay: yes. Reason: Told by the school."]
    assert "Rang." in tomorrow.words


def test_a_new_concern_whose_place_cannot_be_worked_out_stands_in_the_first_band(
    ours: tuple[Desk, Line], hands: Hands
) -> None:
    mine, _ = ours
    mine.books.forget()
    keep(mine, raise_concern(received=hands.now), "c2")
    [row] = unsent(mine).rows
    assert (row.rank, row.due, row.certain, row.family) == (1, None, False, "Amara Okoye")


def test_a_record_that_is_away_is_asked_once_and_not_for_each_that_waits(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    for concern, mark in (("c1", MARK), ("c1", NEXT), ("c9", "c" * 32)):
        keep(mine, AddNote(text="x"), concern, mark)
    line.in_vain = 0
    assert len(unsent(mine).lines) == 3
    assert line.in_vain == 1


def test_an_outbox_that_cannot_be_read_says_so(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    assert mine.outbox
    mine.outbox.path.write_bytes(b"no database" * 1000)
    assert "cannot be opened with this key" in unsent(mine).trouble


def test_an_outbox_under_an_earlier_key_is_said(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    assert mine.outbox
    before = outbox_file(mine.outbox.path.parent, "0" * 32, b"1" * 32)
    before.touch()
    assert str(before) in unsent(mine).trouble
    assert "`duty-tui --key-file OLD outbox` lists it. Type it again" in unsent(mine).trouble
    key_file = before.with_name("desk.key")
    mine.outbox = Outbox(mine.outbox.path, bytes(32), "", key_file)
    kept = [key_file.with_name(f"desk.key.before-{day}") for day in (1, 2)]
    kept[0].touch()
    assert f"`duty-tui --key-file {kept[0]} outbox` lists it. Type it again" in unsent(mine).trouble
    kept[1].touch()
    assert f"OLD is the key file of that time: {kept[0]}, {kept[1]}." in unsent(mine).trouble


def typed_elsewhere(mine: Desk) -> Outbox:
    """What waits was typed for a record at /there, and one at /here is open."""
    assert mine.outbox
    path = mine.outbox.path
    mine.outbox = Outbox(path, KEY, "/there/desk.db")
    mine.outbox.save_draft(Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"}))
    mine.outbox.save_draft(Draft("d2", "note", "c1", "Ann Osei", "here", NOW, {"text": "y"}))
    keep(mine, AddNote(text="x"), draft="d1")
    mine.outbox.close()
    mine.outbox = Outbox(path, KEY, "/here/desk.db")
    return mine.outbox


def test_nothing_typed_for_a_record_in_another_place_is_sent_and_both_places_are_said(
    ours: tuple[Desk, Line], store: MemoryStore
) -> None:
    mine, line = ours
    outbox = typed_elsewhere(mine)
    line.cut = False
    why = (
        "Nothing is sent: what waits was typed for the record at /there/desk.db, and the one at /here/desk.db is open."
    )
    assert send(mine) == ([], why)
    assert send_anyway(mine, MARK, Meanwhile(3, [], [])) == ([], why)
    found = unsent(mine)
    assert found.elsewhere == why
    assert found.trouble.startswith(f"{why} Open /there/desk.db and it is recorded there.")
    assert "`duty-tui outbox send --here` records it here." in found.trouble
    with pytest.raises(Refused, match="Nothing is sent"):
        change(mine, MARK)
    assert (waiting(mine)[0].seen, len(store.stream("c1"))) == (1, 1)
    outbox.bring_here()
    assert (len(send(mine).recorded), unsent(mine)) == (1, Pending([], []))
    assert store.draft("d2") is not None


def test_beside_what_was_typed_for_another_place_the_open_record_is_worked_on(
    ours: tuple[Desk, Line], store: MemoryStore, desk: Desk
) -> None:
    mine, line = ours
    desk.do("c2", raise_concern())
    outbox = typed_elsewhere(mine)
    line.cut = False
    mine.do("c2", AddNote(text="elsewhere"))
    with pytest.raises(
        Unavailable, match=r"An earlier entry of yours on this concern.*Nothing is sent.*--here"
    ) as told:
        mine.do("c1", AddNote(text="later"), mark=NEXT)
    assert not isinstance(told.value, Waits)
    typed = Draft("d2", "note", "c1", "Ann Osei", "here", NOW, {"text": "changed"})
    assert kept_draft(mine, "d2") is None
    assert keep_draft(mine, typed)
    assert drop_draft(mine, "d2")
    assert store.draft("d2") is None
    line.cut = True
    with pytest.raises(Unavailable, match="nor kept on this machine"):
        mine.do("c2", AddNote(text="x"), mark="c" * 32)
    assert {one.id: one.body for one in outbox.drafts()} == {"d2": {"text": "y"}}
    assert [one.id for one in waiting(mine)] == [MARK]


def conflicting(mine: Desk, line: Line, store: MemoryStore, hands: Hands) -> Desk:
    """Mine says yes and Ben, meanwhile, no; sent, it stops, and a note waits behind it."""
    keep(mine, answer("yes"), draft="d1")
    keep(mine, AddNote(text="later"), mark=NEXT)
    ben = make_desk(store, hands, "Ben Adeyemi")
    hands.on(minutes=5)
    ben.do("c1", answer("no"))
    ben.do("c1", AddNote(text="A note of Ben's."))
    line.cut = False
    send(mine)
    return ben


def test_a_conflict_shows_what_others_recorded_beside_it(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    conflicting(mine, line, store, hands)
    first, later = unsent(mine).lines
    assert "Ben Adeyemi recorded this" in first.why
    assert (first.behind, later.behind, later.why) == (False, True, "")
    shown = beside(mine, MARK)
    assert shown.lines == [
        "18:10 Ben Adeyemi: Answered: child could be harmed by delay: no. Reason: Told by the school.",
        "18:10 Ben Adeyemi: A note of Ben's.",
    ]
    assert (shown.seen, [*shown.entries]) == (3, [entry.id for entry in store.stream("c1")[-2:]])


def test_nothing_stands_beside_what_is_about_a_new_concern(ours: tuple[Desk, Line], hands: Hands) -> None:
    mine, line = ours
    keep(mine, raise_concern(received=hands.now), "c2")
    with pytest.raises(Unavailable):
        beside(mine, MARK)
    line.cut = False
    assert beside(mine, MARK) == (None, [], [])


def test_sent_anyway_it_is_recorded_saying_what_was_read_and_what_waited_behind_it_follows(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    conflicting(mine, line, store, hands)
    shown = beside(mine, MARK)
    assert len(send_anyway(mine, MARK, shown).recorded) == 2
    answered, noted = store.stream("c1")[-2:]
    assert (answered.actor, noted.actor) == ("Ann Osei", "Ann Osei")
    assert answered.data["after"] == shown.entries[0]
    assert waiting(mine) == []


def test_sent_anyway_it_still_asks_about_what_was_recorded_after_the_look(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    ben = conflicting(mine, line, store, hands)
    shown = beside(mine, MARK)
    ben.do("c1", answer("unknown"))
    assert send_anyway(mine, MARK, shown).recorded == []
    assert [bool(one.why) for one in waiting(mine)] == [True, False]


def test_taken_back_it_is_never_sent_and_what_waited_behind_it_goes_on(
    ours: tuple[Desk, Line], store: MemoryStore, hands: Hands
) -> None:
    mine, line = ours
    conflicting(mine, line, store, hands)
    assert (goes_with(mine, MARK), take_back(mine, MARK)) == (0, 1)
    assert len(send(mine).recorded) == 1
    assert store.stream("c1")[-1].data["text"] == "later"


def test_a_new_concern_is_taken_back_with_all_that_waits_on_it(ours: tuple[Desk, Line], hands: Hands) -> None:
    mine, _ = ours
    keep(mine, raise_concern(received=hands.now), "c2")
    keep(mine, AddNote(text="later"), "c2", NEXT)
    assert (goes_with(mine, MARK), take_back(mine, MARK), waiting(mine)) == (1, 2, [])


def test_what_waits_no_longer_cannot_be_answered_for(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    for asked in (take_back, change, beside, goes_with):
        with pytest.raises(Refused, match="does not wait any more"):
            asked(mine, MARK)
    with pytest.raises(Refused, match="does not wait any more"):
        send_anyway(mine, MARK, Meanwhile(1, [], []))


def test_what_is_recorded_after_all_is_not_taken_back(ours: tuple[Desk, Line], store: MemoryStore) -> None:
    mine, line = ours
    line.cut, line.loses_answer = False, True
    keep(mine, AddNote(text="x"))
    line.cut = False
    with pytest.raises(Refused, match="recorded already"):
        take_back(mine, MARK)
    assert waiting(mine) == []
    assert store.stream("c1")[-1].data["text"] == "x"


def test_what_was_on_its_way_when_the_record_went_is_not_taken_back(ours: tuple[Desk, Line]) -> None:
    mine, line = ours
    keep(mine, AddNote(text="x"))
    line.cut, line.loses_answer = False, True
    assert send(mine).away == AWAY
    with pytest.raises(Refused, match="may be recorded"):
        take_back(mine, MARK)
    assert len(waiting(mine)) == 1


def test_changed_its_text_is_a_draft_again(ours: tuple[Desk, Line], hands: Hands, store: MemoryStore) -> None:
    mine, line = ours
    assert mine.outbox
    typed = Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"})
    mine.outbox.save_draft(typed)
    keep(mine, AddNote(text="x"), draft="d1")
    assert kept_draft(mine, "d1") is None
    assert unsent(mine).lines[0].can_change
    later = hands.on(minutes=5)
    assert change(mine, MARK) == typed._replace(updated=later)
    assert (waiting(mine), kept_draft(mine, "d1")) == ([], typed._replace(updated=later))
    line.cut = False
    send(mine)
    assert store.draft("d1") == typed._replace(updated=later)
    assert mine.outbox.drafts() == []


def test_what_is_recorded_after_all_leaves_no_draft_when_it_was_to_be_changed(
    ours: tuple[Desk, Line], store: MemoryStore
) -> None:
    mine, line = ours
    keep_draft(mine, Draft("d1", "note", "c1", "Ann Osei", "here", NOW, {"text": "x"}))
    line.cut, line.loses_answer = False, True
    keep(mine, AddNote(text="x"), draft="d1")
    line.cut = False
    with pytest.raises(Refused, match="recorded already"):
        change(mine, MARK)
    assert (waiting(mine), drafts_of(mine), store.draft("d1")) == ([], [], None)


def test_what_has_no_form_is_not_changed(ours: tuple[Desk, Line]) -> None:
    mine, _ = ours
    keep(mine, AddNote(text="x"))
    with pytest.raises(Refused, match="cannot be opened again"):
        change(mine, MARK)


def test_a_new_concern_is_changed_once_nothing_waits_behind_it(ours: tuple[Desk, Line], hands: Hands) -> None:
    mine, _ = ours
    assert mine.outbox
    mine.outbox.save_draft(Draft("d1", "intake", None, "Ann Osei", "here", NOW, {"what": "x"}))
    keep(mine, raise_concern(received=hands.now), "c2", draft="d1")
    for number, mark in enumerate((NEXT, "c" * 32), 1):
        keep(mine, AddNote(text="later"), "c2", mark)
        with pytest.raises(Refused, match=f"{number} entr(y|ies) on this new concern"):
            change(mine, MARK)
    for mark in (NEXT, "c" * 32):
        take_back(mine, mark)
    assert change(mine, MARK).id == "d1"


def test_a_concern_restricted_meanwhile_keeps_the_words_of_what_waits(ours: tuple[Desk, Line], desk: Desk) -> None:
    mine, line = ours
    keep(mine, AddNote(text="x"))
    desk.actor = "Ben Adeyemi"
    desk.do("c1", RestrictConcern(names=("Ben Adeyemi",), reason="x"))
    line.cut = False
    send(mine)
    [one] = unsent(mine).lines
    assert (one.words, one.reference) == (["x"], "C1")
    assert "restricted" in one.why


def test_a_list_of_what_waits_is_no_look_at_a_restricted_concern(ours: tuple[Desk, Line], desk: Desk) -> None:
    mine, line = ours
    keep(mine, AddNote(text="x"))
    desk.do("c1", RestrictConcern(names=(mine.actor, desk.actor), reason="x"))
    line.cut = False
    before = desk.store.version("c1")
    [one] = unsent(mine).lines
    assert (one.words, one.reference) == (["x"], "C1")
    assert desk.store.version("c1") == before
    assert beside(mine, MARK).seen == before + 1, "what others recorded on it is one"
