"""The driver of a duty day, with what is owed, asked, escalated and handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from duty_tui.desk.asking import prompts_of
from duty_tui.desk.escalating import conclude, escalations_of, form_of, offers, submit, take_up
from duty_tui.desk.handover import handover_of
from duty_tui.desk.meeting import meet
from duty_tui.desk.obligations import all_obligations, obligations_of
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, UpdateEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service_people import HandedOver, OnDuty, RecipientsSet
from duty_tui.views.escalation import EscalationForm, EscalationLine, EscalationOffer, PromptLine
from duty_tui.views.handover import HandoverView
from duty_tui.views.obligation import ObligationLine
from tests.desk.conftest import make_desk
from tests.stories.duty_day import DutyDay


class OwedDay(DutyDay):
    """One concern, and what the policies make somebody owe on it."""

    # What stands on the lists

    @property
    def owes(self) -> Sequence[ObligationLine]:
        """What is still to be done, or asked, on the concern; the list of the whole desk says the same of it."""
        own = [line for line in obligations_of(self.desk, self.id, self.hands.now).lines if line.open]
        everybodys = [line for line in all_obligations(self.desk, self.hands.now).lines if line.concern == self.id]
        assert own == everybodys
        return own

    def line(self, label: str, child: str = "") -> ObligationLine:
        """What stands there under this label, open or not."""
        number = self.child(child) if child else None
        lines = obligations_of(self.desk, self.id, self.hands.now).lines
        return next(line for line in lines if line.label == label and number in (None, line.child))

    @property
    def asked(self) -> dict[str, PromptLine]:
        """The questions that wait for somebody's judgement, by label."""
        return {one.label: one for one in prompts_of(self.desk, self.id, self.hands.now)}

    @property
    def called_for(self) -> dict[str, EscalationOffer]:
        """What the record says should go up, by label."""
        return {one.label: one for one in offers(self.desk, self.id, self.hands.now) if one.because}

    @property
    def escalation(self) -> EscalationLine:
        """The escalation last submitted, as the list has it."""
        return escalations_of(self.desk, self.id, self.hands.now)[-1]

    @property
    def sheet(self) -> HandoverView:
        """The sheet for the next shift."""
        return handover_of(self.desk, self.hands.now)

    def on_sheet(self, heading: str) -> list[str]:
        """What stands under a heading of the sheet, a line each."""
        part = next(part for part in self.sheet.sections if part.heading.startswith(heading))
        return [f"{line.reference}: {line.what}" for line in part.lines]

    # What people do

    def at(self, moment: datetime) -> None:
        """It is now this moment."""
        assert moment >= self.hands.now, "a story goes on, not back"
        self.hands.now = moment

    def sits_down(self, name: str) -> None:
        """Somebody else works at the desk from here on."""
        self.desk = make_desk(self.desk.store, self.hands, name)

    def booked(self, words: str) -> None:
        """The discussion is booked for a time, without anybody having decided more."""
        self.desk.do(
            self.id, RecordMilestone(event="discussion_booked", label="Booked", at=self.time(words), planned=True)
        )

    def meets(self, label: str, at: str = "now", child: str = "", reason: str = "", safety: str = "") -> None:
        """What is owed under this label is done, in the first of the ways there are."""
        line = self.line(label, child)
        self.meets_as_seen(line, at=at, reason=reason, safety=safety)

    def meets_as_seen(self, line: ObligationLine, at: str = "now", reason: str = "", safety: str = "") -> None:
        """The same by somebody who has this line before them, perhaps since a while."""
        done = meet(line, line.met_by[0].event, self.time(at), reason=reason, safety=safety)
        self.desk.do(self.id, done, seen_version=line.version)

    def judges(self, label: str, answer: Literal["yes", "no", "unknown"], why: str) -> None:
        """Somebody answers a question of the desk."""
        prompt = self.asked[label]
        said = AnswerQuestions(answers={prompt.asks: answer}, reason=why)
        self.desk.do(self.id, said, seen_version=prompt.version)

    def changes_mind(self, fact: str, answer: Literal["yes", "no", "unknown"], why: str) -> None:
        """A judgement made before is made otherwise."""
        self.desk.do(self.id, AnswerQuestions(answers={fact: answer}, reason=why))

    def goes_to(self, form: str, name: str, role: str) -> None:
        """The service sets whom a form goes to."""
        self.desk.decide([RecipientsSet(form=form, recipients=(To(name=name, role=role),))])

    def form(self, label: str, discussion: int | None = None) -> EscalationForm:
        """A form as the record fills it."""
        now = self.hands.now
        found = next(
            one
            for one in offers(self.desk, self.id, now)
            if one.label == label and discussion in (None, one.discussion)
        )
        return form_of(self.desk, self.id, found.ladder, now, child=found.child, discussion=found.discussion)

    def escalates(self, label: str, *to: Recipient, who: str = "", discussion: int | None = None, **words: str) -> None:
        """A form goes up; to those the service has set where nobody is named."""
        form = self.form(label, discussion)
        self.desk.do(self.id, submit(form, words, to or form.recipients, self.hands.now, who=who))

    def acknowledges(self, by: str) -> None:
        """Whoever it went to has it."""
        number = self.escalation.number
        self.desk.do(self.id, AcknowledgeEscalation(escalation=number, at=self.hands.now, by=by))

    def updates(self, text: str) -> None:
        """More is known of it."""
        self.desk.do(self.id, UpdateEscalation(escalation=self.escalation.number, at=self.hands.now, text=text))

    def takes_up(self, said: str, who: str, role: str = "") -> None:
        """It goes up a step."""
        self.desk.do(self.id, take_up(self.escalation, self.hands.now, said=said, who=who, role=role))

    def concludes(self, outcome: str, *, resolved: bool = True) -> None:
        """It ends."""
        self.desk.do(self.id, conclude(self.escalation, self.hands.now, outcome=outcome, resolved=resolved))

    def on_duty(self, *names: str, until: str) -> None:
        """Who is on from now, until when."""
        self.desk.decide([OnDuty(names=names, since=self.hands.now, until=self.time(until))])

    def hands_over(self, *to: str, note: str = "") -> None:
        """The desk goes to the next shift with the sheet of this moment."""
        head = self.desk.store.head().seq
        self.desk.decide([HandedOver(at=self.hands.now, to=to, head=head, by=self.desk.actor, note=note)])
