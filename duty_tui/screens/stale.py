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

    def __init__(self) -> None:
        super().__init__()
        self._since: datetime | None = None
        self._why = ""

    @property
    def is_stale(self) -> bool:
        """Whether nothing new is being shown."""
        return self._since is not None

    def say(self, as_of: datetime, why: str) -> None:
        """From `as_of` on nothing new can be shown, and why; said again, the first time stays."""
        self._since, self._why = self._since or as_of, why
        self.add_class("-stale")
        self.tick(as_of)

    def tick(self, now: datetime) -> None:
        """Say how old what is shown has become."""
        if self._since is None:
            return
        minutes = int((now - self._since).total_seconds()) // 60
        old = f", {_age(minutes)} old" if minutes > 0 else ""
        self.update(content(f"as of {london(self._since):%H:%M}{old}, not updating: ", self._why))

    def clear(self) -> None:
        """It is up to date again."""
        self._since = None
        self.remove_class("-stale")


def _age(minutes: int) -> str:
    """`12m`, `3h 5m`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}h {rest}m" if hours else f"{rest}m"
