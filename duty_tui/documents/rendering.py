"""A document in one of its forms, as bytes with their hash and a file name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Literal, NamedTuple

from duty_tui.documents.blocks import Document, clean_document

#: PDF is the record; Word is a working copy; Markdown and plain text are for screens and for pasting.
Form = Literal["pdf", "docx", "md", "txt"]
FORMS: Mapping[Form, str] = {"pdf": "PDF", "docx": "Word", "md": "Markdown", "txt": "plain text"}


class Rendered(NamedTuple):
    """A document in one form: the name of its file, its bytes and their SHA-256 (64 hex digits)."""

    name: str
    data: bytes
    sha256: str
    #: Characters for which no font here has a sign; empty for every other form than PDF, and nearly always.
    unshown: tuple[str, ...] = ()


def rendered(document: Document, form: Form) -> Rendered:
    """The document in this form. Raises Refused where what makes it is not installed."""
    document = clean_document(document)
    unshown: tuple[str, ...] = ()
    match form:
        case "pdf":
            from duty_tui.documents.pdf import pdf

            data, unshown = pdf(document)
        case "docx":
            from duty_tui.documents.word import docx

            data = docx(document)
        case "md":
            from duty_tui.documents.markdown import markdown

            data = markdown(document).encode()
        case "txt":
            from duty_tui.documents.plain import plain

            data = plain(document).encode()
    return Rendered(f"{document.file}.{form}", data, sha256(data).hexdigest(), unshown)


def unshown_words(unshown: tuple[str, ...]) -> str:
    """Which characters the pages do not show, for the person who made them; empty where all are shown."""
    if not unshown:
        return ""
    signs = ", ".join(code_points(unshown))
    return f"No font here has a sign for {signs}: boxes stand there, and the PDF is not PDF/UA."


def code_points(signs: Iterable[str]) -> list[str]:
    """Characters as `U+738B`."""
    return [f"U+{ord(sign):04X}" for sign in signs]
