"""The page of keys in the documents and the rows of help on the screen, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from duty_tui.widgets.command import AnyCommand
from duty_tui.widgets.command_screen import Commanded
from duty_tui.widgets.keys import key_words


class HelpRow(NamedTuple):
    """One command as help shows it: `keys` as written for people, `reason` why it is refused now, if it is."""

    id: str
    group: str
    keys: str
    title: str
    help: str
    reason: str | None = None


def help_rows(screen: Commanded) -> list[HelpRow]:
    """Everything `screen` can do now, group by group, with the person's own keys."""
    rows = [_row(act, screen.keymap, screen.why_not(act.id)) for act in screen.acts()]
    return _by_group(rows)


def keys_page(screens: Iterable[tuple[str, type[Commanded]]]) -> str:
    """The Markdown page of every screen's keys; `screens` are titles and classes, in the order of the page."""
    lines = ["# Keys", "", "Made from the commands by `make docs`; a test keeps it current."]
    for title, screen in screens:
        lines += ["", f"## {title}", "", "| keys | command | what it does | id |", "|---|---|---|---|"]
        for row in _by_group([_row(act, {}, None) for act in screen.acts()]):
            lines.append(f"| {row.keys.replace('|', '&#124;')} | {row.title} | {row.help} | `{row.id}` |")
    return "\n".join(lines) + "\n"


def _row(act: AnyCommand, keymap: Mapping[str, str], reason: str | None) -> HelpRow:
    keys = "  ".join(key_words(key) for key in act.key_list(keymap))
    return HelpRow(act.id, act.group, keys, act.title, act.help, reason)


def _by_group(rows: list[HelpRow]) -> list[HelpRow]:
    """Rows of one group together, groups in the order they first appear."""
    order = list(dict.fromkeys(row.group for row in rows))
    return sorted(rows, key=lambda row: order.index(row.group))
