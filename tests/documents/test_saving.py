"""Putting a document into a folder: whole or not at all, never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from duty_tui.documents.rendering import Rendered
from duty_tui.documents.saving import NotWritten, save

ONE, OTHER = Rendered("C12-record.pdf", b"one", "1" * 64), Rendered("C12-record.pdf", b"other", "2" * 64)


def test_it_is_there_whole_and_its_owner_s_alone(tmp_path: Path) -> None:
    place = save(ONE, tmp_path)
    assert (place, place.read_bytes()) == (tmp_path / "C12-record.pdf", b"one")
    assert place.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(tmp_path: Path) -> None:
    place = save(ONE, tmp_path)
    with pytest.raises(NotWritten, match="is there already"):
        save(OTHER, tmp_path)
    assert place.read_bytes() == b"one"
    save(OTHER, tmp_path, replace=True)
    assert place.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [place]


def test_no_such_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotWritten) as told:
        save(ONE, tmp_path / "nowhere")
    assert str(told.value).startswith(f"There is no folder {tmp_path / 'nowhere'}.")
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match="There is no folder"):
        save(ONE, tmp_path / "file")


def test_no_permission_is_one_sentence_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("duty_tui.documents.saving.tempfile.mkstemp", lambda **_: refuse())
    with pytest.raises(NotWritten, match=r"could not be written: Permission denied\."):
        save(ONE, tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotWritten, match="could not be written"):
        save(ONE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_links_is_written_to_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    place = save(ONE, tmp_path)
    assert list(tmp_path.iterdir()) == [place]
    with pytest.raises(NotWritten, match="is there already"):
        save(OTHER, tmp_path)
    assert place.read_bytes() == b"one"
