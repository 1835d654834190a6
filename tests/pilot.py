"""A pilot that does not wait for an idle processor, and the screen as the person sees it.

Textual's pilot waits 40 to 95 ms at every key until the processor rests. Nothing here needs that: what a key sets off
are messages, and a message needs a turn of the loop for every widget it passes on its way up to the app and back. A
test that wants the real wait asks for the fixture `real_idle`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual._context import visible_screen_stack
from textual.app import App
from textual.widget import Widget

from duty_tui.widgets.paste_guard import PasteGuard

TURNS = 8


async def some_turns(*_: float) -> None:
    """Let everything that is ready run, and what that makes ready, well beyond the depth of any screen."""
    loop = asyncio.get_running_loop()
    for _turn in range(TURNS):
        turn = loop.create_future()
        loop.call_soon(turn.set_result, None)
        await turn


@pytest.fixture
def real_idle() -> None:
    """Asked for by tests that keep Textual's own waiting and the guard against pastes."""


@pytest.fixture(autouse=True)
def fast_pilot(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys follow one another at once, and are not taken for a paste although no hand is so fast."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("DUTY_TUI_THEME", "dark")
    if "real_idle" in request.fixturenames:
        return
    monkeypatch.setattr("textual.pilot.wait_for_idle", some_turns)
    monkeypatch.setattr("textual.app.wait_for_idle", some_turns)
    monkeypatch.setattr(PasteGuard, "WINDOW", 0.0)


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, line by line, without trailing spaces.

    With what lies beneath a dialogue, as Textual draws it: a dialogue drawn without would be kept so.
    """
    _width, height = app.size
    beneath = visible_screen_stack.set(list(app._background_screens))
    try:
        strips = app.screen._compositor.render_strips()
    finally:
        visible_screen_stack.reset(beneath)
    return "\n".join(strip.text.rstrip() for strip in strips[:height])


def widget_text(widget: Widget) -> list[str]:
    """The lines of one widget as drawn, without trailing spaces."""
    return [strip.text.rstrip() for strip in widget.render_lines(widget.outer_size.region)]


async def until(condition: Callable[[], object], *, seconds: float = 60.0) -> None:
    """Turn the loop until `condition` holds; for what a thread or a timer brings.

    Fails after `seconds`: far longer than anything takes, since a busy machine may stand still for some.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not condition():
        assert loop.time() < deadline, "what was waited for never came"
        await some_turns()
