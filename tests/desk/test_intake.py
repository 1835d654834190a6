"""While a concern is being taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from duty_tui.desk import bands
from duty_tui.desk.desk import Desk
from duty_tui.desk.intake import as_queue_row, foresee
from duty_tui.errors import Refused
from tests.builders import a_child, raise_concern

NOW = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)


def test_where_it_would_stand_is_known_before_it_is_recorded(desk: Desk) -> None:
    head = desk.store.head()
    seen = foresee(desk, raise_concern(answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}), NOW)
    assert (seen.row.rank, seen.row.certain) == (1, True)
    assert desk.store.head() == head
    row = as_queue_row(seen.row, bands.decode(desk.store.meta(bands.META)), NOW)
    assert (row.symbol, row.name, row.age) == ("1▲", "Amara Okoye", "7y")


def test_the_questions_that_could_bring_the_time_forward_come_first(desk: Desk) -> None:
    questions = foresee(desk, raise_concern(), NOW).questions
    sooner = [question.sooner for question in questions]
    assert sooner == sorted(sooner, reverse=True)
    assert questions[0].fact in {"reasonable_cause", "serious_risk_of_harm"}


def test_doubts_are_said_and_hinder_nothing(desk: Desk) -> None:
    child = a_child(nhs_number="9990000019")
    seen = foresee(desk, raise_concern(child, received=NOW + timedelta(days=1), what=""), NOW)
    assert len(seen.doubts) == 3


def test_a_child_who_may_be_known_already_is_shown_by_reference(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    seen = foresee(desk, raise_concern(a_child(name="AMARA OKOYE")), NOW)
    assert [tuple(other) for other in seen.duplicates] == [("c1", "C1", "name+born")]


def test_what_could_not_be_recorded_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Refused, match="No child"):
        foresee(desk, raise_concern().model_copy(update={"children": ()}), NOW)


def test_after_midnight_in_summer_it_is_the_next_day_in_london_though_not_in_utc(desk: Desk) -> None:
    night = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    born_today = raise_concern(a_child(born=date(2027, 7, 1)), received=night)
    seen = foresee(desk, born_today, night)
    assert not any("future" in doubt for doubt in seen.doubts)
    assert as_queue_row(seen.row, bands.decode(None), night).age == "0d"
