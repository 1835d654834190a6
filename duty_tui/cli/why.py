"""`duty-tui why`: the reason for a concern's place, and what it would be with another answer or another time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.answers import read_answers
from duty_tui.cli.output import as_json, say, say_object
from duty_tui.cli.record import desk_of
from duty_tui.cli.times import MOMENT, as_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc, moment_words

if TYPE_CHECKING:
    from duty_tui.views.why import WhyView


@click.command("why", epilog="Example: duty-tui why C12 --answer serious_risk_of_harm=yes")
@click.argument("concern")
@as_json
@as_of
@click.option("--answer", "answers", multiple=True, metavar="NAME=yes|no|unknown", help="Suppose this answer.")
@click.option("--received", type=MOMENT, help="Suppose it was received at TIME.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    concern: str,
    as_json: bool,
    at: datetime | None,
    answers: tuple[str, ...],
    received: datetime | None,
) -> None:
    """Say why CONCERN (C12, or its id) stands where it stands. Nothing supposed is recorded."""
    from duty_tui.desk.why import why_view

    desk = desk_of(ctx)
    supposed = read_answers(answers, desk.rulebook.vocabulary.fact)
    view = why_view(desk, desk.find(concern).id, at or system_clock(), supposed, received)
    if as_json:
        say_object(_object(view))
    else:
        say(*_text(view))


def _text(view: WhyView) -> Iterator[str]:
    yield f"{view.reference}  {view.title}"
    yield view.headline
    yield f"As of {moment_words(view.as_of)}"
    if view.supposed:
        yield from ("", "SUPPOSED, NOT RECORDED", *(f"  {line}" for line in view.supposed))
    for section in view.sections:
        yield from ("", section.heading, *(f"  {line}" for line in section.lines))
    if view.questions:
        yield from ("", "QUESTIONS")
        for question in view.questions:
            yield f"  {question.ask} ({question.fact}) {question.answer}"
            if question.effect:
                yield f"      {question.effect}"


def _object(view: WhyView) -> dict[str, Any]:
    return {
        "concern": view.concern,
        "reference": view.reference,
        "title": view.title,
        "headline": view.headline,
        "due": iso_utc(view.due) if view.due else None,
        "supposed": list(view.supposed),
        "sections": [{"heading": section.heading, "lines": list(section.lines)} for section in view.sections],
        "questions": [question._asdict() for question in view.questions],
        "as_of": iso_utc(view.as_of),
    }
