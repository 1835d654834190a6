"""Rows and entries reach people only through the readers that know who may see a restricted concern (desk/seen.py).

A reader of the store itself that is not listed here fails: list it with why nothing of it reaches a person, or read
through `desk.rows()`, `desk.row()`, `desk.seen` or `Seen(store, actor)`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.hygiene.repository import Source, sources

#: What a store answers about concerns and what was typed on them.
READERS = frozenset((
    *("rows", "row", "row_by_number", "matching_ids", "duplicates_of", "actions", "contacts"),
    *("stream", "since", "follow", "streams_with", "drafts", "draft", "present"),
))  # fmt: skip
#: What is asked by these names is no store: the desk and its filtered rows, the board they fill, things of other kinds.
FILTERED = frozenset(("desk", "seen", "_seen", "board", "self", "room", "timeline", "Seen", "Typed"))

_RULES = "for the rules and the rows that follow, whoever asks"
_SERVICE = "the service's own stream, which holds no concern"
_LEFT_OUT = "leaves out what may not be seen"
_OWN = "a person's own drafts, or forms of concerns not yet raised"
#: Who may ask the store itself, and why nothing restricted reaches a person that way.
ALLOWED = {
    "duty_tui/cli/init.py": {"stream": _SERVICE},
    "duty_tui/desk/company.py": dict.fromkeys(("drafts", "present"), "asked once the filtered row was seen"),
    "duty_tui/desk/books.py": {"stream": _SERVICE},
    "duty_tui/desk/decision.py": {"row": _RULES, "follow": _RULES},
    "duty_tui/desk/desk.py": {
        "matching_ids": "ids alone, of which one is looked up in the filtered rows",
        "row": "what was just recorded by somebody who was let in",
        "follow": _RULES,
        "stream": _SERVICE,
    },
    "duty_tui/desk/destroying.py": {"row": "the number alone, of a concern nothing is left of"},
    "duty_tui/desk/directory.py": {"contacts": "nobody is learned from a restricted concern"},
    "duty_tui/desk/document_data.py": {"stream": "the entries of a concern that was just let in"},
    "duty_tui/desk/document_parts.py": {"stream": "number and hash of an entry of a concern that was just let in"},
    "duty_tui/desk/document_signs.py": {"stream": _SERVICE},
    "duty_tui/desk/drafts.py": {"drafts": _OWN, "draft": _OWN},
    "duty_tui/desk/escalation_lines.py": {"streams_with": _LEFT_OUT},
    "duty_tui/desk/histories.py": {"stream": "the reader behind `Desk.concern`, which lets in or refuses"},
    "duty_tui/desk/moved.py": {"stream": _SERVICE},
    "duty_tui/desk/moved_news.py": {"stream": _SERVICE},
    "duty_tui/desk/moving.py": {"rows": _RULES},
    "duty_tui/desk/past.py": dict.fromkeys(
        ("rows",), "counted for all; figures.py and breaches.py name only what the person may see"
    ),
    "duty_tui/desk/permission.py": {"stream": _SERVICE},
    "duty_tui/desk/recent.py": {"since": "kinds and concerns, whose rows are then read filtered"},
    "duty_tui/desk/rows_key.py": {"stream": _SERVICE},
    "duty_tui/desk/seen.py": dict.fromkeys(
        ("rows", "row", "row_by_number", "actions", "duplicates_of", "stream"), "the filter itself"
    ),
    "duty_tui/desk/session.py": {"follow": "ids, kinds and names, whose rows are then read filtered"},
    "duty_tui/screens/desk_screen.py": {"stream": _SERVICE},
}


def _name(asked: ast.expr) -> str:
    """The last name of what is asked: `seen` of `self.desk.seen`, `Seen` of `Seen(store, me)`."""
    if isinstance(asked, ast.Call):
        return _name(asked.func)
    return asked.attr if isinstance(asked, ast.Attribute) else ast.unparse(asked)


def _asks(source: Source) -> Iterator[tuple[str, str]]:
    """What is asked of something called a store; what has rows or actions of its own is another thing."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            if _name(node.func.value) not in FILTERED:
                yield source.place, node.func.attr
        elif isinstance(node, ast.Attribute) and node.attr in READERS and _name(node.value) in ("store", "_store"):
            yield source.place, node.attr


def test_only_those_listed_ask_the_store_itself() -> None:
    found = {
        place_and_reader
        for source in sources("duty_tui")
        if not source.place.startswith(("duty_tui/store/", "duty_tui/rules/", "duty_tui/domain/", "duty_tui/views/"))
        for place_and_reader in _asks(source)
    }
    allowed = {(place, reader) for place, readers in ALLOWED.items() for reader in readers}
    assert found - allowed == set()
    assert allowed - found == set(), "listed, and no longer needed"


def test_a_new_reader_is_found() -> None:
    for text in ("desk.store.rows()", "looked_at.row(1)", "self._store().stream('a')", "read = store.actions"):
        assert list(_asks(Source.of(text))), text
    for text in ("desk.rows()", "Seen(store, me).row(1)", "self.board.row(1)", "view.rows", "session.look(at)"):
        assert not list(_asks(Source.of(text))), text
