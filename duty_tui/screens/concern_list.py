"""A list of things to read, one of them opened out: what a concern, WHY and the dialogues are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from duty_tui.widgets.guarded import Guarded
from duty_tui.widgets.safe import content, lines
from duty_tui.widgets.wrapping import MOST_LINES, wrap

_INDENT, _FURTHER = 3, 2

#: The lines of an item in so many cells, selected or not.
Draw = Callable[[int, bool], Sequence[Content]]


class Item(NamedTuple):
    """One thing in a list: `key` is what the cursor belongs to."""

    key: str
    draw: Draw


class ItemList(Guarded, Widget, can_focus=True):
    """Items one below the other; arrows move from one to the next, through a long one line by line.

    The cursor belongs to a key: when items are shown anew it stays on its item, wherever that stands now.
    """

    DEFAULT_CSS = """
    ItemList { height: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Down", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home", "end(-1)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
    ]

    class Moved(Message):
        """Another item is selected."""

        def __init__(self, items: ItemList) -> None:
            super().__init__()
            self.items = items

        @property
        def control(self) -> ItemList:
            """The list, for `@on` selectors."""
            return self.items

    def __init__(self, *, id: str | None = None, empty: str = "Nothing here.") -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.empty = empty
        """Said when there is nothing to show."""
        self._items: Sequence[Item] = ()
        self._at = 0
        self._top = 0
        self._lengths: dict[int, int] = {}
        self._measured = 0

    @property
    def key(self) -> str | None:
        """The key of the selected item; None in an empty list."""
        return self._items[self._at].key if self._items else None

    @property
    def keys(self) -> list[str]:
        """The keys of all items, in order."""
        return [item.key for item in self._items]

    def show(self, items: Sequence[Item], *, at: str | None = None) -> None:
        """Show these; the cursor goes to the key `at`, else stays on the item it is on, else near where it was."""
        wanted = at if at is not None else self.key
        self._items, self._lengths = items, {}
        places = [place for place, item in enumerate(items) if item.key == wanted]
        self._at = places[0] if places else max(0, min(self._at, len(items) - 1))
        self._bring_into_view()
        self.refresh()

    def select(self, key: str) -> None:
        """Put the cursor on an item; nothing happens when it is not there."""
        self.show(self._items, at=key)
        self.post_message(self.Moved(self))

    def action_step(self, by: int) -> None:
        """One item on or back; a line, while more of the selected one lies beyond the edge."""
        start, end = self._extent()
        height = self._height
        if by > 0 and end > self._top + height:
            self._top += 1
        elif by < 0 and start < self._top and self._top:
            self._top -= 1
        else:
            self._go(self._at + by)
            return
        self.refresh()

    def action_page(self, by: int) -> None:
        """As many lines on or back as are seen, none left out; the cursor stays among them."""
        if not self._items:
            return
        lengths = [self._length(place) for place in range(len(self._items))]
        top = max(0, min(self._top + by * max(1, self._height - 1), sum(lengths) - self._height))
        if top == self._top:
            self.action_end(by)
            return
        starts = list(accumulate(lengths, initial=0))
        seen = [
            place for place in range(len(lengths)) if starts[place] < top + self._height and starts[place + 1] > top
        ]
        before, self._top = self._at, top
        if before not in seen:
            self._at = seen[0] if by > 0 else seen[-1]
            if before < self._at:
                # What was opened out above has closed: without this, as many lines would be passed over.
                self._top = max(0, top - lengths[before] + len(self._lines_of(before)))
            self.post_message(self.Moved(self))
        self.refresh()

    def action_end(self, by: int) -> None:
        """The first item, or the last."""
        self._go(0 if by < 0 else len(self._items) - 1)

    def on_click(self, event: Click) -> None:
        """A click selects."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        seen = 0
        for place in range(len(self._items)):
            seen += self._length(place)
            if self._top + offset.y < seen:
                self._go(place)
                return

    def on_resize(self) -> None:
        """Keep the selected item in sight."""
        self._bring_into_view()
        self.refresh()

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self._items) - 1))
        if place != self._at:
            self._at = place
            self.post_message(self.Moved(self))
        self._bring_into_view()
        self.refresh()

    @property
    def _height(self) -> int:
        return max(1, self.content_size.height)

    def _lines_of(self, place: int) -> Sequence[Content]:
        drawn = self._items[place].draw(max(1, self.content_size.width), place == self._at)
        return drawn[:MOST_LINES]

    def _length(self, place: int) -> int:
        """How many lines an item takes; of one not selected counted once for a width: a list may have thousands."""
        if place == self._at:
            return len(self._lines_of(place))
        if self._measured != self.content_size.width:
            self._measured, self._lengths = self.content_size.width, {}
        if place not in self._lengths:
            self._lengths[place] = len(self._lines_of(place))
        return self._lengths[place]

    def _extent(self) -> tuple[int, int]:
        """First line of the selected item, and the line after its last."""
        start = sum(self._length(place) for place in range(self._at))
        return start, start + (self._length(self._at) if self._items else 0)

    def _bring_into_view(self) -> None:
        start, end = self._extent()
        after = sum(self._length(place) for place in range(self._at + 1, len(self._items)))
        top = min(max(self._top, min(end - self._height, start)), start)
        self._top = max(0, min(top, end + after - self._height))

    def render(self) -> Content:
        """The lines that are in sight."""
        if not self._items:
            return content((self.empty, "$faint"))
        shown: list[Content] = []
        first = 0
        for place in range(len(self._items)):
            start, first = first, first + self._length(place)
            if start >= self._top + self._height:
                break
            if first > self._top:
                shown += self._lines_of(place)[max(0, self._top - start) :]
        return lines(shown[: self._height])


def block(heading: str, text: str, *, style: str = "bold $key-fg", hanging: bool = False) -> Draw:
    """An item of a heading at the margin and its text under it, all of it shown whether selected or not.

    `hanging` is for text of several lines that stand for themselves: what goes on below is set in further.
    """

    def draw(cells: int, selected: bool) -> list[Content]:
        room = cells - _INDENT
        drawn = [content((("▸" if selected else " ") + heading, style))]
        if not hanging:
            return drawn + [content(" " * _INDENT, line) for line in wrap(text, room)]
        for line in text.split("\n"):
            first, *further = wrap(line, room)
            rest = wrap(" ".join(further), room - _FURTHER) if further else []
            drawn.append(content(" " * _INDENT, first))
            drawn += [content(" " * (_INDENT + _FURTHER), part) for part in rest]
        return drawn

    return draw
