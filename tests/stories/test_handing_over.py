"""Friday at five: the desk goes to the out-of-hours team with its sheet, and the next sheet begins there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from duty_tui.cli import handover
from duty_tui.cli.root import root
from duty_tui.desk.desk import Desk
from tests.desk.conftest import Hands, desk, store
from tests.stories.owed_day import OwedDay

__all__ = ["desk", "store"]

EIGHT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def hands() -> Hands:
    """Friday in winter, at eight in the morning."""
    return Hands(EIGHT)


@pytest.fixture
def sheet(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk], list[str]]:
    """What `duty-tui handover` prints on a desk."""

    def printed(desk: Desk) -> list[str]:
        monkeypatch.setattr(handover, "desk_of", lambda _: desk)
        ended = CliRunner().invoke(root, ["handover"], catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.stdout.splitlines()

    return printed


def friday(desk: Desk, hands: Hands) -> tuple[OwedDay, OwedDay]:
    """One family from the night, one of the day: its discussion decided on section 47 for two of three children."""
    night, day = OwedDay(desk, hands), OwedDay(desk, hands)
    night.referral("Tom Byrne", source="Police", what="Found alone at night.", reasonable_cause="no")
    hands.on(minutes=5)
    night.sits_down("Ola Berg")
    night.hands_over("Ann Osei", note="A quiet night.")
    hands.on(hours=1)
    cause = {"reasonable_cause": "yes", "serious_risk_of_harm": "no", "penetrative_sexual_abuse": "no"}
    day.referral("Amara Okoye", "Kofi Okoye", "Ife Okoye", source="School", what="A bruise.", **cause)  # type: ignore[arg-type]
    hands.on(hours=2)
    day.begins()
    day.everybody()
    day.decided(whom="Amara and Kofi", section_47="Hit with a belt.")
    day.decided(whom="Ife", no_further_action="Lives with her father.")
    day.ends(further=False)
    day.answer("Amara", actual_harm_evidenced="yes")
    day.answer("Kofi", actual_harm_evidenced="no", immediate_risk="no")
    return night, day


def unseen(*children: str) -> list[str]:
    """How the sheet says that they were not seen."""
    return [f"C2: See the child ({child})" for child in children]


def test_at_five_on_friday_the_sheet_says_what_the_night_must_know(
    desk: Desk, hands: Hands, sheet: Callable[[Desk], list[str]]
) -> None:
    _, day = friday(desk, hands)
    day.at(datetime(2026, 11, 20, 17, tzinfo=UTC))
    assert (day.sheet.since, day.sheet.until) == (EIGHT + timedelta(minutes=5), datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert day.sheet.last.startswith("Ola Berg to Ann Osei")
    assert day.on_sheet("New since") == ["C2: A bruise."], "the night's own was handed over with its sheet"
    assert day.on_sheet("Children not yet seen") == unseen("Amara", "Ife", "Kofi")
    assert set(day.on_sheet("Due before Mon 23 Nov 2026 09:00")) >= set(unseen("Amara", "Ife")), (
        "whether Ife was harmed nobody has said: until then it is today"
    )
    assert unseen("Kofi")[0] not in day.on_sheet("Due before"), "five working days run for him"
    assert day.on_sheet("Open escalations") == []

    day.on_duty("Ola Berg", "Sam Reed", until="23/11/2026 09:00")
    assert day.sheet.on_duty == ("Ola Berg until Mon 23 Nov 2026 09:00", "Sam Reed until Mon 23 Nov 2026 09:00")
    printed = sheet(desk)
    assert printed[0] == "HANDOVER Fri 20 Nov 2026 17:00, since Fri 20 Nov 2026 08:05"
    assert printed[1] == "On: Ola Berg until Mon 23 Nov 2026 09:00, Sam Reed until Mon 23 Nov 2026 09:00"
    assert "CHILDREN NOT YET SEEN: 3" in printed


def test_the_next_sheet_begins_where_the_desk_was_handed_over(
    desk: Desk, hands: Hands, sheet: Callable[[Desk], list[str]]
) -> None:
    night, day = friday(desk, hands)
    day.at(datetime(2026, 11, 20, 17, tzinfo=UTC))
    day.hands_over("Ola Berg", "Sam Reed", note="See Amara tonight.")
    day.sits_down("Ola Berg")
    hands.on(hours=3)
    day.meets("See the child", child="Amara")
    called = OwedDay(day.desk, hands)
    hands.on(hours=2)
    called.referral("Zoe Marsh", source="Hospital", what="Brought in asleep, not fed.")
    day.at(datetime(2026, 11, 21, 10, tzinfo=UTC))
    assert day.sheet.since == datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert day.on_sheet("New since") == ["C3: Brought in asleep, not fed."]
    assert day.on_sheet("Children not yet seen") == unseen("Ife", "Kofi")
    assert unseen("Ife")[0] in day.on_sheet("Overdue"), "nobody said whether she was harmed, and nobody saw her"
    assert "C3: Discussion" in day.on_sheet("Overdue"), "the same day ended with Friday"
    assert sheet(day.desk)[2] == "Last handover: Ann Osei to Ola Berg, Sam Reed, Fri 20 Nov 2026 17:00"
    assert night.on_sheet("Closed since") == []


def test_what_is_escalated_stays_on_every_sheet_until_it_has_its_outcome(desk: Desk, hands: Hands) -> None:
    _, day = friday(desk, hands)
    day.goes_to("need_to_know", "R. Hale", "Head of Service")
    day.escalates("Need to Know", prevents="Snow", safety="With grandmother", asked="A car")
    for _ in range(3):
        hands.on(hours=12)
        day.hands_over("Ola Berg")
        [line] = day.on_sheet("Open escalations")
        assert line.startswith("C2: 'Need to Know' form, submitted: acknowledge")
    day.concludes("Not needed after all.")
    assert day.on_sheet("Open escalations") == []
