"""Said above the queue while it is not being brought up to date; it stays until it is again."""

from __future__ import annotations

from datetime import datetime

from textual.widgets import Static

from duty_tui.domain.times import london
from duty_tui.widgets.safe import content


class StaleLine(Static):
    """`as of 14:02, not updating: …`; not there while all is well."""

    DEFAULT_CSS = """
    StaleLine { display: none; height: auto; max-height: 2; padding: 0 1; background: $now-bg; color: $now-fg;
        text-style: bold; }
    StaleLine.-stale { display: block; }
    """

    def say(self, as_of: datetime, why: str) -> None:
        """Since when nothing new can be shown, and why."""
        self.update(content(f"as of {london(as_of):%H:%M}, not updating: ", why))
        self.add_class("-stale")

    def clear(self) -> None:
        """It is up to date again."""
        self.remove_class("-stale")
