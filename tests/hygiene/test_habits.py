from __future__ import annotations

from itertools import chain

import pytest

from tests.hygiene import habits
from tests.hygiene.habits import Habit
from tests.hygiene.repository import Source, sources

IN_THE_PACKAGE: tuple[Habit, ...] = (
    habits.short_functions,
    habits.short_files,
    habits.no_text_past_the_door,
    habits.time_is_given,
    habits.documented,
)
IN_TESTS: tuple[Habit, ...] = (habits.no_sleep, habits.no_skips)
EVERYWHERE: tuple[Habit, ...] = (habits.no_swallowed_errors, habits.nothing_left_undone)


def named(habit: Habit) -> str:
    return getattr(habit, "__name__", "")


@pytest.mark.parametrize("habit", IN_THE_PACKAGE, ids=named)
def test_the_package_keeps_the_habit(habit: Habit) -> None:
    assert list(chain.from_iterable(map(habit, sources("duty_tui")))) == []


@pytest.mark.parametrize("habit", IN_TESTS, ids=named)
def test_the_tests_keep_the_habit(habit: Habit) -> None:
    assert list(chain.from_iterable(map(habit, sources("tests")))) == []


@pytest.mark.parametrize("habit", EVERYWHERE, ids=named)
def test_everything_keeps_the_habit(habit: Habit) -> None:
    assert list(chain.from_iterable(map(habit, sources("duty_tui", "tests", "bench")))) == []


def test_there_is_something_to_look_at() -> None:
    places = {source.place for source in sources("duty_tui", "tests")}
    assert {"duty_tui/__init__.py", "duty_tui/clock.py", "tests/conftest.py"} <= places


LONG = "def f():\n" + "    x = 1\n" * habits.LONGEST_FUNCTION
DOCUMENTED = '"""M."""\n'

OFFENCES: tuple[tuple[Habit, str], ...] = (
    (habits.short_functions, LONG),
    (habits.short_functions, "async " + LONG),
    (habits.short_files, "x = 1\n" * (habits.LONGEST_FILE + 1)),
    (habits.no_swallowed_errors, "try:\n    f()\nexcept OSError:\n    pass\n"),
    (habits.no_swallowed_errors, "try:\n    f()\nexcept:\n    ...\n"),
    (habits.no_swallowed_errors, "try:\n    f()\nexcept OSError:\n    'never mind'\n"),
    (habits.no_swallowed_errors, "with contextlib.suppress(Exception):\n    f()\n"),
    (habits.no_sleep, "time.sleep(1)"),
    (habits.no_sleep, "async def f():\n    await asyncio.sleep(0)\n"),
    (habits.no_sleep, "async def f():\n    await pilot.pause(0.1)\n"),
    (habits.no_sleep, "async def f():\n    await self.pilot.pause(delay=0.1)\n"),
    (habits.no_skips, "pytest.skip('later')"),
    (habits.no_skips, "@pytest.mark.skipif(True, reason='later')\ndef test(): f()\n"),
    (habits.no_skips, "numpy = pytest.importorskip('numpy')"),
    (habits.no_text_past_the_door, "Static(f'{name}')"),
    (habits.no_text_past_the_door, "widgets.Label(renderable=f'{name}')"),
    (habits.no_text_past_the_door, "self.app.notify('ok', title=f'{name}')"),
    (habits.no_text_past_the_door, "self.query_one(Static).update(f'{name}')"),
    (habits.no_text_past_the_door, "table.update_cell(row, column, f'{name}')"),
    (habits.no_text_past_the_door, "self.border_title = f'{name}'"),
    (habits.time_is_given, "datetime.now(UTC)"),
    (habits.time_is_given, "datetime.datetime.utcnow()"),
    (habits.time_is_given, "date.today()"),
    (habits.time_is_given, "time.time()"),
    (habits.time_is_given, "at.astimezone()"),
    (habits.documented, "x = 1"),
    (habits.documented, DOCUMENTED + "def f(): g()"),
    (habits.documented, DOCUMENTED + "class A:\n    x = 1"),
    (habits.documented, DOCUMENTED + "class A:\n    '''A.'''\n    async def f(self): g()"),
    (habits.nothing_left_undone, f"x = 1  # {habits.UNFINISHED[0]} later"),
)

INNOCENT: tuple[tuple[Habit, str], ...] = (
    (habits.short_functions, LONG.removesuffix("    x = 1\n")),
    (habits.short_files, "x = 1\n" * habits.LONGEST_FILE),
    (habits.no_swallowed_errors, "try:\n    f()\nexcept OSError as error:\n    raise Unavailable() from error\n"),
    (habits.no_swallowed_errors, "with contextlib.suppress(FileNotFoundError):\n    f()\n"),
    (habits.no_sleep, "async def f():\n    await pilot.pause()\n"),
    (habits.no_skips, "skip(1)"),
    (habits.no_skips, "pytest.skip(NO_COMPILER)"),
    (habits.no_text_past_the_door, "Static(safe(f'{name}'))"),
    (habits.no_text_past_the_door, "notify('recorded')"),
    (habits.no_text_past_the_door, "self.sub_title_id = f'{name}'"),
    (habits.time_is_given, "time.monotonic()"),
    (habits.time_is_given, "clock.now()"),
    (habits.time_is_given, "at.astimezone(LONDON)"),
    (habits.documented, DOCUMENTED + "def _f(): g()"),
    (habits.documented, DOCUMENTED + "class A:\n    '''A.'''\n    @override\n    def f(self): g()"),
    (habits.nothing_left_undone, "x = 1"),
)


@pytest.mark.parametrize(("habit", "text"), OFFENCES)
def test_an_offence_is_seen_once(habit: Habit, text: str) -> None:
    assert len(list(habit(Source.of(text)))) == 1


@pytest.mark.parametrize(("habit", "text"), INNOCENT)
def test_the_innocent_are_left_alone(habit: Habit, text: str) -> None:
    assert list(habit(Source.of(text))) == []


def test_the_one_place_may_read_the_time() -> None:
    assert list(habits.time_is_given(Source.of("datetime.now(UTC)", "duty_tui/clock.py"))) == []
