"""Every theme knows every variable, what must be read can be read, and the terminal's own wishes are kept."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.color import Color
from textual.design import ColorSystem
from textual.theme import Theme
from textual.widgets import Static

from duty_tui.errors import UsageError
from duty_tui.widgets.queue_list import QueueList
from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.themes import ANSI, CONTRAST, DARK, DEFAULTS, LIGHT, PAIRS, THEMES, pick_theme
from tests.widgets.test_queue_order import NOW, Row


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""

    def luminance(name: str) -> float:
        parts = [value / 255 for value in Color.parse(name).rgb]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme, pair: tuple[str, str]) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_has_every_variable_and_none_is_textuals(theme: Theme) -> None:
    assert DEFAULTS.keys() <= theme.variables.keys()
    textuals = ColorSystem("#000000", "#000000").generate()
    assert not DEFAULTS.keys() & textuals.keys()


@pytest.mark.parametrize("name", [name for name in DEFAULTS if name.endswith(("-fg", "-bg"))] + ["soon", "faint"])
def test_sixteen_colour_terminals_get_their_own_sixteen_colours(name: str) -> None:
    assert ANSI.variables[name].startswith("ansi_")


@pytest.mark.parametrize(
    ("environ", "system", "name"),
    [
        ({}, "truecolor", "duty-dark"),
        ({}, "256", "duty-dark"),
        ({}, "standard", "duty-ansi"),
        ({}, None, "duty-ansi"),
        ({"NO_COLOR": "1"}, "truecolor", "duty-ansi"),
        ({"NO_COLOR": ""}, "truecolor", "duty-dark"),
        ({"DUTY_TUI_THEME": "light"}, "standard", "duty-light"),
        ({"DUTY_TUI_THEME": " duty-contrast "}, "standard", "duty-contrast"),
        ({"DUTY_TUI_THEME": "dark", "NO_COLOR": "1"}, None, "duty-dark"),
    ],
)
def test_the_theme_to_start_with(environ: dict[str, str], system: str | None, name: str) -> None:
    assert pick_theme(environ, system) == name


def test_a_theme_nobody_knows_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="Use one of: dark, light, contrast, ansi"):
        pick_theme({"DUTY_TUI_THEME": "beige"}, "truecolor")


class Coloured(SafeApp[None]):
    CSS = "Static { color: $late-fg; background: $late-bg; text-style: $chip-style; }"

    def compose(self) -> ComposeResult:
        yield Static("LATE 42m", markup=False)


@pytest.mark.parametrize("theme", [*THEMES], ids=lambda theme: theme.name)
async def test_an_app_can_wear_each(theme: Theme) -> None:
    async with Coloured().run_test() as pilot:
        pilot.app.theme = theme.name
        await pilot.pause()
        assert pilot.app.query_one(Static).styles.text_style.bold


async def test_under_no_color_not_even_grey_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with Coloured().run_test() as pilot:
        label = pilot.app.query_one(Static)
        [strip] = label.render_lines(label.size.region)
        styles = [segment.style for segment in strip if segment.style is not None]
        colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None]
        assert all(colour.is_default for colour in colours)
        assert any(style.bold for style in styles)


async def test_textuals_own_theme_can_still_be_worn() -> None:
    async with Coloured().run_test() as pilot:
        pilot.app.theme = "textual-dark"
        await pilot.pause()
        assert pilot.app.query_one(Static).styles.color.hex.upper() == "#FFFFFF"


@pytest.mark.parametrize("name", ["ansi", "contrast"])
async def test_where_colours_are_few_the_selected_line_is_told_by_more_than_colour(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUTY_TUI_THEME", name)

    class Listed(SafeApp[None]):
        def compose(self) -> ComposeResult:
            yield QueueList()

    app = Listed()
    async with app.run_test(size=(80, 6)):
        queue = app.query_one(QueueList)
        queue.set_rows([Row("a"), Row("b")], NOW)
        selected, other = queue.render_line(1), queue.render_line(2)
        assert selected.text.startswith("▌")
        assert not other.text.startswith("▌")
        styles = [segment.style for segment in selected if segment.style is not None]
        assert all(style.bold for style in styles)
        assert all(style.reverse for style in styles) == (name == "ansi")
