from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import click
import pytest

from duty_tui import __main__, __version__
from duty_tui.cli import open_app
from duty_tui.cli.root import COMMANDS, root
from duty_tui.errors import Refused
from tests.cli.conftest import Run

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_help_names_every_command_with_its_line(run: Run) -> None:
    ended = run("--help")
    assert ended.status == 0
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", ended.out, re.MULTILINE)
    assert root.list_commands(click.Context(root)) == list(COMMANDS)


def commands() -> list[list[str]]:
    names = []
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        names.append([name])
        if isinstance(command, click.Group):
            names += [[name, one] for one in command.commands]
    return names


@pytest.mark.parametrize("name", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example_that_begins_like_it(run: Run, name: list[str]) -> None:
    ended = run(*name, "--help")
    assert ended.status == 0
    assert f"Example: duty-tui {' '.join(name)}" in ended.out


@pytest.mark.parametrize("name", commands(), ids=" ".join)
def test_every_command_and_option_is_on_its_page(name: list[str]) -> None:
    page = PAGE.read_text("utf-8")
    assert f"duty-tui {' '.join(name)}" in page
    command: Any = root.get_command(click.Context(root), name[0])
    for part in name[1:]:
        command = command.commands[part]
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in page, option


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"duty-tui {__version__}\n"


@pytest.mark.parametrize("arguments", [("qeue",), ("--colour",), ("queue", "--yaml"), ("policy",), ("closure", "ad")])
def test_what_is_no_command_is_usage(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.status, ended.out) == (2, "")


@pytest.mark.parametrize(
    "words",
    [
        ("due", "--policy", "ics-record", "--received", "\x1b]0;x\x07\x9b2J"),
        ("workday", "2026-12-24", "3", "--closure", "\x1b[2J"),
        ("\x1b[2J",),
        ("--\x1b[2J",),
        ("queue", "--\x1b[2J"),
        ("due", "--policy", "ics-record", "--received", "x" * 3000),
    ],
)
def test_wrong_words_are_said_back_harmlessly(run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words)
    assert ended.status == 2
    assert not {"\x1b", "\x07", "\x9b"} & set(ended.err)
    assert len(ended.err) < 400


def test_what_nobody_foresaw_is_told_without_a_word_of_what_was_typed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ValueError("Amara Okafor")

    monkeypatch.setattr("duty_tui.cli.queue.print_queue", broken)
    ended = run("queue")
    assert (ended.status, ended.out) == (1, "")
    number = re.search(r"incident ([\w-]+)", ended.err)
    assert number
    assert "Traceback" not in ended.err
    assert "Amara" not in ended.err
    kept = (home / "state" / "incidents" / f"{number[1]}.txt").read_text()
    assert "builtins.ValueError" in kept
    assert "broken" in kept
    assert "Amara" not in kept


def test_the_program_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["duty-tui", "--version"])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"duty-tui {__version__}\n"


# In a terminal the screens are opened. The screens themselves are tested where they are.


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What stands in for the app; the list holds what it was opened with."""
    opened: list[dict[str, Any]] = []

    class App:
        return_code = 0

        def __init__(self, session: Any, **told: Any) -> None:
            opened.append({"session": session, **told})

        def run(self) -> None:
            opened[-1]["ran"] = True

    module = ModuleType("duty_tui.app")
    module.DutyApp = App  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "duty_tui.app", module)
    monkeypatch.setenv("TEXTUAL_LOG", "somewhere")
    return opened


def in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """CliRunner puts streams of its own in place: the commands are told of a terminal through `sys` as they see it."""
    monkeypatch.setenv("TERM", "xterm-256color")
    seen = SimpleNamespace(**{name: getattr(sys, name) for name in ("exit", "modules")})
    seen.stdin = seen.stdout = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("duty_tui.cli.root.sys", seen)
    monkeypatch.setattr("duty_tui.cli.demo.sys", seen)


def test_in_a_terminal_the_screens_are_opened(
    desk: Run, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - so that its `sys` is there to stand in for

    in_a_terminal(monkeypatch)
    assert desk().status == 0
    assert (screens[0]["ran"], screens[0]["practice"]) == (True, False)
    assert desk("demo").status == 0
    assert (screens[1]["ran"], screens[1]["practice"]) == (True, True)


@pytest.mark.parametrize("words", [(), ("demo",)])
def test_a_terminal_that_can_draw_nothing_gets_the_queue_as_text(
    desk: Run, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - so that its `sys` is there to stand in for

    in_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    ended = desk(*words)
    assert (ended.status, screens) == (0, [])
    assert "TERM is dumb" in ended.err
    assert "LEFT" in ended.out


def test_a_practice_desk_named_by_hand_is_still_practice(
    run: Run, home: Path, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - the same

    run("demo")
    (kept,) = (home / "data" / "practice").iterdir()
    in_a_terminal(monkeypatch)
    assert run("--database", kept).status == 0
    assert screens[0]["practice"] is True


def test_a_record_that_cannot_be_opened_is_said_before_the_screen_is_taken(
    run: Run, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - the same

    in_a_terminal(monkeypatch)
    ended = run("--database", tmp_path / "nowhere.db")
    assert ended.status == 1
    assert ended.err
    assert screens == []


def test_the_status_of_the_app_is_the_programs(
    desk: Run, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - the same

    in_a_terminal(monkeypatch)
    sys.modules["duty_tui.app"].DutyApp.return_code = 3
    assert desk().status == 3


def test_without_a_terminal_demo_prints_the_practice_queue(desk: Run) -> None:
    ended = desk("demo")
    assert ended.status == 0
    assert ended.lines[0].startswith("PRACTICE")


def test_an_error_of_the_app_lets_go_of_the_record(
    desk: Run, screens: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import duty_tui.cli.demo  # noqa: F401 - the same

    def fails(self: object) -> None:
        raise Refused("no")

    in_a_terminal(monkeypatch)
    sys.modules["duty_tui.app"].DutyApp.run = fails
    assert desk().status == 1
    assert open_app is not None
