"""Four themes with the same variables: dark, light, high contrast, and one for terminals with sixteen colours.

Every state is a word or a shape before it is a colour, so a theme may never be the only thing that tells two apart.
In dark, light and contrast every pair of `PAIRS` reaches the 4.5:1 that WCAG 2.2 (1.4.3) asks of text.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

from duty_tui.errors import UsageError

#: What stands on what, by variable: the pairs of text and ground that must be readable.
PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("foreground", "soon", "rank-1", "rank-2", "rank-3", "faint", "good", "bad", "key-fg")
      for ground in ("background", "surface", "panel")),
    ("late-fg", "late-bg"),
    ("now-fg", "now-bg"),
    ("row-fg", "row-bg"),
    ("head-fg", "head-bg"),
    ("key-fg", "head-bg"),
    ("bar-fg", "bar-bg"),
)  # fmt: skip

_DARK = {
    "late-fg": "#ffffff",
    "late-bg": "#b3261e",
    "now-fg": "#000000",
    "now-bg": "#f0b000",
    "chip-style": "bold",
    "soon": "#ffd166",
    "rank-1": "#ff8a80",
    "rank-2": "#ffc14d",
    "rank-3": "#7cc4ff",
    "faint": "#aab4bf",
    "row-fg": "#ffffff",
    "row-bg": "#1d4e89",
    "row-style": "bold",
    "head-fg": "#c5ccd4",
    "head-bg": "#222a33",
    "key-fg": "#ffd166",
    "bar-fg": "#ffffff",
    "bar-bg": "#1d4e89",
    "good": "#7ee0b5",
    "bad": "#ff8a80",
}
_LIGHT = _DARK | {
    "soon": "#7a4b00",
    "rank-1": "#a3160d",
    "rank-2": "#7a4b00",
    "rank-3": "#005a9c",
    "faint": "#4d5864",
    "head-fg": "#2c343d",
    "head-bg": "#e3e8ee",
    "key-fg": "#005a9c",
    "good": "#1b5e40",
    "bad": "#a3160d",
}
_CONTRAST = _DARK | {
    "late-fg": "#000000",
    "late-bg": "#ffffff",
    "now-bg": "#ffff00",
    "soon": "#ffff00",
    "rank-1": "#ffffff",
    "rank-2": "#ffff00",
    "rank-3": "#00ffff",
    "faint": "#ffffff",
    "row-fg": "#000000",
    "row-bg": "#ffff00",
    "head-fg": "#ffffff",
    "head-bg": "#000000",
    "key-fg": "#ffff00",
    "bar-bg": "#000000",
    "good": "#00ff00",
    "bad": "#ffff00",
}
_ANSI = {
    "late-fg": "ansi_bright_white",
    "late-bg": "ansi_red",
    "now-fg": "ansi_black",
    "now-bg": "ansi_yellow",
    "chip-style": "bold",
    "soon": "ansi_yellow",
    "rank-1": "ansi_bright_red",
    "rank-2": "ansi_bright_yellow",
    "rank-3": "ansi_bright_cyan",
    "faint": "ansi_default",
    "row-fg": "ansi_default",
    "row-bg": "ansi_default",
    "row-style": "bold reverse",
    "head-fg": "ansi_default",
    "head-bg": "ansi_default",
    "key-fg": "ansi_yellow",
    "bar-fg": "ansi_bright_white",
    "bar-bg": "ansi_blue",
    "good": "ansi_green",
    "bad": "ansi_bright_red",
}

DARK = Theme(
    "duty-dark", primary="#1d4e89", secondary="#56b4e9", warning="#f0b000", error="#b3261e", success="#2a9d6f",
    accent="#f0b000", background="#101418", surface="#171c22", panel="#222a33", foreground="#e8eaed", variables=_DARK,
)  # fmt: skip
LIGHT = Theme(
    "duty-light", primary="#1d4e89", secondary="#005a9c", warning="#8a5a00", error="#b3261e", success="#1b6b4a",
    accent="#8a5a00", background="#ffffff", surface="#f4f6f8", panel="#e3e8ee", foreground="#14181d", dark=False,
    variables=_LIGHT,
)  # fmt: skip
CONTRAST = Theme(
    "duty-contrast", primary="#ffffff", secondary="#00ffff", warning="#ffff00", error="#ff5555", success="#00ff00",
    accent="#ffff00", background="#000000", surface="#000000", panel="#000000", foreground="#ffffff",
    variables=_CONTRAST,
)  # fmt: skip
ANSI = Theme(
    "duty-ansi", primary="ansi_blue", secondary="ansi_cyan", warning="ansi_yellow", error="ansi_red",
    success="ansi_green", accent="ansi_yellow", foreground="ansi_default", background="ansi_default",
    surface="ansi_default", panel="ansi_default", boost="ansi_default", ansi=True,
    variables=BUILTIN_THEMES["ansi-dark"].variables | _ANSI,
)  # fmt: skip

THEMES: tuple[Theme, ...] = (DARK, LIGHT, CONTRAST, ANSI)

#: A value for every variable of ours: Textual refuses a style sheet that names one its theme does not have.
DEFAULTS: dict[str, str] = dict(_DARK)


def pick_theme(environ: Mapping[str, str], color_system: str | None) -> str:
    """The name of the theme to start with.

    DUTY_TUI_THEME says it ("light" or "duty-light"; any other word is a UsageError). Otherwise NO_COLOR and terminals
    of sixteen colours or none (`color_system` as Rich names it: "standard", "256", "truecolor", None) get duty-ansi.
    """
    wanted = environ.get("DUTY_TUI_THEME", "").strip().lower()
    names = [theme.name for theme in THEMES]
    if wanted:
        name = wanted if wanted.startswith("duty-") else "duty-" + wanted
        if name not in names:
            known = ", ".join(name.removeprefix("duty-") for name in names)
            raise UsageError("DUTY_TUI_THEME names no theme.", do="Use one of: " + known + ".")
        return name
    if environ.get("NO_COLOR") or color_system not in ("256", "truecolor"):
        return ANSI.name
    return DARK.name
