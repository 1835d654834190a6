"""All clocks of one concern at each stage of its life; adding working days beside a bare sorted array, and others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from statistics import median
from time import perf_counter

from bench.table import Row, against, plain
from duty_tui.rules.bank_holidays import read_bank_holidays, read_published
from duty_tui.rules.calendar import WorkingCalendar, build_calendars
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.loader import builtin_folder, load_policies, load_vocabulary
from duty_tui.rules.situation import Happening, Known, Situation

RECEIVED = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
HELD = Happening(RECEIVED + timedelta(hours=16), discussion=1)
SURE = {"reasonable_cause": [Known(True)], "serious_risk_of_harm": [Known(True)]}
STAGES = {
    "nothing answered": Situation({"referral_received": [Happening(RECEIVED)]}),
    "answered": Situation({"referral_received": [Happening(RECEIVED)]}, SURE),
    "two children, discussion held": Situation(
        {"referral_received": [Happening(RECEIVED)], "discussion_held": [HELD]}, SURE, (1, 2)
    ),
}
STARTS = [date(2024, 1, 1) + timedelta(days=number) for number in range(0, 1400, 7)]
DAYS = 15

#: Adds working days to a day.
Add = Callable[[date, int], object]


def rulebook() -> Rulebook:
    """The default policies, in force since ever."""
    vocabulary = load_vocabulary()
    published = read_published(builtin_folder() / "bank_holidays.toml")
    days = published.amend(read_bank_holidays())
    calendars = build_calendars(vocabulary.calendar, days, {}, published.published_until)
    return Rulebook.always(load_policies(("action-note-003", "ics-record"), vocabulary), vocabulary, calendars)


def one_concern(book: Rulebook, situation: Situation, rounds: int = 2000) -> float:
    """Microseconds, median, for every deadline of one concern."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        book.deadlines(situation)
        times.append(perf_counter() - start)
    return median(times) * 1e6


def ours() -> Add:
    return WorkingCalendar(range(1, 6), read_bank_holidays(), {}, None).add


def bare() -> Add:
    """The floor: working days as sorted numbers, and a binary search."""
    off = {day.toordinal() for day in read_bank_holidays()}
    first, last = date(1990, 1, 1).toordinal(), date(2060, 12, 31).toordinal()
    ordinals = [day for day in range(first, last + 1) if (day - 1) % 7 < 5 and day not in off]

    def add(start: date, n: int) -> date:
        return date.fromordinal(ordinals[bisect_right(ordinals, start.toordinal()) + n - 1])

    return add


def with_holidays() -> Add:
    import holidays

    return holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2030)).get_nth_working_day


def with_numpy() -> Add:
    import numpy as np

    calendar = np.busdaycalendar(holidays=list(map(np.datetime64, read_bank_holidays())))
    return lambda start, n: np.busday_offset(np.datetime64(start), n, roll="backward", busdaycal=calendar)


def with_workalendar() -> Add:
    from workalendar.europe import UnitedKingdom

    add: Add = UnitedKingdom().add_working_days
    return add


OTHERS: dict[str, Callable[[], Add]] = {"numpy": with_numpy, "holidays": with_holidays, "workalendar": with_workalendar}


def nanoseconds(add: Add, rounds: int) -> float:
    """For one addition: the best of `rounds` runs over the same starts, so that both see the machine at its best."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for day in STARTS:
            add(day, DAYS)
        best = min(best, perf_counter() - start)
    return best / len(STARTS) * 1e9


def working_days() -> Iterator[Row]:
    floor, mine = bare(), ours()
    assert [mine(day, DAYS) for day in STARTS] == [floor(day, DAYS) for day in STARTS]
    base = nanoseconds(floor, 200)
    yield against("add N working days", nanoseconds(mine, 200), base, 1.2, "ns")
    for name, make in OTHERS.items():
        if find_spec(name):
            yield against(f"add N working days, {name}", nanoseconds(make(), 3), base, float("inf"), "ns")._replace(
                budget=None
            )


def measure() -> Iterator[Row]:
    book = rulebook()
    for stage, situation in STAGES.items():
        yield plain(f"all clocks of one concern, {stage}", one_concern(book, situation), 100, "µs")
    yield from working_days()
