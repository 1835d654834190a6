"""`duty-tui export`: documents as PDF, Word or Markdown into a folder; a case note and the data to standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from duty_tui.cli.export_data import data
from duty_tui.cli.output import narrate, put, say
from duty_tui.cli.periods import from_and_to, period_of
from duty_tui.cli.progress import Progress
from duty_tui.cli.record import desk_of, opening_of
from duty_tui.cli.times import as_of
from duty_tui.clock import system_clock
from duty_tui.errors import Refused

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.documents.blocks import Document
    from duty_tui.documents.rendering import Form

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group("export", epilog="Example: duty-tui export record C12 --child 1 --pdf -o records")
def command() -> None:
    """Make documents of what is recorded: PDF, Word or Markdown files, text to paste, data to hand over.

    Files are named by reference and never by a child's name; their SHA-256 is printed beside where they went.
    """


command.add_command(data)


def _into_files(command: _Command) -> _Command:
    """`--pdf`, `--docx`, `--md`, `--txt`, `-o`, `--replace`; PDF where no form is named."""
    for option in (
        click.option("--replace", is_flag=True, help="Replace files of the same name."),
        click.option(
            "-o", "--output", metavar="FOLDER", help="Where files go; must exist. Else the documents of your settings."
        ),
        click.option("--txt", "forms", flag_value="txt", multiple=True, help="As plain text."),
        click.option("--md", "forms", flag_value="md", multiple=True, help="As Markdown."),
        click.option("--docx", "forms", flag_value="docx", multiple=True, help="As a working copy for Word."),
        click.option("--pdf", "forms", flag_value="pdf", multiple=True, help="As PDF; so also without any of these."),
    ):
        command = option(command)
    return command


_of_child = click.option("--child", type=click.IntRange(1), metavar="N", help="Only the child with this number.")
_of_discussion = click.option("--discussion", type=click.IntRange(1), metavar="N", help="Only this discussion.")


@command.command(epilog="Example: duty-tui export record C12 --child 1 --docx -o records")
@click.argument("concern")
@_of_child
@_of_discussion
@_into_files
@as_of
@click.pass_context
def record(
    ctx: click.Context, /, concern: str, *, child: int | None, discussion: int | None, at: datetime | None, **how: Any
) -> None:
    """The Record of Strategy Discussion of each child of CONCERN, a file for each child and discussion."""
    desk, at = desk_of(ctx), at or system_clock()
    _write(ctx, desk, _records(desk, concern, child, discussion, at), **how)


@command.command("set", epilog="Example: duty-tui export set C12 --pdf -o records")
@click.argument("concern")
@_of_discussion
@_into_files
@as_of
@click.pass_context
def collated(ctx: click.Context, /, concern: str, *, discussion: int | None, at: datetime | None, **how: Any) -> None:
    """The records of all children of a discussion of CONCERN put together; of the last one held unless it is named."""
    from duty_tui.desk.document_record import last_held, set_document

    desk, at = desk_of(ctx), at or system_clock()
    found = desk.concern(desk.find(concern).id, how="export")
    _write(ctx, desk, [set_document(desk, found.id, discussion or last_held(found), at)], **how)


@command.command("actions", epilog="Example: duty-tui export actions C12 --agency Police -o notes")
@click.argument("concern")
@_of_discussion
@click.option("--agency", metavar="NAME", help="Only the note of this agency.")
@_into_files
@click.pass_context
def actions(ctx: click.Context, /, concern: str, *, discussion: int | None, agency: str | None, **how: Any) -> None:
    """What each agency agreed to do at a discussion of CONCERN, a note for each; of the last one held unless named."""
    from duty_tui.desk.document_actions import NOBODY, action_notes
    from duty_tui.desk.document_record import last_held
    from duty_tui.domain.text import fold

    desk = desk_of(ctx)
    found = desk.concern(desk.find(concern).id, how="export")
    notes = action_notes(desk, found.id, discussion or last_held(found))
    chosen = [note for note in notes if agency is None or fold(note.agency) == fold(agency)]
    if not chosen:
        agencies = ", ".join(note.agency or NOBODY for note in notes)
        raise Refused("Nothing was agreed there.", do=f"Actions were agreed by: {agencies or 'nobody'}.")
    narrate(*(f"{note.document.file}: {note.agency or NOBODY}" for note in chosen))
    _write(ctx, desk, [note.document for note in chosen], **how)


@command.command("need-to-know", epilog="Example: duty-tui export need-to-know C12 -o forms")
@click.argument("concern")
@_into_files
@click.pass_context
def need_to_know(ctx: click.Context, /, concern: str, **how: Any) -> None:
    """Every Need to Know form of CONCERN, and every notice to senior management."""
    from duty_tui.desk.document_forms import NEED_TO_KNOW, form_documents

    desk = desk_of(ctx)
    _write(ctx, desk, form_documents(desk, desk.find(concern).id, NEED_TO_KNOW), **how)


@command.command("disagreement", epilog="Example: duty-tui export disagreement C12 --docx -o forms")
@click.argument("concern")
@_into_files
@click.pass_context
def disagreement(ctx: click.Context, /, concern: str, **how: Any) -> None:
    """Every professional disagreement and every partner's non-attendance raised on CONCERN."""
    from duty_tui.desk.document_forms import DISAGREEMENT, form_documents

    desk = desk_of(ctx)
    _write(ctx, desk, form_documents(desk, desk.find(concern).id, DISAGREEMENT), **how)


@command.command("interim-note", epilog="Example: duty-tui export interim-note C12 -o forms")
@click.argument("concern")
@_into_files
@click.pass_context
def interim_note(ctx: click.Context, /, concern: str, **how: Any) -> None:
    """Every management note of what keeps the children of CONCERN safe until the discussion."""
    from duty_tui.desk.document_forms import note_documents

    desk = desk_of(ctx)
    _write(ctx, desk, note_documents(desk, desk.find(concern).id), **how)


@command.command(epilog="Example: duty-tui export handover --pdf -o .")
@_into_files
@as_of
@click.pass_context
def handover(ctx: click.Context, /, *, at: datetime | None, **how: Any) -> None:
    """The handover sheet."""
    from duty_tui.desk.document_sheets import handover_document
    from duty_tui.desk.handover import handover_of

    desk = desk_of(ctx)
    _write(ctx, desk, [handover_document(desk, handover_of(desk, at or system_clock()))], **how)


@command.command(epilog="Example: duty-tui export breaches --from 2026-09-01 --to 2026-12-01 -o .")
@from_and_to
@_into_files
@as_of
@click.pass_context
def breaches(ctx: click.Context, /, *, begin: date | None, end: date | None, at: datetime | None, **how: Any) -> None:
    """The breach file of a period."""
    at = at or system_clock()
    period = period_of(begin, end, at)
    from duty_tui.desk.breaches import Breaches, breach_file
    from duty_tui.desk.document_sheets import breaches_document

    desk, found = desk_of(ctx), Breaches()
    with Progress("Reading") as progress:
        found.read_all(desk, progress)
    _write(ctx, desk, [breaches_document(desk, breach_file(desk, found, period, at))], **how)


@command.command("case-note", epilog="Example: duty-tui export case-note C12 --child 1 | clip")
@click.argument("concern")
@_of_child
@_of_discussion
@as_of
@click.pass_context
def case_note(
    ctx: click.Context, /, concern: str, *, child: int | None, discussion: int | None, at: datetime | None
) -> None:
    """Print the records of CONCERN as plain text to paste into a case system (Liquidlogic, Mosaic, Eclipse)."""
    desk, at = desk_of(ctx), at or system_clock()
    from duty_tui.documents.rendering import rendered

    for place, document in enumerate(_records(desk, concern, child, discussion, at)):
        put(("\n" if place else "") + rendered(document, "txt").data.decode())


def _records(desk: Desk, words: str, child: int | None, discussion: int | None, at: datetime) -> list[Document]:
    from duty_tui.desk.document_record import last_held, numbers_of, record_document

    concern = desk.concern(desk.find(words).id, how="export")
    chosen = [pair for pair in numbers_of(concern) if discussion in (None, pair[0]) and child in (None, pair[1])]
    if not chosen:
        last_held(concern)  # which says so where there is none at all
        raise Refused("There is no such record.", do="duty-tui show lists the records there are.")
    return [record_document(desk, concern.id, number, whose, at) for number, whose in chosen]


def _write(
    ctx: click.Context,
    desk: Desk,
    documents: Sequence[Document],
    *,
    forms: Sequence[Form],
    output: str | None,
    replace: bool,
) -> None:
    """Make the files and say where each went, its SHA-256 first, as `sha256sum` prints and checks it."""
    from duty_tui.desk.document_signs import signs_noted
    from duty_tui.documents.rendering import rendered
    from duty_tui.documents.saving import save

    folder = Path(output) if output is not None else opening_of(ctx).settings.folder
    wanted: Iterable[Form] = dict.fromkeys(forms) or ("pdf",)
    each = [(document, form) for document in documents for form in wanted]
    with Progress("Making") as progress:
        for done, (document, form) in enumerate(each, 1):
            made = rendered(document, form)
            say(f"{made.sha256}  {save(made, folder, replace=replace)}")
            if signs := signs_noted(desk, document, made):
                narrate(f"{made.name}: {signs}")
            progress(done, len(each))
