# ruff: noqa: E501 - sentences are compared whole
"""What an author is told about a pack that is wrong: everything at once, with its line, in words, and what to write."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from duty_tui.errors import BadFile, DutyError
from duty_tui.rules.loader import (
    Policy,
    builtin_folder,
    builtin_names,
    load_pack,
    load_policies,
    load_vocabulary,
)
from duty_tui.rules.toml_file import TomlFile
from tests.rules.house import PACKS, made, vocabulary

GOOD = """schema = 1

[pack]
id = "ours"
title = "Ours"
document = "Guide"

[[obligation]]
id = "discussion"
do = "Hold it"
label = "Hold"
met_by = ["discussion_held"]
owner = "sw_manager"

  [[obligation.clock]]
  id = "three"
  strength = "must"
  starts = { earliest = ["referral_received"] }
  within = { working_days = 3 }
  cite = { paragraph = "1", words = "within three working days" }
"""


def pack(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "pack.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problems(folder: Path, text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(BadFile) as refused:
        load_pack(pack(folder, text), vocabulary())
    assert refused.value.do
    assert "pydantic" not in f"{refused.value}{refused.value.problems}"
    return refused.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_pack_that_is_right_is_loaded(tmp_path: Path) -> None:
    policy = load_pack(pack(tmp_path, GOOD), vocabulary())
    assert (policy.id, policy.newest.obligation[0].clock[0].limit.number) == ("ours", 3)
    assert policy.doubts == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'id = "discussion"',
            'id = "dis cussion"',
            'line 9, obligation[0].id: "dis cussion" does not fit; use letters, digits, dots and dashes, no spaces',
        ),
        (
            'do = "Hold it"\n',
            "",
            'line 8, obligation[0].do: "do" is missing; write do = "Hold the strategy discussion"',
        ),
        (
            'do = "Hold it"',
            "do = 3",
            'line 10, obligation[0].do: words in quotes were expected, like "this", not 3; write do = "Hold the strategy discussion"',
        ),
        (
            'do = "Hold it"',
            "do = true",
            'line 10, obligation[0].do: words in quotes were expected, like "this", not true; write do = "Hold the strategy discussion"',
        ),
        (
            'label = "Hold"',
            'lable = "Hold"',
            'line 11, obligation[0].lable: "lable" is not a key here; did you mean "label"?',
        ),
        (
            'met_by = ["discussion_held"]',
            'met_by = "discussion_held"',
            'line 12, obligation[0].met_by: a list was expected, like ["one", "another"], not "discussion_held"; write met_by = ["discussion_held"]',
        ),
        (
            'met_by = ["discussion_held"]',
            "met_by = []",
            'line 12, obligation[0].met_by: this list needs at least one entry; write met_by = ["discussion_held"]',
        ),
        (
            'met_by = ["discussion_held"]',
            'met_by = ["discussion_hold"]',
            'line 12, obligation[0].met_by[0]: "discussion_hold" is not an event of the vocabulary; did you mean "discussion_held"?',
        ),
        (
            'owner = "sw_manager"',
            'owner = "xyz"',
            'line 13, obligation[0].owner: "xyz" is not a role of the vocabulary',
        ),
        (
            'strength = "must"',
            'strength = "shuold"',
            'line 17, obligation[0].clock[0].strength: "shuold" is not one of "must", "should", "target", "prefer" or "may"; did you mean "should"?',
        ),
        (
            'strength = "must"',
            'strength = ["must"]',
            'line 17, obligation[0].clock[0].strength: a list is not one of "must", "should", "target", "prefer" or "may"',
        ),
        (
            'starts = { earliest = ["referral_received"] }',
            "starts = 1",
            'line 18, obligation[0].clock[0].starts: a table in braces was expected, like { key = … }, not 1; write starts = { earliest = ["concern_identified", "referral_received"] }',
        ),
        (
            'starts = { earliest = ["referral_received"] }',
            'starts = { earliest = ["referral_received"], latest = ["discussion_held"] }',
            'line 18, obligation[0].clock[0].starts: a start has exactly one of "earliest" and "latest"',
        ),
        (
            "within = { working_days = 3 }",
            "within = { working_days = 9000000 }",
            "line 19, obligation[0].clock[0].within.working_days: 9000000 is not possible here; a number of at most 36525 was expected",
        ),
        (
            "within = { working_days = 3 }",
            "within = { working_days = 0 }",
            "line 19, obligation[0].clock[0].within.working_days: 0 is not possible here; a number of at least 1 was expected",
        ),
        (
            "within = { working_days = 3 }",
            'within = { working_days = "three" }',
            'line 19, obligation[0].clock[0].within.working_days: a whole number without quotes was expected, like 3, not "three"; write working_days = 1',
        ),
        (
            "within = { working_days = 3 }",
            'within = { same_day = "yes" }',
            'line 19, obligation[0].clock[0].within.same_day: true or false without quotes was expected, not "yes"; write same_day = true',
        ),
        (
            "within = { working_days = 3 }",
            "within = { same_day = false }",
            "line 19, obligation[0].clock[0].within: same_day is true or absent",
        ),
        (
            "within = { working_days = 3 }",
            'within = { hours = 3, by = "noon" }',
            'line 19, obligation[0].clock[0].within: "by" names a time of day and goes with limits in days, not with hours',
        ),
        (
            "within = { working_days = 3 }",
            'within = { working_days = 3, by = "tea" }',
            'line 19, obligation[0].clock[0].within.by: "tea" is not a time of day of the vocabulary',
        ),
        (
            "  within = { working_days = 3 }\n",
            "",
            'line 15, obligation[0].clock[0]: a clock has exactly one of "within" and "before"',
        ),
        (
            "within = { working_days = 3 }",
            "before = { same_day = true }",
            'line 15, obligation[0].clock[0]: "before" needs a number of hours, days, weeks or months, not same_day',
        ),
        (
            "within = { working_days = 3 }",
            "within = { working_days = 2 }",
            "line 19, obligation[0].clock[0].within: the limit is 2 working days, but the cited words say 3 working days",
        ),
        (
            'words = "within three working days"',
            'words = "  "',
            "line 20, obligation[0].clock[0].cite.words: a citation needs the key words of the document",
        ),
        (
            'words = "within three working days"',
            'words = "a b c d e f g h i j k l m"',
            "line 20, obligation[0].clock[0].cite.words: a citation holds at most 12 words of the document, this one has 13",
        ),
        (
            'document = "Guide"',
            'document = "Guide"\nin_force_from = "July"',
            'line 7, pack.in_force_from: a day without quotes was expected, like 2026-04-01, not "July"; write in_force_from = 2026-04-01',
        ),
        (
            "within = { working_days = 3 }",
            "within = {}",
            "line 19, obligation[0].clock[0].within: a limit is exactly one of same_day, hours, working_days, calendar_days, weeks, months, promptly, date_in_record; this one has 0",
        ),
        ("schema = 1", "schema = 2", "line 1, schema: 2 is not one of 1"),
        ("[pack]", "[pakc]", 'line 3, pakc: "pakc" is not a key here; did you mean "pack"?'),
        (
            'document = "Guide"',
            'document = "Guide"\nzzz = 1',
            'line 7, pack.zzz: "zzz" is not a key here; the keys are calendar, document, id, in_force_from, issued_by, layer, relies_on, title',
        ),
        (
            'document = "Guide"',
            'document = "Guide"\ncalendar = "walse"',
            'line 7, pack.calendar: "walse" is not a calendar of the vocabulary',
        ),
        (
            'owner = "sw_manager"',
            'owner = "sw_manager"\nwhen = { any = ["reasonable_cuase", { not = "immediate_risk" }] }',
            'line 14, obligation[0].when.any[0]: "reasonable_cuase" is not a fact of the vocabulary; did you mean "reasonable_cause"?',
        ),
        (
            'owner = "sw_manager"',
            'owner = "sw_manager"\nwhen = { any = ["reasonable_cause"], all = ["immediate_risk"] }',
            'line 14, obligation[0].when: a condition is one fact, or exactly one of "all", "any", "not"',
        ),
        (
            'owner = "sw_manager"',
            'owner = "sw_manager"\nform = "recrod"',
            'line 14, obligation[0].form: "recrod" is not a form of the vocabulary; did you mean "record"?',
        ),
        (
            '  strength = "must"',
            '  strength = "must"\n  readings = ["none"]',
            'line 18, obligation[0].clock[0].readings[0]: "none" is not a [[reading]] of this pack',
        ),
        (
            '  strength = "must"',
            '  strength = "must"\n  may_be_varied_by = "police"',
            'line 18, obligation[0].clock[0].may_be_varied_by: a list was expected, like ["one", "another"], not "police"; write may_be_varied_by = ["sw_manager"]',
        ),
        (
            'title = "Ours"',
            f'title = "{"x" * 50}"\nzzz = "{"y" * 50}"',
            'line 6, pack.zzz: "zzz" is not a key here; the keys are calendar, document, id, in_force_from, issued_by, layer, relies_on, title',
        ),
        (
            'strength = "must"',
            f'strength = "{"y" * 50}"',
            f'line 17, obligation[0].clock[0].strength: "{"y" * 40}…" is not one of "must", "should", "target", "prefer" or "may"',
        ),
        (
            "within = { working_days = 3 }",
            "within = { working_days = { n = 3 } }",
            "line 19, obligation[0].clock[0].within.working_days: a whole number without quotes was expected, like 3, not a table; write working_days = 1",
        ),
    ],
)
def test_each_mistake_is_said_in_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert f"pack.toml {said}" in problems(tmp_path, changed(old, new))


def test_every_problem_of_a_file_at_once_in_its_order(tmp_path: Path) -> None:
    text = changed('owner = "sw_manager"', 'owner = "sw_manger"').replace('title = "Ours"', "title = 1")
    text = text.replace("working_days = 3 }", "working_dys = 3 }")
    text += text[text.index("[[obligation]]") :].replace("working_dys", "working_days").replace("three", "two")
    said = problems(tmp_path, text)
    assert [line.split(":")[0] for line in said] == [
        "pack.toml line 5, pack.title",
        "pack.toml line 13, obligation[0].owner",
        "pack.toml line 19, obligation[0].clock[0].within.working_dys",
        "pack.toml line 26, obligation[1].owner",
        "pack.toml line 32, obligation[1].clock[0].within",
    ]


def test_what_stands_beside_a_mistake_is_checked_and_what_is_set_aside_exists(tmp_path: Path) -> None:
    second = GOOD[GOOD.index("[[obligation]]") :].replace('"discussion"', '"second"').replace('"three"', '"other"')
    text = changed('do = "Hold it"\n', "") + second.replace(
        'starts = { earliest = ["referral_received"] }', 'starts = { earliest = ["breach:three"] }'
    ).replace('strength = "must"', 'strength = "must"\n  replaces = ["three", "nowhere"]')
    assert [line.split(": ", 1)[1] for line in problems(tmp_path, text)] == [
        '"do" is missing; write do = "Hold the strategy discussion"',
        '"nowhere" is not a clock of the same obligation; did you mean "other"?',
    ]


def test_tables_beside_a_mistake_are_checked_too(tmp_path: Path) -> None:
    agenda = '[agenda]\nstrength = "may"\nitems = [{ id = "a", text = "x" }, { id = "a", text = "y" }]\n'
    text = changed('do = "Hold it"\n', "") + agenda + 'cite = { paragraph = "2", words = "agenda" }\n'
    assert len(problems(tmp_path, text)) == 2


def test_a_section_that_is_no_list_is_one_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD[: GOOD.index("[[obligation]]")] + "[obligation]\nid = 1\n") == (
        'pack.toml line 8, obligation: a list was expected, like ["one", "another"], not a table',
    )


def test_a_mistake_in_a_table_that_is_no_list(tmp_path: Path) -> None:
    text = GOOD + '[chair]\nrole = "sw_manager"\nsings = true\ncite = { paragraph = "2", words = "chairs" }\n'
    assert problems(tmp_path, text) == (
        'pack.toml line 23, chair.sings: "sings" is not a key here; did you mean "signs"?',
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\na = 2\n", "line 2 column 6: this key is written twice in one table; keep one of the two — a = 2"),
        (
            "[[lst]]\n[[list.of]]\n[[list]]\n",
            "line 3 column 7: further up this name stands in single brackets, or only before a dot; begin the first of the list with [[…]] too, spelt the same — [[list]]",
        ),
        (
            "x = { a = 1, a = 2 }",
            "line 1 column 19: a key is written twice between these braces; keep one of the two — x = { a = 1, a = 2 }",
        ),
        (
            "[a]\n[a]\n",
            "line 2 column 3: this table is written twice; keep one, or write [[…]] with two brackets to begin the next of a list — [a]",
        ),
        (
            "a = {}\na.b = 1\n",
            "line 2 column 8: a list or table in braces cannot be added to further down; write it in one place — a.b = 1",
        ),
        (
            "[a.b]\n[a]\nb.c = 1\n",
            "line 3 column 8: this name is already in use for something else in this table — b.c = 1",
        ),
        ("a\n", "line 1 column 2: a key needs an equals sign and a value: key = value — a"),
        ("= 1\n", "line 1 column 1: a key was expected here: letters, digits, _ and - (others in quotes) — = 1"),
        ("a = 1 b = 2\n", "line 1 column 7: only one key = value can stand on a line — a = 1 b = 2"),
        ("a = [1, 2\nb = 3\n", "line 2 column 1: a list begins here or above and its closing ] is missing — b = 3"),
        ("a = { b = 1\n", "line 1 column 12: a table begins here or above and its closing } is missing — a = { b = 1"),
        (
            'a = "open\n',
            'line 1 column 10: a text in quotes is not closed, or holds a character that cannot be seen — a = "open',
        ),
        (
            'a = "open',
            'line 1, at the end: a text in quotes is not closed; put the closing quote on the same line — a = "open',
        ),
        (
            'a = "C:\\docs"',
            'line 1 column 10: a backslash is special here: write two of them, or use single quotes — a = "C:\\docs"',
        ),
        (
            "a = 2026-02-30",
            "line 1 column 5: there is no such day; write a date as 2026-11-20, without quotes — a = 2026-02-30",
        ),
        (
            'a = "\\uzzzz"',
            'line 1 column 8: a backslash is special here: write two of them, or use single quotes — a = "\\uzzzz"',
        ),
        ("[[a]\n", "line 1 column 4: the closing bracket of this heading is missing — [[a]"),
        (
            "a = yes",
            'line 1 column 5: a value is missing or has no quotes; write words as "words", numbers and true/false bare — a = yes',
        ),
        (
            "a = ",
            'line 1, at the end: a value is missing or has no quotes; write words as "words", numbers and true/false bare — a =',
        ),
        (
            "a." + "b." * 5,
            "line 1, at the end: a key was expected here: letters, digits, _ and - (others in quotes) — a.b.b.b.b.b.",
        ),
    ],
)
def test_text_that_is_not_toml_is_told_with_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    assert problems(tmp_path, text) == (f"pack.toml {said}",)


def test_not_text_at_all(tmp_path: Path) -> None:
    assert problems(tmp_path, b"schema = 1\n# caf\xe9\n") == (
        "pack.toml line 2: not UTF-8 text; save it again with the encoding UTF-8",
    )


def test_a_mark_at_the_beginning_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").replace('do = "Hold it"', 'do = "Hold it"\r').encode()
    assert load_pack(pack(tmp_path, raw.replace(b"\r\r", b"\r")), vocabulary()).id == "ours"


def test_too_large(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD + "#" * 1_000_001) == ("pack.toml: larger than 1 MB; no policy is that long",)


def test_too_deep(tmp_path: Path) -> None:
    assert problems(tmp_path, "a = " + "[" * 5000) == (
        "pack.toml: lists or tables are nested too deeply to be a policy",
    )


def test_too_deep_to_find_a_line_in() -> None:
    file = TomlFile(Path("pack.toml"), {}, "a = " + "[" * 5000 + "]" * 5000)
    with pytest.raises(BadFile) as refused:
        file.place(("a",))
    assert refused.value.problems == ("pack.toml: lists or tables are nested too deeply to be a policy",)


def test_too_long_a_number(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD + "\n[x]\na = " + "9" * 5000) == (
        "pack.toml: a number is far too long to be one of a policy",
    )
    [said] = problems(tmp_path, GOOD.replace("schema = 1", f"schema = 0x{'f' * 5000}"))
    assert "a number that is far too large" in said


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        load_pack(tmp_path, vocabulary())
    assert refused.value.problems == ("pack.toml: there is no such file",)


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").mkdir()
    with pytest.raises(BadFile) as refused:
        load_pack(tmp_path, vocabulary())
    assert refused.value.problems == ("pack.toml: this is not a file",)


def test_a_file_the_system_refuses_to_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, os.strerror(13))

    pack(tmp_path, GOOD)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadFile) as refused:
        load_pack(tmp_path, vocabulary())
    assert refused.value.problems == ("pack.toml: the system refuses to open it (Permission denied)",)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not a folder") as refused:
        load_pack(tmp_path / "nowhere", vocabulary())
    assert "action-note-003" in refused.value.do


def test_older_versions_stand_beside_and_come_in_order_of_their_days() -> None:
    days = [version.pack.in_force_from for version in made("dated").versions]
    assert days == [date(2025, 1, 1), date(2026, 3, 1), date(2026, 9, 1)]
    assert made("dated").newest.pack.in_force_from == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("newest", "older", "said"),
    [
        (
            "2026-01-01",
            ("ours", None),
            "old.toml line 3, pack: with several versions each needs its day; write in_force_from = 2026-04-01",
        ),
        (
            None,
            ("ours", "2025-01-01"),
            "pack.toml line 3, pack: with several versions each needs its day; write in_force_from = 2026-04-01",
        ),
        (
            "2026-01-01",
            ("ours", "2026-01-01"),
            "old.toml line 3, pack: pack.toml begins on the same day; versions follow one another",
        ),
        (
            "2026-01-01",
            ("ours", "2026-02-01"),
            "old.toml line 3, pack: it begins after pack.toml; the newest version belongs in pack.toml",
        ),
        (
            "2026-01-01",
            ("theirs", "2025-01-01"),
            'old.toml line 3, pack: its id is "theirs", but pack.toml is "ours"; versions share one id',
        ),
    ],
)
def test_versions_that_do_not_follow(
    tmp_path: Path, newest: str | None, older: tuple[str, str | None], said: str
) -> None:
    def dated(name: str, day: str | None) -> str:
        return changed('id = "ours"', f'id = "{name}"' + (f"\nin_force_from = {day}" if day else ""))

    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "old.toml").write_text(dated(*older))
    assert said in problems(tmp_path, dated("ours", newest))


def test_policies_by_name_and_by_folder(tmp_path: Path) -> None:
    own = pack(tmp_path / "own", GOOD)
    loaded = load_policies(("action-note-003", own), vocabulary())
    assert [policy.id for policy in loaded] == ["action-note-003", "ours"]
    assert load_policies([str(own)], vocabulary())[0].folder == own


def test_one_policy_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match='both called "ours"'):
        load_policies([pack(tmp_path / "one", GOOD), pack(tmp_path / "two", GOOD)], vocabulary())


def test_the_programs_own_policies_are_named() -> None:
    assert set(builtin_names()) >= {"action-note-003", "ics-record", "three-working-days"}
    assert (builtin_folder() / "vocabulary.toml").is_file()


def test_policies_are_the_same_when_they_say_the_same() -> None:
    policy = made("varied")
    assert policy == Policy(policy.versions, policy.folder, ("a doubt",))
    assert issubclass(BadFile, DutyError)
    assert PACKS.is_dir()


def test_a_doubt_is_told_and_does_not_stop_anybody(tmp_path: Path) -> None:
    text = changed('words = "within three working days"', 'words = "should be held within three working days"')
    text += (
        '[[duty]]\nid = "d"\nstrength = "may"\nowner = "police"\ntext = "x"\n'
        'cite = { paragraph = "2", words = "police must lead" }\n'
        '[[record]]\nid = "r"\nstrength = "must"\ntext = "x"\ncite = { paragraph = "3", words = "reasons must be kept" }\n'
    )
    assert load_pack(pack(tmp_path, text), vocabulary()).doubts == (
        'pack.toml line 17, obligation[0].clock[0].strength: the strength is "must", but the cited words say "should"; is that meant?',
        'pack.toml line 23, duty[0].strength: the strength is "may", but the cited words say "must"; is that meant?',
    )


def test_the_vocabulary_is_read_as_strictly(tmp_path: Path) -> None:
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text.replace('at = "12:00"', 'at = "noon"').replace("planned = true", "planed = true", 1))
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    assert len(refused.value.problems) == 2
    assert refused.value.problems[0].endswith('"planed" is not a key here; did you mean "planned"?')
    assert refused.value.problems[1].endswith('time_of_day.noon.at: "noon" does not fit; write a time as 15:30')


def test_a_role_counts_only_as_another_of_the_vocabulary(tmp_path: Path) -> None:
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text.replace('counts_as = ["cs_care"]', 'counts_as = ["cs_cares"]', 1))
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    [problem] = refused.value.problems
    assert problem.endswith('"cs_cares" is not a role of the vocabulary')


def test_only_an_answer_somebody_gives_suggests_a_restriction(tmp_path: Path) -> None:
    suggesting = {name for name, fact in load_vocabulary().fact.items() if fact.suggests_restriction}
    assert suggesting == {"allegation_against_staff", "allegation_against_carer"}
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text.replace('kind  = "derived"', 'kind  = "derived"\nsuggests_restriction = true', 1))
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    [problem] = refused.value.problems
    assert problem.endswith(".suggests_restriction: nobody answers a derived fact: nobody can be asked")


def test_being_informed_is_an_event_of_the_vocabulary(tmp_path: Path) -> None:
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text.replace('informed = "lado_informed"', 'informed = "lado_informd"', 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    [problem] = refused.value.problems
    assert problem.endswith('"lado_informd" is not an event of the vocabulary; did you mean "lado_informed"?')
    assert "role.lado.informed: " in problem


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'planned = true, plans = "discussion_held"',
            'planned = true, plans = "discussion_hold"',
            '"discussion_hold" is not an event of the vocabulary; did you mean "discussion_held"?',
        ),
        (
            'planned = true, plans = "discussion_held"',
            'plans = "discussion_held"',
            'only a date people set foresees another event; write planned = true for "discussion_booked"',
        ),
        (
            'plans = "icpc_held"',
            'plans = "discussion_held"',
            '"icpc_booked" is of one child, but "discussion_held" is of the discussion',
        ),
        (
            'plans = "icpc_held"',
            'plans = "series_closed"',
            '"icpc_booked" is of one child, but "series_closed" is of the concern',
        ),
    ],
)
def test_a_date_foresees_an_event_there_is_for_whom_it_is(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    [problem] = refused.value.problems
    assert problem.endswith(said)
    assert ".plans: " in problem


@pytest.mark.parametrize(
    ("urgency", "said"),
    [
        (
            '[[urgency]]\nlabel = "rest"\nsymbol = "a"\nopen_symbol = "b"\nup_to = [{ hours = 1 }]\n',
            'the band "rest" takes the rest and has no up_to',
        ),
        (
            '[[urgency]]\nlabel = "soon"\nsymbol = "a"\nopen_symbol = "b"\n[[urgency]]\nlabel = "rest"\nsymbol = "a"\nopen_symbol = "b"\n',
            'the band "soon" needs up_to: the limits that belong to it',
        ),
        (
            '[[urgency]]\nlabel = "soon"\nsymbol = "a"\nopen_symbol = "b"\nup_to = [{ same_day = true, by = "tea" }]\n[[urgency]]\nlabel = "rest"\nsymbol = "a"\nopen_symbol = "b"\n',
            '"tea" is not a time of day of the vocabulary',
        ),
    ],
)
def test_the_last_band_takes_the_rest(tmp_path: Path, urgency: str, said: str) -> None:
    text = (builtin_folder() / "vocabulary.toml").read_text(encoding="utf-8")
    broken = tmp_path / "vocabulary.toml"
    broken.write_text(text[: text.index("[[urgency]]")] + urgency, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_vocabulary(broken)
    assert refused.value.problems[0].endswith(said)
