"""Said instead of the screens when the terminal is too small for any of them; they wait beneath, as they were."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from duty_tui.widgets.safe import lines

LEAST = Size(72, 20)


def is_too_small(size: Size) -> bool:
    """Whether no screen fits into `size`."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmall(Screen[None]):
    """Goes by itself when there is room again."""

    DEFAULT_CSS = """
    TooSmall { background: $background; align: center middle; }
    TooSmall > Static { width: auto; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """What is needed, and that nothing is lost."""
        yield Static(
            lines(("This window is too small.", "At least 72 columns and 20 lines.", "", "What you typed is kept."))
        )
