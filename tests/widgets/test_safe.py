"""Nothing typed is read as markup, nothing typed commands the terminal, and columns stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from duty_tui.domain.text import is_harmless
from duty_tui.widgets.safe import ControlNet, clean, clean_lines, content, elide, fit, lines, width

hostile = st.text(st.one_of(st.characters(), st.sampled_from("[]/\\\x1b\x9b\u202e\u200d\u0301李e\n\t 🙂\ufe0f")))
BLACK = Color(0, 0, 0)


@given(hostile)
def test_content_is_the_cleaned_text_and_nothing_is_read_as_markup(text: str) -> None:
    assert content(text).plain == clean(text)
    assert content(text).spans == []
    assert content(text, keep_lines=True).plain == clean_lines(text)


@given(hostile, hostile)
def test_parts_stand_side_by_side(first: str, second: str) -> None:
    made = content((first, "bold"), second, content("kept"))
    assert made.plain == clean(first) + clean(second) + "kept"


def test_a_style_covers_the_cleaned_words_only() -> None:
    made = content("a", ("b\r\nc", "bold"), "d")
    assert made.plain == "ab cd"
    assert [(span.start, span.end) for span in made.spans] == [(1, 4)]


def test_lines_stand_one_below_the_other() -> None:
    assert lines([content("one"), "two\nstill two", ""]).plain == "one\ntwo still two\n"


@given(hostile, st.integers(0, 60), st.booleans())
def test_fit_has_exactly_the_width(text: str, cells: int, right: bool) -> None:
    made = fit(text, cells, right=right)
    assert width(made) == cells
    assert is_harmless(made)


@given(hostile, st.integers(0, 60))
def test_elide_is_never_wider_and_tells_what_it_cut(text: str, cells: int) -> None:
    made = elide(text, cells)
    assert width(made) <= cells
    whole = clean(text).replace("\u200d", "").replace("\u200c", "")
    assert made == whole or made.endswith("…") or cells == 0


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Okafor, Amara", 13, "Okafor, Amara"),
        ("Okafor, Amara", 9, "Okafor,… "),
        ("李小龙", 6, "李小龙"),
        ("李小龙", 5, "李小…"),
        ("李小龙", 4, "李…"),  # half a character is never shown
        ("Ní Bhriain", 12, "Ní Bhriain  "),
        ("x", 0, ""),
        ("xy", 1, "…"),
    ],
)
def test_fit_by_example(text: str, cells: int, shown: str) -> None:
    assert width(fit(text, cells)) == cells
    assert fit(text, cells).rstrip() == shown.rstrip()


def test_fit_can_stand_on_the_right_and_cut_without_a_word() -> None:
    assert fit("42m", 6, right=True) == "   42m"
    assert fit("Okafor", 3, ellipsis="") == "Oka"


def test_the_net_takes_out_what_has_no_width_and_replaces_the_rest() -> None:
    bold = Style(bold=True)
    caught = ControlNet().apply([Segment("a\x1b[2Jb\x9bc", bold), Segment("Zoë "), Segment("x\u202ey\xadz")], BLACK)
    assert [segment.text for segment in caught] == ["a[2Jbc", "Zoë ", "xy\ufffdz"]
    assert caught[0].style == bold


@given(st.lists(hostile))
def test_the_net_keeps_every_line_as_wide_as_it_was(texts: list[str]) -> None:
    line = [Segment(text) for text in texts]
    caught = ControlNet().apply(line, BLACK)
    assert all(is_harmless(segment.text) for segment in caught)
    joined = "".join(texts)
    if "\u200d" not in joined and "\ufe0f" not in joined:
        assert sum(segment.cell_length for segment in caught) == sum(segment.cell_length for segment in line)


def test_the_net_lets_the_programs_own_controls_and_clean_lines_through() -> None:
    line = [Segment("Ní Bhriain"), Segment("\u00a0"), Segment("", None, [])]
    assert ControlNet().apply(line, BLACK) == line


class Raw(Widget):
    """A widget that forgot to clean."""

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("evil\x1b]0;title\x07end" if y == 0 else "fine")])


class Netted(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(content("O'Neill [Jay] [/] x [/]"), id="name")
        yield Raw()

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), ControlNet()]


async def test_on_a_screen_brackets_stay_and_no_control_character_is_sent() -> None:
    app = Netted()
    async with app.run_test(size=(40, 4)):
        name = app.query_one("#name", Static)
        assert isinstance(name.content, Content)
        assert name.render_lines(name.size.region)[0].text.rstrip() == "O'Neill [Jay] [/] x [/]"
        raw = app.query_one(Raw)
        assert raw.render_lines(raw.size.region)[0].text.rstrip() == "evil]0;titleend"
