"""The XML of a census file, read in a stream: hostile files are refused in words, and memory holds one child at a time.

Nothing is built but the few elements that are read, so neither depth nor width of a file costs memory. A document type
is refused whole: the census has none, and entities that swell or point elsewhere can only be declared in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from duty_tui.domain.text import strip_controls
from duty_tui.errors import BadFile
from duty_tui.exchange.census import READ, TWICE, CensusChild, CensusReferral, codes, read_child
from duty_tui.exchange.limits import MAX_CENSUS, Readable, bad_file, too_large
from duty_tui.exchange.referrals import (
    MAX_REFERRALS,
    Problem,
    Progress,
    Referral,
    ReferralFile,
    counted,
    once_each,
    repeated,
)

KIND = "Children in Need census"
#: The census has seven levels; a file this deep is not one.
_MAX_DEPTH = 32
#: The longest simple element of the census is an identifier of 10 characters.
_MAX_TEXT = 1_000
_CHUNK = 256 * 1024
#: A tag still unfinished after so many bytes would make the parser read it again with every chunk.
_MAX_PENDING = 4 * _CHUNK

_ENCODINGS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "windows-1252"}
)
_PLACES = {
    ("Message", "Header", "Source"): "header",
    ("Message", "Header", "CollectionDetails"): "header",
    ("Message", "Children", "Child", "ChildIdentifiers"): "child",
    ("Message", "Children", "Child", "CINdetails"): "referral",
}
_CHILD = ("Message", "Children", "Child")
_REFERRAL = (*_CHILD, "CINdetails")
_EXPORT = "Export the census again from its system and import that file."


def read_census(stream: Readable, name: str, *, size: int = 0, progress: Progress | None = None) -> ReferralFile:
    """A Children in Need census as referrals; `size` in bytes, 0 when not known, only for `progress`.

    Raises BadFile for what is not XML, is not a census, is cut off, hostile, empty of referrals or over the limit.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    elements = _Elements()
    parser = DefusedXMLParser(target=elements, forbid_dtd=True)
    elements.watch(parser.parser)
    done = 0
    try:
        while chunk := stream.read(_CHUNK):
            done += len(chunk)
            if done > MAX_CENSUS:
                raise too_large(MAX_CENSUS)
            parser.feed(chunk)
            if done - max(parser.parser.CurrentByteIndex, 0) > _MAX_PENDING:
                raise bad_file("One element of the file is too long to be a census's.", _EXPORT)
            if progress:
                progress(done, size)
        parser.close()
    except ParseError as error:
        raise _not_xml(error.position[0], ended=error.code in _ENDED) from None
    except DefusedXmlException:
        raise bad_file("The file carries a document type, which a census never has.", _EXPORT) from None
    return elements.result(name)


#: expat's codes for a file that stops: no element, unclosed token, partial character, unclosed CDATA section.
_ENDED = frozenset({3, 5, 6, 20})


def _not_xml(line: int, *, ended: bool) -> BadFile:
    what = "stops before its end" if ended else "is not well-formed XML"
    return bad_file(f"The file {what} (line {line}).", _EXPORT)


class _Elements:
    """What the parser tells, gathered child by child."""

    def __init__(self) -> None:
        self._parser: Any = None
        self._path: list[str] = []
        #: Text of the simple element being read; None in any other.
        self._text: str | None = None
        self._header: dict[str, str] = {}
        self._child: dict[str, str] = {}
        self._referral: dict[str, str] = {}
        self._referrals: list[CensusReferral] = []
        self._numbers = {"child": 0, "child line": 0, "line": 0}
        self._left_out: Counter[str] = Counter()
        self._unknown = 0
        self.found: list[Referral] = []
        self.problems: list[Problem] = []

    def watch(self, parser: Any) -> None:
        """Take line numbers from expat, and see the encoding declared before it is acted on."""
        self._parser = parser
        parser.XmlDeclHandler = self._declared

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise bad_file("The file declares an encoding a census is never written in.", "Export it again as UTF-8.")

    # The parser calls these four by name.
    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._path and name != "Message":
            raise bad_file("The file is XML, but not a Children in Need census.", _EXPORT)
        if len(self._path) >= _MAX_DEPTH:
            raise bad_file("The file is nested deeper than a census can be.", _EXPORT)
        place = _PLACES.get(tuple(self._path)) if len(self._path) <= len(_REFERRAL) else None
        self._text = "" if place else None
        if name in codes().not_imported:
            self._left_out[name] += 1
        elif place in ("child", "referral") and name not in READ:
            self._unknown += 1
        self._path.append(name)
        path = tuple(self._path)
        if path == _CHILD:
            self._check_collection()
            self._child, self._referrals = {}, []
            self._numbers["child"] += 1
            self._numbers["child line"] = self._parser.CurrentLineNumber
        elif path == _REFERRAL:
            self._referral = {}
            self._numbers["line"] = self._parser.CurrentLineNumber

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text += text
            if len(self._text) > _MAX_TEXT:
                raise bad_file("One element of the file is too long to be a census's.", _EXPORT)

    def end(self, _tag: str) -> None:
        path = tuple(self._path)
        name = self._path.pop()
        place = _PLACES.get(path[:-1])
        if place and self._text is not None:
            into = {"header": self._header, "child": self._child, "referral": self._referral}[place]
            if name in into and name in READ:
                into[TWICE] = name
            into[name] = strip_controls(self._text).strip()
        self._text = None
        if path == _REFERRAL:
            self._end_referral()
        elif path == _CHILD:
            self._end_child()

    def close(self) -> None:
        """Nothing is left to do: the parser reports a file that stops early itself."""

    def _end_referral(self) -> None:
        self._referrals.append(CensusReferral(len(self._referrals) + 1, self._numbers["line"], self._referral))
        if len(self.found) + len(self._referrals) > MAX_REFERRALS:
            raise bad_file(f"The file holds more than {MAX_REFERRALS:,} referrals.", "Split it and import each part.")

    def _end_child(self) -> None:
        child = CensusChild(self._numbers["child"], self._numbers["child line"], self._child, tuple(self._referrals))
        found, problems = read_child(child, self._header.get("LEA", ""))
        self.found += found
        self.problems += problems

    def _check_collection(self) -> None:
        if self._header.get("Collection", "CIN") != "CIN":
            raise bad_file("The file is another collection, not the Children in Need census.", _EXPORT)

    def result(self, name: str) -> ReferralFile:
        """The file as read. Raises BadFile when it holds no referral at all."""
        if not self.found and not self.problems:
            raise bad_file("The census holds no referral.", "Check that it is the right file.")
        referrals, twice, repeats = once_each(self.found)
        left_out = [f"{codes().not_imported[tag]} ({count})" for tag, count in self._left_out.items()]
        if self._unknown:
            left_out.append(f"elements this program does not know ({self._unknown})")
        said = (f"In the file, not imported: {', '.join(left_out)}.",) if left_out else ()
        warnings = (*counted(referrals), *repeated(repeats), *said)
        return ReferralFile(name, KIND, tuple(referrals), (*self.problems, *twice), warnings)
