"""`duty-tui service`: listing people, giving roles, recipients, hours and shifts from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from duty_tui.domain.times import moment_words
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _ann(desk: Run, home: Path) -> None:
    """Ann sits here."""
    del desk
    sits(home, "Ann Osei")


def sits(home: Path, name: str) -> None:
    """Somebody else takes the chair."""
    (home / "config" / "settings.toml").write_text(f'name = "{name}"\n', "utf-8")


def test_a_service_that_lists_nobody_says_that_everybody_may_do_everything(desk: Run) -> None:
    shown = desk("service", "show")
    assert "  Nobody is listed, so everybody may do everything. The first person listed begins the list." in shown.lines
    told = desk("service", "show", "--json").json
    assert told["everybody_may_do_everything"] is True
    assert told["people"] == []
    assert (told["opens"], told["closes"], told["unconfirmed_within_minutes"]) == ("09:00", "17:00", 120)
    assert [role["role"] for role in told["roles"]][:2] == ["duty_manager", "chair"]


def test_people_are_listed_with_their_roles_and_taken_off(desk: Run) -> None:
    assert desk("service", "person", "Ann Osei", "--role", "duty_manager", "--role", "chair").err == "Recorded.\n"
    desk("service", "person", "Síle Ní Bhriain", "--role", "social_worker")
    assert desk("service", "show").lines[:4] == [
        "PEOPLE",
        "  Ann Osei: Duty manager, Chair",
        "  Síle Ní Bhriain: Social worker",
        "  Anybody else: Read only",
    ]
    assert desk("service", "show", "--json").json["you"] == {"name": "Ann Osei", "roles": ["duty_manager", "chair"]}
    assert desk("service", "person", "sile ni bhriain", "--remove").status == 0
    assert [one["name"] for one in desk("service", "show", "--json").json["people"]] == ["Ann Osei"]


def test_the_last_one_who_may_change_it_cannot_be_taken_off(desk: Run) -> None:
    desk("service", "person", "Ann Osei", "--role", "duty_manager")
    ended = desk("service", "person", "Ann Osei", "--remove")
    assert ended.status == 1
    assert "nobody would be left" in ended.err
    assert "Nothing was changed." in ended.err


def test_somebody_whose_role_may_not_is_told_whose_may(desk: Run, home: Path) -> None:
    desk("service", "person", "Ann Osei", "--role", "duty_manager")
    desk("service", "person", "Tom Reid", "--role", "business_support")
    sits(home, "Tom Reid")
    for words in (("closure", "add", "2026-11-24", "Staff day"), ("service", "person", "Tom Reid", "--role", "chair")):
        ended = desk(*words)
        assert (ended.status, ended.out) == (1, "")
        assert (
            "Changing the service's settings is for the duty manager, team manager or senior manager; "
            "you are here as business support."
        ) in ended.err
    assert desk("closure", "list").out == ""
    assert desk("queue").status == 0


def test_what_a_role_may_do_is_set_in_whole(desk: Run) -> None:
    assert desk("service", "role", "business_support", "--may", "record", "--may", "decide").status == 0
    assert "  Business support (business_support): record, decide · set here" in desk("service", "show").lines
    assert desk("service", "role", "business_support", "--nothing").status == 0
    assert "  Business support (business_support): nothing but look · set here" in desk("service", "show").lines


def test_forms_go_to_those_they_are_set_to_go_to(desk: Run) -> None:
    assert "  No form goes to anybody by itself." in desk("service", "show").lines
    desk("service", "recipient", "need_to_know", "Jo Webb", "--role", "Service manager", "--contact", "ext. 4410")
    desk("service", "recipient", "need_to_know", "Ali Khan")
    desk("service", "recipient", "need_to_know", "JO WEBB", "--role", "Head of service")
    assert desk("service", "show", "--json").json["recipients"] == [
        {"form": "need_to_know", "name": "Ali Khan", "role": "", "contact": ""},
        {"form": "need_to_know", "name": "JO WEBB", "role": "Head of service", "contact": ""},
    ]
    assert "  'Need to Know' form (need_to_know) goes to JO WEBB · Head of service" in desk("service", "show").lines
    assert desk("service", "recipient", "need_to_know", "Jo Webb", "--remove").status == 0
    ended = desk("service", "recipient", "need_to_know", "Ali Kahn", "--remove")
    assert ended.status == 1
    assert "The form does not go to Ali Kahn; did you mean Ali Khan?" in ended.err


def test_the_office_has_its_hours(desk: Run) -> None:
    assert desk("service", "office", "--opens", "08:30", "--unconfirmed-within", "1h 30m").status == 0
    lines = desk("service", "show").lines
    assert "  Open 08:30 to 17:00" in lines
    assert "  A missing yes is asked about 1h 30m before a discussion" in lines


def test_who_is_on_duty_is_said_and_relieved(desk: Run) -> None:
    assert "  Nobody is said to be." in desk("service", "show").lines
    desk("service", "on", "Tom Reid", "--until", "2199-01-01T08:00")
    assert desk("service", "show", "--json").json["on_duty"][0]["until"] == "2199-01-01T08:00:00+00:00"
    assert desk("service", "show").lines[-1].endswith(f", until {moment_words(datetime(2199, 1, 1, 8, tzinfo=UTC))}")
    desk("service", "on", "Ann Osei", "Jo Webb")
    assert [one["name"] for one in desk("service", "show", "--json").json["on_duty"]] == ["Ann Osei", "Jo Webb"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("person", " ", "--role", "chair"), 2, "needs a name"),
        (("person", "Tom Reid"), 2, "--role ROLE"),
        (("person", "Tom Reid", "--role", "chair", "--remove"), 2, "--role ROLE"),
        (("person", "Tom Reid", "--role", "chiar"), 2, "chiar is no role here; did you mean chair?"),
        (("person", "Tom Reid", "--role", "x"), 2, "there are duty_manager, chair, team_manager"),
        (("person", "Tom Reid", "--remove"), 1, "Tom Reid is not in the list"),
        (("role", "chiar", "--may", "decide"), 2, "did you mean chair?"),
        (("role", "chair", "--may", "decid"), 2, "decid is no act here; did you mean decide?"),
        (("role", "chair"), 2, "--may ACT"),
        (("role", "chair", "--nothing", "--may", "decide"), 2, "--may ACT"),
        (("recipient", "need_to_now", "Jo Webb"), 2, "did you mean need_to_know?"),
        (("recipient", "need_to_know", " "), 2, "needs a name"),
        (("recipient", "need_to_know", "Jo Webb", "--remove"), 1, "does not go to Jo Webb"),
        (("office",), 2, "Say what to set"),
        (("office", "--opens", "9am"), 2, "A time of day"),
        (("office", "--unconfirmed-within", "soon"), 2, "A length of time"),
        (("office", "--opens", "18:00"), 1, "would close at 17:00, before it opens"),
        (("on", " "), 2, "needs a name"),
        (("on", "Tom Reid", "--until", "2026-01-01"), 1, "over already"),
        (("on",), 2, "NAME"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    desk: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    before = desk("service", "show").out
    ended = desk("service", *words)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err
    assert desk("service", "show").out == before


def test_the_letterhead_is_set_part_by_part(desk: Run) -> None:
    assert "  Children's services · OFFICIAL-SENSITIVE" in desk("service", "show").lines
    assert desk("service", "letterhead", "--name", "Northshire Council").err == "Recorded.\n"
    assert desk("service", "letterhead", "--logo-text", "N | C").status == 0
    told = desk("service", "show", "--json").json["letterhead"]
    assert told == {"name": "Northshire Council", "logo_text": "N | C", "marking": "OFFICIAL-SENSITIVE"}
    assert desk("service", "letterhead").status == 2
    for option in ("--name", "--marking"):
        assert desk("service", "letterhead", option, " ").status == 2
