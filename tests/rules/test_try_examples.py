# ruff: noqa: E501 - sentences are compared whole
"""The runner of examples: what it accepts, what it finds wrong, and how it says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.rules.loader import load_pack
from duty_tui.rules.try_examples import ExampleResult, instant, run_examples
from tests.rules.house import PACKS, t, vocabulary, workbench

HEAD = '[[example]]\nname = "it"\nabout = "one-day"\n'
RECEIVED = 'received = "2026-11-20T10:00"\n'


def run(folder: Path, text: str, pack: str = "varied") -> list[ExampleResult]:
    shutil.copy(PACKS / pack / "pack.toml", folder / "pack.toml")
    (folder / "examples.toml").write_text(text)
    return run_examples(load_pack(folder, vocabulary()), workbench())


def refused(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(BadFile, match="cannot be run") as wrong:
        run(folder, text)
    return wrong.value.problems


def differences(folder: Path, expect: str, situation: str = RECEIVED) -> tuple[str, ...]:
    (result,) = run(folder, f"{HEAD}{situation}expect = {{ {expect} }}\n")
    return result.differences


def test_an_example_that_holds(tmp_path: Path) -> None:
    (result,) = run(tmp_path, f'\n{HEAD}{RECEIVED}expect = {{ due = "2026-11-23 end" }}\n')
    assert (result.ok, result.name, result.about, result.line) == (True, "it", "one-day", 2)


def test_no_examples_are_none(tmp_path: Path) -> None:
    shutil.copy(PACKS / "varied" / "pack.toml", tmp_path / "pack.toml")
    assert run_examples(load_pack(tmp_path, vocabulary()), workbench()) == []


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ('due = "2026-11-24 end"', "due: expected end of Tue 24 Nov 2026, came out as end of Mon 23 Nov 2026"),
        ('due = "2026-11-23T12:00"', "due: expected Mon 23 Nov 2026 12:00, came out as end of Mon 23 Nov 2026"),
        ('due = "waiting"', "due: expected waiting, came out as end of Mon 23 Nov 2026"),
        ('due = "not owed"', "due: expected not owed, came out as end of Mon 23 Nov 2026"),
        ('first_due = "2026-11-24 end"', "first_due: expected end of Tue 24 Nov 2026, came out as none"),
        ('governs = "backstop"', "governs: expected backstop, came out as one-day"),
        ('obligation = "other"', "obligation: expected other, came out as discussion"),
        ("certain = false", "certain: expected False, came out as True"),
        ("provisional = true", "provisional: expected True, came out as False"),
        ("before_adoption = true", "before_adoption: expected True, came out as False"),
        ('start_from = "discussion_held"', "start_from: expected discussion_held, came out as referral_received"),
        ('lost_to = "backstop"', "lost_to: expected backstop, came out as none"),
        ('met_at = "2026-11-23T12:00"', "met_at: expected Mon 23 Nov 2026 12:00, came out as not met"),
        ('overdue_at = "2026-11-23T23:59"', "overdue_at: not overdue at Mon 23 Nov 2026 23:59"),
        ('not_overdue_at = "2026-11-24T00:00"', "not_overdue_at: overdue at Tue 24 Nov 2026 00:00"),
    ],
)
def test_what_came_out_otherwise(tmp_path: Path, expect: str, said: str) -> None:
    assert differences(tmp_path, expect) == (said,)


def test_met_at_another_moment(tmp_path: Path) -> None:
    held = RECEIVED + 'events = { discussion_held = "2026-11-23T09:00" }\n'
    assert differences(tmp_path, 'met_at = "2026-11-23T12:00"', held) == (
        "met_at: expected Mon 23 Nov 2026 12:00, came out as Mon 23 Nov 2026 09:00",
    )


def test_nothing_governs_and_nothing_is_lost(tmp_path: Path) -> None:
    assert differences(tmp_path, 'due = "waiting", governs = "none", lost_to = "none"', "") == ()


def test_a_deadline_that_is_not_there(tmp_path: Path) -> None:
    assert differences(tmp_path, 'due = "2026-11-23 end", child = 7') == (
        "expected a deadline of one-day, but there is none",
    )
    assert differences(tmp_path, 'due = "not owed", child = 7') == ()


def test_beside_other_policies(tmp_path: Path) -> None:
    situation = f'{RECEIVED}with = ["ics-record"]\n'.replace("one-day", "record-no-time")
    text = f'{HEAD}{situation}expect = {{ due = "waiting", child = 1 }}\n'.replace("one-day", "record-no-time")
    (result,) = run(tmp_path, text)
    assert result.ok


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD,
            'examples.toml line 1, example[0].expect: "expect" is missing; write expect = { due = "2026-11-20 end" }',
        ),
        (
            f"{HEAD}expect = {{ deu = 1 }}\n",
            'examples.toml line 4, example[0].expect.deu: "deu" is not a key here; did you mean "due"?',
        ),
        (
            f'{HEAD}events = {{ referral_recieved = "2026-11-20T10:00" }}\nexpect = {{ }}\n',
            'examples.toml line 4, example[0].events.referral_recieved: "referral_recieved" is not in the vocabulary; did you mean "referral_received"?',
        ),
        (
            f"{HEAD}facts = {{ reasonable_cuase = true }}\nexpect = {{ }}\n",
            'examples.toml line 4, example[0].facts.reasonable_cuase: "reasonable_cuase" is not in the vocabulary; did you mean "reasonable_cause"?',
        ),
        (
            f"{HEAD.replace('one-day', 'one-dya')}expect = {{ }}\n",
            'examples.toml line 3, example[0].about: "one-dya" is not a clock or escalation of this policy; did you mean "one-day"?',
        ),
        (
            f'{HEAD}received = "yesterday"\nexpect = {{ }}\n',
            'examples.toml line 4, example[0].received: "yesterday" is not a time; write it as "2026-11-20T18:00"',
        ),
        (
            f'{HEAD}expect = {{ due = "soon" }}\n',
            'examples.toml line 4, example[0].expect.due: "soon" is not a due; write "2026-11-20 end" or "2026-11-20T18:00"',
        ),
        (
            f'{HEAD}expect = {{ due = "soon end" }}\n',
            'examples.toml line 4, example[0].expect.due: "soon end" is not a due; write "2026-11-20 end" or "2026-11-20T18:00"',
        ),
        (
            f'{HEAD}facts = {{ reasonable_cause = "maybe" }}\nexpect = {{ }}\n',
            'examples.toml line 4, example[0].facts.reasonable_cause[0].is: true, false or "unknown" was expected, not maybe',
        ),
        (
            f'{HEAD}variations = [{{ clock = "one-dai", due = "2026-11-25T12:00", by_role = "sw_manager" }}]\nexpect = {{ }}\n',
            'examples.toml line 4, example[0].variations[0].clock: "one-dai" is not a clock of this policy; did you mean "one-day"?',
        ),
        (
            f'{HEAD}variations = [{{ clock = "one-day", due = "2026-11-25T12:00", by_role = "sw_manger" }}]\nexpect = {{ }}\n',
            'examples.toml line 4, example[0].variations[0].by_role: "sw_manger" is not a role of the vocabulary; did you mean "sw_manager"?',
        ),
        (
            f"{HEAD}received = 18:00:00\nexpect = {{ }}\n",
            "examples.toml line 4, example[0].received: a day and a time were expected, like 2026-11-20T18:00:00, not 18:00:00",
        ),
    ],
)
def test_examples_that_cannot_be_run(tmp_path: Path, text: str, said: str) -> None:
    assert any(problem.startswith(said) for problem in refused(tmp_path, text)), refused(tmp_path, text)


def test_a_clock_of_another_policy_beside_it_may_be_varied(tmp_path: Path) -> None:
    varied = (
        'variations = [{ clock = "record-no-time", due = "2026-11-25T12:00", by_role = "sw_manager", by = "A. B." }]\n'
    )
    assert differences(tmp_path, 'due = "2026-11-23 end"', f'{RECEIVED}with = ["ics-record"]\n{varied}') == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20T10:00", "2026-11-20T10:00"),
        ("2026-06-20T10:00", "2026-06-20T10:00"),
        ("2026-06-20T09:00Z", "2026-06-20T10:00"),
        ("2026-06-20T10:00+01:00", "2026-06-20T10:00"),
    ],
)
def test_times_are_londons_unless_they_carry_an_offset(written: str, meant: str) -> None:
    assert instant(written) == t(meant)


def test_a_table_of_an_event_has_its_own_keys(tmp_path: Path) -> None:
    text = f'{HEAD}events = {{ referral_received = {{ att = "2026-11-20T10:00" }} }}\nexpect = {{ }}\n'
    assert (
        'examples.toml line 4, example[0].events.referral_received[0].att: "att" is not a key here; did you mean "at"?'
        in (refused(tmp_path, text))
    )


def test_bare_times_too(tmp_path: Path) -> None:
    assert differences(tmp_path, 'due = "2026-11-23 end"', "received = 2026-11-20T10:00:00\n") == ()
    assert differences(tmp_path, 'due = "2026-11-23 end"', "received = 2026-11-20T10:00:00Z\n") == ()
