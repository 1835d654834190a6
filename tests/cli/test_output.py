from __future__ import annotations

import io
import json
import sys

import pytest

from duty_tui.cli.output import narrate, near, say, say_object, say_objects, speak_utf8


def test_nothing_that_is_printed_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2Jb", "two\nlines")
    narrate("\u202egnp.exe")
    out, err = capsys.readouterr()
    assert out == "a\ufffd[2Jb\ntwo lines\n"
    assert err == "\ufffdgnp.exe\n"


def test_json_is_plain_letters_and_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    found: list[dict[str, str | None]] = [{"name": "王\x1b\u202e\x9b"}, {"name": None}]
    say_objects(found)
    text = capsys.readouterr().out
    assert text.isascii()
    assert text.count("\n") == len(found) + 2
    assert json.loads(text) == found
    say_objects([])
    assert capsys.readouterr().out == "[]\n"
    say_object(found[0])
    assert json.loads(capsys.readouterr().out) == found[0]


def test_streams_without_an_encoding_of_their_own_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    plain, latin = io.StringIO(), io.TextIOWrapper(kept, encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", plain)
    monkeypatch.setattr(sys, "stderr", latin)
    speak_utf8()
    narrate("王")
    latin.flush()
    assert kept.getvalue() == "王\n".encode()


def test_the_nearest_name_is_offered_only_when_one_is_near() -> None:
    assert near("quee", ["queue", "why"]) == "; did you mean queue?"
    assert near("zzz", ["queue", "why"]) == ""
