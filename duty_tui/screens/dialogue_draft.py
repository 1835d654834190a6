"""The text of a dialogue about a concern as a draft: what is kept of it, and put back when it is opened again."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from duty_tui.desk.drafts import drafts_of
from duty_tui.domain.times import london
from duty_tui.screens.concern_list import ItemList
from duty_tui.screens.unfinished import INTAKE
from duty_tui.store.rows import Draft
from duty_tui.widgets.choice import Choice
from duty_tui.widgets.entry_input import NotesArea
from duty_tui.widgets.ticks import Ticks
from duty_tui.widgets.time_field import TimeField

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk


class Typed(NamedTuple):
    """What a draft keeps: the fields that differ from what the dialogue opened with, and the mark of its record.

    `seen` is the version of the concern that was shown when it was begun; 0 where there is none.
    """

    fields: dict[str, str]
    mark: str
    seen: int = 0

    def draft(self, name: str, kind: str, concern: str, actor: str, now: datetime) -> Draft:
        """As the store keeps it, under the id `name`; with an empty `concern` it is about the service itself."""
        body = {"fields": self.fields, "mark": self.mark, "seen": self.seen}
        return Draft(name, kind, concern or None, actor, platform.node(), now, body)


def typed_of(draft: Draft) -> Typed | None:
    """What a draft holds; None when this program cannot read it."""
    fields, mark, seen = (draft.body.get(name) for name in ("fields", "mark", "seen"))
    if not isinstance(mark, str) or not isinstance(fields, dict):
        return None
    words = {name: text for name, text in fields.items() if isinstance(text, str)}
    return Typed(words, mark, seen if isinstance(seen, int) else 0)


def kept_draft(desk: Desk, kind: str, concern: str) -> Draft | None:
    """The person's latest draft of a dialogue about a concern."""
    return next((one for one in unfinished(desk, concern) if one.kind == kind and typed_of(one)), None)


def unfinished(desk: Desk, concern: str) -> list[Draft]:
    """The person's drafts about a concern, or about the service itself where it is empty, the latest first."""
    drafts = drafts_of(desk, desk.actor)
    return [one for one in drafts if (one.concern or "") == concern and one.kind != INTAKE]


# The fields of a dialogue, whatever they are


def read_fields(screen: Screen[Any]) -> dict[str, str]:
    """What stands in every field, by its id. Asked at every key: one walk through the dialogue, no selectors."""
    found = ((field.id, _text(field)) for field in screen.walk_children() if field.id)
    return {name: text for name, text in found if text is not None}


def _text(field: DOMNode) -> str | None:
    """What stands in a field; None for what is no field."""
    match field:
        case NotesArea() | TimeField():
            return field.text
        case Input():
            return field.value
        case Choice():
            return "" if field.at is None else field.options[field.at].key
        case ItemList():
            return field.key or ""
        case Ticks():
            return "".join(option.key for option in field.options if option.value in field.values)
    return None


def write_fields(screen: Screen[Any], fields: Mapping[str, str]) -> None:
    """Put text into the fields it belongs to; what there is no field for any more is left out."""
    for field in screen.query("*"):
        text = fields.get(field.id or "")
        if text is None:
            continue
        if isinstance(field, TimeField):
            field.text = text
        elif isinstance(field, NotesArea):
            field.text = text
            field.move_cursor(field.document.end)
        elif isinstance(field, Input):
            field.value = text
            field.cursor_position = len(text)
        elif isinstance(field, ItemList):
            field.select(text)
        elif isinstance(field, Ticks):
            field.tick(option.value for option in field.options if option.key in text)
        elif isinstance(field, Choice):
            field.at = next((at for at, one in enumerate(field.options) if one.key == text), field.at)


def written(instant: datetime | None) -> str:
    """An instant as a person would type it, with the name of the time where the clock shows it twice."""
    if instant is None:
        return ""
    local = london(instant)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{local:%d/%m/%Y %H:%M}" + (f" {local.tzname()}" if twice else "")
