"""Two people do the same thing on the same obligation: the second is told who and when, and loses no text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duty_tui.desk.escalating import escalations_of, form_of, submit, take_up
from duty_tui.desk.meeting import meet
from duty_tui.desk.obligations import obligations_of
from duty_tui.domain.commands import AnswerQuestions, Command
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, UpdateEscalation
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.screens.both import Both
from duty_tui.views.obligation import ObligationLine
from tests.desk.conftest import NOW
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import Bench, shown
from tests.screens.test_escalations import NEED_TO_KNOW, WORDS
from tests.screens.test_owed_refused import CASES, filled, sent, stands

__all__ = ["fast_pilot"]

ID = "a" * 32


def line(bench: Bench, place: str, child: int | None = None) -> ObligationLine:
    """The one the dialogue was opened on."""
    lines = obligations_of(bench.desk, ID, bench.hands.now).lines
    return next(one for one in lines if one.open and one.place == place and child in (None, one.child))


def met(place: str, child: int | None = None, **details: str) -> Callable[[Bench], Command]:
    def made(bench: Bench) -> Command:
        found = line(bench, place, child)
        return meet(found, found.met_by[0].event, bench.hands.now, details=details)

    return made


def explained(bench: Bench) -> Command:
    late = next(one for one in obligations_of(bench.desk, ID, bench.hands.now).lines if one.late)
    return ExplainLateness(rule=late.rule, label=late.label, reason="The police were late", safety="At school")


def judged(bench: Bench) -> Command:
    return AnswerQuestions(answers={line(bench, "judge").asks: "no"}, reason="It is booked")


def escalated(bench: Bench) -> Command:
    now = bench.hands.now
    return submit(form_of(bench.desk, ID, NEED_TO_KNOW, now), WORDS, [Recipient("R. Hale")], now)


def taken_up(bench: Bench) -> Command:
    (found,) = escalations_of(bench.desk, ID, bench.hands.now)
    return take_up(found, bench.hands.now, said="They would not meet", who="Di Marsh", role="Head of service")


#: What the other one records a minute before, for each dialogue.
FIRST: dict[str, Callable[[Bench], Command]] = {
    "time": met("time"),
    "visit": met("visit", 1, by="Sam Reed", alone="yes"),
    "note": met("note", safeguarding="At school", reason="No officer"),
    "late": explained,
    "judge": judged,
    "form": escalated,
    "acknowledge": lambda bench: AcknowledgeEscalation(escalation=1, at=bench.hands.now, by="di marsh"),
    "up": taken_up,
}


@pytest.mark.parametrize("name", FIRST)
async def test_the_second_is_told_who_was_first_and_the_text_stays(name: str) -> None:
    make, before, *_ = CASES[name]
    async with shown(make, before=before) as bench:
        await filled(bench, name)
        bench.other("Bo Lind").do(ID, FIRST[name](bench))
        at = bench.desk.concern(ID).version
        bench.hands.on(minutes=1)
        await sent(bench, name)
        await until(lambda: isinstance(bench.app.screen, Both) and bench.app.screen.focused)
        for said in ("Bo Lind recorded about the same before you", "NOT recorded", "18:05"):
            await bench.read_out(said)
        await bench.press("3")
        await until(lambda: stands(bench, name))
        assert bench.desk.concern(ID).version == at


async def test_another_update_and_another_who_has_it_stand_beside_the_first() -> None:
    for name, other in (
        ("acknowledge", AcknowledgeEscalation(escalation=1, at=NOW, by="R. Hale")),
        ("update", UpdateEscalation(escalation=1, at=NOW, text="Nobody answers")),
    ):
        make, before, *_ = CASES[name]
        async with shown(make, before=before) as bench:
            await filled(bench, name)
            bench.other("Bo Lind").do(ID, other)
            version = bench.desk.concern(ID).version
            await sent(bench, name)
            await until(lambda bench=bench, version=version: bench.desk.concern(ID).version > version)  # type: ignore[misc]
            [both] = bench.desk.concern(ID).escalations
            assert [one.by for one in both.acknowledged] in ([], ["R. Hale", "Di Marsh"])
            assert [one.text for one in both.updates] in ([], ["Nobody answers", "An officer was found"])
