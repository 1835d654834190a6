"""The closed concerns of the practice desk: told briefly in a file, the same weekdays whatever today is."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.discussion_commands import AllAtDiscussion
from duty_tui.domain.people import Child
from duty_tui.domain.times import london
from duty_tui.practice_past import PAST, Rest, Told, past_acts
from duty_tui.rules.loader import load_vocabulary

#: A Friday, a Monday at midnight, the Sunday on which the clocks go back, New Year's Day.
TODAYS = [
    datetime(2026, 11, 20, 14, 37, tzinfo=UTC),
    datetime(2026, 11, 23, 0, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2027, 1, 1, 9, 0, tzinfo=UTC),
]
FOUND: dict[str, Any] = tomllib.loads(PAST.read_text("utf-8"))


def child(number: int, told: Any) -> Child:
    return Child(number=number, name=told["name"])


@pytest.mark.parametrize("now", TODAYS, ids=str)
def test_everything_lies_behind_and_on_its_weekday(now: datetime) -> None:
    acts = list(past_acts(now, load_vocabulary(), child))
    assert len({concern for _, concern, _ in acts}) == len(FOUND["concern"]) == 12
    raised = [(at, made) for at, _, made in acts if isinstance(made, RaiseConcern)]
    for (at, made), told in zip(raised, FOUND["concern"], strict=True):
        assert f"{london(at):%a %H:%M}" == told["received"]
        assert made.received == at
        assert [one.name for one in made.children] == [one["name"] for one in told["children"]]
    assert all(at < now - timedelta(days=1) for at, _, _ in acts)
    assert min(at for at, _, _ in acts) > now - timedelta(weeks=12)


def test_each_concern_is_three_acts_in_order_or_two_without_a_discussion() -> None:
    acts = list(past_acts(TODAYS[0], load_vocabulary(), child))
    for concern in {concern for _, concern, _ in acts}:
        own = [(at, made) for at, its, made in acts if its == concern]
        assert [at for at, _ in own] == sorted(at for at, _ in own)
        kinds = [type(made) for _, made in own]
        assert kinds in ([RaiseConcern, AllAtDiscussion, Rest], [RaiseConcern, Rest])


def test_a_time_is_of_its_week_in_london_whatever_the_clocks_do() -> None:
    told = Told({"children": [{}, {}]}, datetime(2026, 10, 19, tzinfo=UTC).date(), {}, {}, load_vocabulary())
    assert told.at("Tue 10:15") == datetime(2026, 10, 20, 9, 15, tzinfo=UTC)
    assert told.at("Mon 10:15 +1") == datetime(2026, 10, 26, 10, 15, tzinfo=UTC)
    assert told.children == (1, 2)


def test_the_file_names_only_invented_people_who_are_in_it() -> None:
    for told in FOUND["concern"]:
        assert set(told.get("held", {}).get("there", ())) <= set(FOUND["people"])
        assert set(told.get("answers", {})) <= set(load_vocabulary().fact)
        assert not any("nhs" in one for one in told["children"])
