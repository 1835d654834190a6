"""What may be typed while the record is away and sent later, and what needs the record to answer first. One table.

It may wait when all of this is true of it: it says what somebody saw, was told or did, which is as true before the
record knows it as after; nobody else acts on it the moment it is recorded; nothing that others may have recorded
meanwhile decides whether it may be done at all. What is left is looked at by the desk when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.desk.service_defaults import service_defaults
from duty_tui.domain import (
    circulation_commands,
    destruction_commands,
    escalation_commands,
    paper_commands,
    restriction_commands,
)
from duty_tui.domain import circulation_events as sending
from duty_tui.domain import commands as on_concern
from duty_tui.domain import decision_events as decided
from duty_tui.domain import discussion_events as happened
from duty_tui.domain.commands import AnswerQuestions, Command, RecordMilestone
from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness, MeetObligation

_DECIDES = "it is a decision that others act on as soon as it is recorded"
_WHOSE = "others must see at once whose it is"
_UNDOES = "what it undoes must be seen as it stands now"
_WHO_SEES = "who may see the concern must be settled in the record"
_TELLS = "it goes to other people, and the record says whether they have it already"
_COURSE = "whether the discussion has begun or ended must be seen in the record"
_SIGNS = "a signature is for the record as it stands now"
_PAPER = "documents are made from the record as it stands now"
_DESTROYS = "what is destroyed must be seen as it stands now"

#: Every command and every event at a discussion: empty when it may wait, else why it needs the record to answer first.
TABLE: dict[type[Command | DiscussionEvent], str] = {
    on_concern.RaiseConcern: "",
    on_concern.AddNote: "",
    on_concern.AnswerQuestions: "",
    on_concern.RecordChild: "",
    on_concern.CorrectDetails: "",
    on_concern.RecordMilestone: "",
    RecordOrder: "",
    MeetObligation: "",
    ExplainLateness: "",
    happened.AttemptLogged: "",
    happened.PersonInvited: "",
    happened.PersonRecorded: "",
    happened.RoleInformed: "",
    happened.LineNoted: "",
    happened.PointAnswered: "",
    decided.DissentRecorded: "",
    decided.ActionAgreed: "",
    decided.ActionDone: "",
    on_concern.ChangeOwner: _WHOSE,
    on_concern.CloseConcern: _DECIDES,
    on_concern.ReopenConcern: _DECIDES,
    on_concern.Withdraw: _UNDOES,
    HoldNoDiscussion: _DECIDES,
    ApproveVariation: _DECIDES,
    escalation_commands.SubmitEscalation: _TELLS,
    escalation_commands.AcknowledgeEscalation: _TELLS,
    escalation_commands.UpdateEscalation: _TELLS,
    escalation_commands.TakeUp: _TELLS,
    escalation_commands.ConcludeEscalation: _TELLS,
    circulation_commands.Circulate: _TELLS,
    restriction_commands.RestrictConcern: _WHO_SEES,
    restriction_commands.LiftRestriction: _WHO_SEES,
    restriction_commands.ViewRecord: _WHO_SEES,
    destruction_commands.DestroyEntries: _DESTROYS,
    happened.DiscussionAgreed: _DECIDES,
    happened.DiscussionBooked: _TELLS,
    happened.DiscussionStarted: _COURSE,
    happened.DiscussionEnded: _COURSE,
    happened.HeldInquorate: _DECIDES,
    decided.DecisionMade: _DECIDES,
    decided.SharingDecided: _DECIDES,
    decided.ChildPlaced: _DECIDES,
    decided.ConferenceMoved: _DECIDES,
    decided.RecordSigned: _SIGNS,
    decided.RecordAddedTo: _SIGNS,
    paper_commands.NoteSignsNotShown: _PAPER,
    sending.AddressNoted: _TELLS,
    sending.RecordDrafted: _TELLS,
    sending.RecordSent: _TELLS,
    sending.SendRefused: _TELLS,
    sending.RecordReceived: _TELLS,
}
#: The acts of data/service.toml that a word of the vocabulary may take and still be only something that happened.
_HAPPENED = frozenset(("record", "attend"))


def why_not_wait(command: Command) -> str:
    """Why a command needs the record to answer first, as the end of a sentence; empty when it may wait."""
    return next(filter(None, _reasons(command)), "")


def _reasons(command: Command) -> Iterator[str]:
    match command:
        case AllAtDiscussion():
            for one in command.each:
                yield from _reasons(one)
        case AtDiscussion():
            yield _UNDOES if command.instead_of else ""
            yield TABLE[type(command.event)]
        case _:
            yield TABLE[type(command)]
            takes = service_defaults().takes.word
            yield from (_DECIDES for word in _words(command) if takes.get(word, "record") not in _HAPPENED)


def _words(command: Command) -> Iterator[str]:
    """The events and facts of the policies' vocabulary that a command states: some of them are decisions.

    Those told with a new concern are not asked about: a concern is always taken.
    """
    match command:
        case RecordMilestone():
            yield command.event
        case AnswerQuestions():
            yield from command.answers
        case MeetObligation():
            yield command.milestone.event
        case RecordOrder():
            for one in (*command.milestones, *command.answers):
                yield from _words(one)
