"""What was said about something late: why, what kept the child safe meanwhile, and who was told when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duty_tui.desk.duty import HELD, TOLD
from duty_tui.desk.meeting import REASON, SAFEGUARDING
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Escalation
from duty_tui.rules.deadline import Deadline
from duty_tui.views.breach import Told

#: The vocabulary's event of writing down what keeps a child safe until the discussion is held.
_NOTE = "interim_note_recorded"
#: Fields of the vocabulary's forms.
_PREVENTS, _SAFETY = "prevents", "safety"
#: Events by which somebody is told, where they were recorded without a form.
_WITHOUT_A_FORM = {TOLD: "Need to Know", "matter_escalated": "Escalated", "senior_mgmt_notified": "Senior management"}


class Meanwhile:
    """What the record of one concern says of its late things."""

    def __init__(self, concern: Concern) -> None:
        self._concern = concern

    def about(self, rule: str, deadline: Deadline) -> tuple[str, str]:
        """Why something was late, and what kept the child safe: what was said of it itself.

        Of a discussion also what the notes and the forms say that are written because it is late.
        """
        key = (rule, deadline.child, deadline.discussion)
        own = [one for one in self._concern.lateness if one[:3] == key]
        reasons, safety = [one.reason for one in own], [one.safety for one in own]
        if HELD in deadline.obligation.met_by:
            reasons += [] if any(reasons) else self._noted(REASON, _PREVENTS)
            safety += self._noted(SAFEGUARDING, _SAFETY)
        return _each_once(reasons), _each_once(safety)

    def _noted(self, detail: str, field: str) -> list[str]:
        notes = [one for one in self._concern.milestones if one.event == _NOTE]
        said = [one.details.get(detail, "") or (one.note if detail == SAFEGUARDING else "") for one in notes]
        return [*said, *(one.fields.get(field, "") for one in self._concern.escalations)]

    def told(self, child: int | None) -> tuple[Told, ...]:
        """Who was told of anything about a child of this concern, in order of time."""
        found = [told for one in self._concern.escalations if one.child in (None, child) for told in _by_form(one)]
        found += [
            Told(_WITHOUT_A_FORM[one.event], one.note or "recipient not recorded", "", one.at, None, "")
            for one in self._concern.milestones
            if one.event in _WITHOUT_A_FORM
        ]
        return tuple(sorted(found, key=lambda one: one.submitted))


def _by_form(escalation: Escalation) -> Iterator[Told]:
    """Its recipients, whoever held a step of it, and whoever else acknowledged it."""
    answers = {one.by.casefold(): one for one in escalation.acknowledged}
    named = [(one.name, one.role, escalation.submitted) for one in escalation.recipients]
    named += [(step.who, step.role, step.began) for step in escalation.steps if step.who]
    for name, role, at in named:
        answer = answers.pop(name.casefold(), None)
        yield Told(escalation.label, name, role, at, answer.at if answer else None, answer.by if answer else "")
    for answer in answers.values():
        yield Told(escalation.label, answer.by, "", escalation.submitted, answer.at, answer.by)


def _each_once(said: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, said)))
