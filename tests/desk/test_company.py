"""Who else has a concern open and who types what: of a restricted one only those named hear."""

from __future__ import annotations

import ast
import platform
from datetime import timedelta
from pathlib import Path

import pytest

import duty_tui
from duty_tui.desk.company import GONE, HEARTBEAT, TYPES, TYPING, come, company, typed_words
from duty_tui.desk.desk import Desk
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.store.memory import MemoryStore
from duty_tui.store.presence import Presence
from duty_tui.store.rows import Draft
from duty_tui.views.company import Companion, in_words
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands

ID = "a" * 32
ME, OTHER = "Ann Osei", "DS Patel"


@pytest.fixture
def there(desk: Desk, store: MemoryStore) -> MemoryStore:
    """A record with one concern, which DS Patel has open on another machine."""
    desk.do(ID, raise_concern())
    store.be_present(Presence("t2", OTHER, "desk-3", ID, "decisions", NOW), NOW - GONE)
    return store


def draft(name: str, kind: str, actor: str = "K. Osei", machine: str = "desk-4") -> Draft:
    return Draft(name, kind, ID, actor, machine, NOW, {"text": "half a sen"})


def words(store: MemoryStore, after: timedelta = timedelta(0), actor: str = ME) -> str:
    return in_words(company(store, actor, ID, NOW + after, "t1"))


def test_somebody_who_has_it_open_is_named_and_oneself_is_not(there: MemoryStore) -> None:
    come("t1", ME, ID, "concern", NOW)(there)
    assert company(there, ME, ID, NOW, "t1") == (Companion(OTHER, "desk-3", "decisions", "", NOW),)
    assert words(there) == "DS Patel has this open"


def test_ones_own_other_terminal_is_said_to_be_elsewhere(there: MemoryStore) -> None:
    come("t9", ME, ID, "concern", NOW)(there)
    assert words(there) == "Ann Osei (elsewhere) has this open · DS Patel has this open"


def test_who_types_stands_first_with_what_and_for_as_long_as_they_type(there: MemoryStore) -> None:
    there.save_draft(draft("d1", "discussion.decision"))
    there.save_draft(draft("d2", "note", ME, platform.node()))
    assert words(there) == "K. Osei is typing: decisions · DS Patel has this open"
    assert words(there, TYPING) == "DS Patel has this open"


def test_who_has_it_open_and_types_is_named_once(there: MemoryStore) -> None:
    there.save_draft(draft("d1", "call-line", OTHER, "desk-3"))
    there.save_draft(draft("d2", "note", OTHER, "desk-3"))
    [one] = company(there, ME, ID, NOW, "t1")
    assert (one.part, one.typing) == ("decisions", "a note")


def test_a_terminal_says_itself_what_is_typed_there(there: MemoryStore) -> None:
    come("t2", OTHER, ID, TYPES + "decisions", NOW)(there)
    assert words(there) == "DS Patel is typing: decisions"
    [one] = company(there, ME, ID, NOW, "t1")
    assert one.part == ""


def test_a_terminal_that_was_killed_is_gone_after_a_while(there: MemoryStore) -> None:
    assert words(there, GONE) == "DS Patel has this open"
    assert words(there, GONE + timedelta(seconds=1)) == ""
    assert GONE > 2 * HEARTBEAT, "one word may be lost"


def test_a_word_now_and_then_keeps_a_terminal_there(there: MemoryStore) -> None:
    come("t2", OTHER, ID, "call", NOW + HEARTBEAT)(there)
    assert words(there, GONE + timedelta(seconds=1)) == "DS Patel has this open"


def test_of_a_restricted_concern_only_those_named_hear_who_is_there(
    desk: Desk, there: MemoryStore, hands: Hands
) -> None:
    there.save_draft(draft("d1", "note"))
    desk.do(ID, RestrictConcern(names=(ME, OTHER), reason="Staff"))
    assert words(there, actor="Bo Lind") == ""
    assert words(there) == "K. Osei is typing: a note · DS Patel has this open"


def test_of_a_concern_that_is_not_there_nothing_is_said(store: MemoryStore) -> None:
    assert company(store, ME, ID, NOW) == ()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("discussion.decision", "decisions"),
        ("child 2", "a child"),
        ("undo " + "e" * 32, "an undo"),
        ("escalate.need-to-know", "an escalation"),
        ("SayWhyLate.p/rule", "a form"),
    ],
)
def test_what_is_typed_is_said_in_words_and_never_by_an_id(kind: str, said: str) -> None:
    assert typed_words(kind) == said


def test_every_form_of_a_discussion_has_its_words() -> None:
    kinds = {
        node.value.value
        for file in (Path(duty_tui.__file__).parent / "screens").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "KIND"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.value.value
    }
    assert len(kinds) > 10
    assert {kind for kind in kinds if typed_words(f"discussion.{kind}") == "a form"} == set()
