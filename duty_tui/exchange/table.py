"""From bytes to the rows of a table: which encoding, which separator, where a row begins and whether it is whole.

A row is named as a spreadsheet numbers it: the headings are row 1, and a cell with line breaks is still one row.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from duty_tui.exchange.headings import recognised
from duty_tui.exchange.limits import MAX_COLUMNS, MAX_LINE, MAX_ROWS, bad_file

_SEPARATORS = ",;\t"
_SAVE = "Save it again as CSV UTF-8."
_RIGHT = "Check that it is the right file."
#: What other files begin with, and what to say to each.
_OTHERS = (
    (b"PK\x03\x04", "The file is a spreadsheet or a ZIP archive, not a CSV table.", "Save the sheet as CSV UTF-8."),
    (b"\xd0\xcf\x11\xe0", "The file is an old Excel or Word document.", "Save the sheet as CSV UTF-8."),
    (b"%PDF", "The file is a PDF document.", "Import the table it was made from, saved as CSV."),
    (b"\x1f\x8b", "The file is compressed.", "Unpack it first."),
)


class Text(NamedTuple):
    """A table's text, and a sentence where its encoding had to be guessed."""

    text: str
    warnings: tuple[str, ...] = ()


class Row(NamedTuple):
    """One row, numbered as a spreadsheet does, from 1."""

    number: int
    cells: Sequence[str]


def decode(data: bytes) -> Text:
    """The text of a table, each line ended by one newline. Raises BadFile.

    UTF-8 with or without its mark, UTF-16 with one, and else Windows cp1252, which is what Excel's plain "CSV" is.
    """
    for magic, what, do in _OTHERS:
        if data.startswith(magic):
            raise bad_file(what, do)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = _strictly(data, "utf-16") if wide else ""
    if "\0" in text or (b"\0" in data and not wide):
        raise bad_file("The file holds NUL bytes, which no text has.", _SAVE)
    if wide:
        return Text(text)
    if data.startswith(codecs.BOM_UTF8):
        return Text(_strictly(data, "utf-8-sig"))
    try:
        return Text(_one_line_end(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    # A letter beyond ASCII that is good UTF-8 beside one that is not: the file is damaged, or two were joined.
    lenient = data.decode("utf-8", "replace")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in set(lenient)):
        raise bad_file(f"The file mixes two encodings, or is damaged (line {line}).", _SAVE)
    text = _strictly(data, "cp1252")
    return Text(text, ("The file is not UTF-8; it was read as Windows text (cp1252). Look at the accents.",))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return _one_line_end(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise bad_file(f"A character of the file cannot be read (line {line}).", _SAVE) from None


def rows(text: str, questions: Collection[str]) -> Iterator[Row]:
    """The rows of a table that are not blank, headings first. Raises BadFile where a row has no clear end."""
    separator = _separator(text, questions)
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken(str(error), number) from None
        if len(cells) > MAX_COLUMNS or number > MAX_ROWS:
            what = f"{MAX_COLUMNS:,} columns" if number <= MAX_ROWS else f"{MAX_ROWS:,} rows, blank ones counted"
            raise bad_file(f"The table has more than {what}.", _RIGHT)
        if any(cell.strip() for cell in cells):
            yield Row(number, cells)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time; only the line breaks of text files count, in and out of quotes."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > MAX_LINE:
            raise bad_file(f"A line of the file is longer than {MAX_LINE:,} characters.", _RIGHT)
        yield text[start:end]
        start = end


def _separator(text: str, questions: Collection[str]) -> str:
    """The separator with which most headings are known; a comma where none are."""
    first = next((line for line in _lines(text) if line.strip()), "")
    return max(_SEPARATORS, key=lambda mark: recognised(first.replace('"', "").split(mark, MAX_COLUMNS), questions))


def _broken(reason: str, number: int) -> Exception:
    if "field larger" in reason:
        return bad_file(
            f"A cell of row {number} is longer than {csv.field_size_limit():,} characters.",
            "A quotation mark may be missing; else shorten the cell.",
        )
    if "unexpected end" in reason:
        return bad_file(f"A quotation mark opened in row {number} is never closed.", "Close it, or double it.")
    return bad_file(f"The quotation marks of row {number} do not match.", 'Write a mark inside a cell twice: "".')
