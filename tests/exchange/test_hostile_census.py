"""A census file that is broken, huge or made to do harm is refused in words, soon, and in little memory."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterable, Iterator

import pytest

from duty_tui.errors import BadFile
from duty_tui.exchange import census_file
from duty_tui.exchange.census_file import read_census
from tests.exchange.files import CENSUS, census, child, element, why_not

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


class Pieces:
    """A stream made as it is read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self.read_so_far = 0

    def read(self, _size: int, /) -> bytes:
        piece = next(self._pieces, b"")
        self.read_so_far += len(piece)
        return piece


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<html><body>Log in</body></html>", "XML, but not a Children in Need census"),
        ("<Message><Children></Children></Message>", "holds no referral"),
        (census().replace("CIN<", "SSDA903<"), "holds no referral"),
        (census(child()).replace("CIN<", "SSDA903<"), "another collection"),
        ("<Message><Children></Message>", "not well-formed XML (line 1)"),
        ("<Message>\n<Children>\n<Child", "stops before its end (line 3)"),
        ("<Message>\n", "stops before its end (line 2)"),
        ("<Message>&nbsp;</Message>", "not well-formed XML"),
        ("<Message>\x01</Message>", "not well-formed XML"),
        ('<?xml version="1.0" encoding="utf-7"?><Message/>', "an encoding a census is never written in"),
        ('<?xml version="1.0" encoding="shift_jis"?><Message/>', "an encoding a census is never written in"),
        ('<?xml version="1.0" encoding="utf-16"?><Message/>', "not well-formed XML"),
        (f'<!DOCTYPE m [<!ENTITY l0 "ha">{LAUGHS}]><Message>&l9;</Message>', "document type"),
        ('<!DOCTYPE m [<!ENTITY x SYSTEM "secret.txt">]><Message>&x;</Message>', "document type"),
        ('<!DOCTYPE m PUBLIC "-//X" "x.dtd"><Message/>', "document type"),
        ("<Message>" + "<a>" * 100 + "</a>" * 100 + "</Message>", "nested deeper"),
        (census(child(UPN="9" * 1001)), "too long"),
    ],
)
def test_what_is_not_a_whole_honest_census_is_refused_in_words(content: str, why: str) -> None:
    assert why in why_not(content)


def test_a_census_cut_off_anywhere_is_never_half_read() -> None:
    whole = CENSUS.read_bytes()
    for end in range(1, len(whole) - 2, 997):
        said = why_not(whole[:end])
        assert "stops before its end" in said, end


def test_one_endless_tag_or_text_or_comment_is_given_up_early() -> None:
    for start in ('<Message a="', "<Message><!--", "<Message><Children><Child><ChildIdentifiers><UPN>"):
        stream = Pieces([start.encode(), *([b"y" * 100_000] * 900)])
        with pytest.raises(BadFile):
            read_census(stream, "x")
        assert stream.read_so_far < 3_000_000


def test_a_file_over_the_limit_is_refused_while_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census_file, "MAX_CENSUS", 1_000_000)
    stream = Pieces([b"<Message>", *([b"<a/>" * 25_000] * 50)])
    with pytest.raises(BadFile, match="larger than 1 MB"):
        read_census(stream, "x")
    assert stream.read_so_far < 1_200_000


def test_too_many_referrals_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census_file, "MAX_REFERRALS", 2)
    assert "more than 2 referrals" in why_not(census(child(), child(identifier="L2"), child(identifier="L3")))


def test_what_is_not_read_costs_no_memory() -> None:
    start, end = census(child()).split("</CINdetails>")
    assessments = element("Assessments", element("AssessmentFactors", "1A") * 1_000).encode()
    stream = Pieces([start.encode(), *[assessments * 3] * 40, b"</CINdetails>", end.encode()])
    tracemalloc.start()
    try:
        file = read_census(stream, "x")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (len(file.referrals), stream.read_so_far > 4_000_000, peak < 1_000_000) == (1, True, True)


def test_progress_is_told_in_bytes_up_to_the_whole() -> None:
    told: list[tuple[int, int]] = []
    data = CENSUS.read_bytes()
    read_census(io.BytesIO(data), "x", size=len(data), progress=lambda done, total: told.append((done, total)))
    assert told == [(len(data), len(data))]
