"""Who may do what: a table of acts and roles, what a refusal says, and that nobody is locked out."""

from __future__ import annotations

from datetime import date

import pytest

from duty_tui.desk import permission
from duty_tui.desk.desk import Desk
from duty_tui.desk.service_defaults import service_defaults
from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    CloseConcern,
    Command,
    RecordMilestone,
    ReopenConcern,
    Withdraw,
)
from duty_tui.domain.decision_events import DecisionMade
from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.escalation_commands import AcknowledgeEscalation, SubmitEscalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.history import withdrawn
from duty_tui.domain.owed_commands import ApproveVariation, ExplainLateness
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern, ViewRecord
from duty_tui.domain.service import ClosureAdded, ServiceEvent
from duty_tui.domain.service_people import HandedOver, OnDuty, PersonListed, PersonRemoved, RoleMay
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands, make_desk

BOSS = "Ann Osei"
WHO = "Síle Ní Bhriain"
DECIDED = DecisionMade(
    discussion=1, box="s47", label="Section 47 enquiry", children=(1,), reason="Bruises.", sets=("outcome_s47",)
)
#: Something anybody might ask of a concern, by the act it takes.
ASKED: dict[str, Command] = {
    "record": AddNote(text="Rang home."),
    "agree": HoldNoDiscussion(reason="No cause.", decided="Decided", reasoned="Reasons recorded"),
    "book": RecordMilestone(event="discussion_booked", label="Booked for", at=NOW, planned=True),
    "attend": RecordMilestone(event="discussion_held", label="Held", at=NOW),
    "decide": AnswerQuestions(answers={"outcome_s47": "yes"}),
    "sign": RecordMilestone(event="record_completed", label="Record signed", at=NOW),
    "judge": AnswerQuestions(answers={"unlikely_within_limit": "yes"}, reason="No interpreter."),
    "escalate": SubmitEscalation(
        ladder="a/b", form="need_to_know", label="Need to Know", recipients=(To(name="Jo Webb"),), at=NOW,
        makes=("need_to_know_submitted",),
    ),
    "disagree": SubmitEscalation(
        ladder="a/c", label="Disagreement", who="Jo Webb", makes=("disagreement_raised",), at=NOW
    ),
    "acknowledge": AcknowledgeEscalation(escalation=1, by="Jo Webb", at=NOW),
    "explain": ExplainLateness(label="Hold", rule="a/hold", reason="No interpreter."),
    "vary": ApproveVariation(label="Hold", clock="hold", due=NOW, role="sw_manager", by="Jo Webb", reason="Agreed."),
    "close": CloseConcern(reason="Passed on."),
    "restrict": RestrictConcern(names=(BOSS, WHO), reason="About a member of staff."),
}  # fmt: skip
#: The same of the service itself.
DECIDED_HERE: dict[str, ServiceEvent] = {
    "service": ClosureAdded(day=date(2026, 12, 29), name="Staff day"),
    "hand_over": HandedOver(at=NOW, to=(BOSS,), head=1),
}
ROLES = list(service_defaults().role)


@pytest.fixture
def as_who(desk: Desk, store: MemoryStore, hands: Hands) -> Desk:
    """A desk at which somebody else sits, on a record with a concern, an escalation, and a duty manager listed."""
    desk.do("c1", raise_concern())
    desk.do("c1", SubmitEscalation(ladder="a/b", label="Need to Know", who="Jo Webb", at=hands.now))
    desk.decide([PersonListed(name=BOSS, roles=("duty_manager", "team_manager"))])
    return make_desk(store, hands, WHO)


def entries(desk: Desk) -> int:
    """How much is recorded on the concern and by the service."""
    return desk.store.version("c1") + desk.store.version("service")


def ask(desk: Desk, act: str) -> None:
    """Do what takes the act."""
    if act in ASKED:
        desk.do("c1", ASKED[act])
    else:
        desk.decide([DECIDED_HERE[act]])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", [*ASKED, *DECIDED_HERE])
def test_each_act_is_recorded_for_the_roles_that_may_and_for_no_other(
    desk: Desk, as_who: Desk, act: str, role: str
) -> None:
    desk.decide([PersonListed(name=WHO, roles=(role,))])
    before = entries(desk)
    if act in service_defaults().role[role].may:
        assert as_who.may(act) is None
        ask(as_who, act)
        assert entries(desk) > before
        return
    with pytest.raises(Refused) as told:
        ask(as_who, act)
    assert entries(desk) == before
    assert told.value.what == as_who.may(act)
    assert told.value.entry.startswith(("Your entry is NOT recorded", "Nothing was changed"))


def test_a_refusal_says_which_roles_may_and_as_what_the_person_is_here(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("business_support",))])
    with pytest.raises(Refused) as told:
        as_who.do("c1", AtDiscussion(event=DECIDED))
    assert told.value.what == (
        "Deciding for a child is for the chair, team manager or senior manager; you are here as business support."
    )
    assert told.value.entry == "Your entry is NOT recorded; your text is kept."
    assert told.value.do == "Ask one of them to do it."
    desk.decide([PersonListed(name=WHO, roles=("business_support", "chair"))])
    as_who.do("c1", AtDiscussion(event=DECIDED))


def test_a_name_that_is_not_listed_may_look_and_no_more(desk: Desk, as_who: Desk) -> None:
    assert as_who.concern("c1").version
    with pytest.raises(Refused, match="you are not in the list of people here and may only look") as told:
        as_who.do("c2", raise_concern())
    assert told.value.what.startswith("Recording on a concern is for the duty manager, chair, team manager, ")
    assert not desk.store.version("c2")
    as_who.do("c1", ViewRecord())


@pytest.mark.parametrize("name", ["sile ni bhriain", "SÍLE  NÍ BHRIAIN"])
def test_case_and_accents_do_not_make_another_person(desk: Desk, as_who: Desk, name: str) -> None:
    desk.decide([PersonListed(name=name, roles=("social_worker",))])
    assert as_who.may("record") is None


def test_a_service_that_has_listed_nobody_lets_everybody_do_everything(desk: Desk) -> None:
    assert {desk.may(act) for act in service_defaults().act} == {None}
    assert permission.refusals(desk.store, "Whoever") == {}


def test_what_a_role_may_do_here_is_what_the_service_says(desk: Desk, as_who: Desk) -> None:
    desk.decide(
        [PersonListed(name=WHO, roles=("business_support",)), RoleMay(role="business_support", acts=("decide",))]
    )
    assert as_who.may("decide") is None
    assert as_who.may("record") is not None
    desk.decide([RoleMay(role=role, acts=()) for role in ("chair", "business_support", "senior_manager")])
    desk.decide([RoleMay(role="team_manager", acts=("record",))])
    assert (
        as_who.may("decide") == "Deciding for a child is not given to any role here; you are here as business support."
    )


def test_a_role_and_an_act_of_a_newer_program_are_no_licence(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("night_lead", "chair"))])
    assert as_who.may("close") == (
        "Closing and reopening a concern is for the duty manager, team manager or senior manager; "
        "you are here as night_lead and chair."
    )
    assert (
        as_who.may("teleport") == "This (teleport) is not given to any role here; you are here as night_lead and chair."
    )
    assert as_who.may("") is None


def test_an_undo_takes_what_the_undone_entry_took(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    decided = desk.do("c1", AtDiscussion(event=DECIDED)).entries[0]
    closed = desk.do("c1", CloseConcern(reason="Passed on.")).entries[0]
    for entry, words in ((decided, "Deciding for a child"), (closed, "Closing and reopening")):
        with pytest.raises(Refused, match=words):
            as_who.do("c1", Withdraw(entry=entry))
        assert entry not in withdrawn(desk.concern("c1").history)
    desk.do("c1", ReopenConcern(reason="Came back."))
    note = as_who.do("c1", AddNote(text="Rang home.")).entries[0]
    as_who.do("c1", Withdraw(entry=note))


def test_answers_take_each_what_it_takes(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    as_who.do("c1", AnswerQuestions(answers={"reasonable_cause": "yes"}))
    with pytest.raises(Refused, match="Deciding for a child"):
        as_who.do("c1", AnswerQuestions(answers={"reasonable_cause": "yes", "outcome_no_s47": "yes"}))


def test_who_may_is_said_before_what_else_is_wrong(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    with pytest.raises(Refused, match="Closing and reopening"):
        as_who.do("c1", CloseConcern(reason=""))


def test_a_desk_hears_of_a_role_taken_away_elsewhere_before_its_next_entry(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    as_who.do("c1", AddNote(text="Rang home."))
    desk.decide([PersonRemoved(name=WHO)])
    with pytest.raises(Refused, match="not in the list of people"):
        as_who.do("c1", AddNote(text="Rang home again."))


@pytest.mark.parametrize(
    "locking",
    [
        [PersonRemoved(name=BOSS)],
        [PersonListed(name=BOSS, roles=("social_worker",))],
        [RoleMay(role=role, acts=("record",)) for role in ("duty_manager", "team_manager")],
    ],
    ids=["removed", "another role", "the roles no longer may"],
)
def test_the_last_person_who_may_change_the_service_stays(
    desk: Desk, as_who: Desk, locking: list[ServiceEvent]
) -> None:
    del as_who
    before = entries(desk)
    with pytest.raises(Refused, match="nobody would be left") as told:
        desk.decide(locking)
    assert entries(desk) == before
    assert told.value.entry == "Nothing was changed."
    assert "first" in told.value.do
    desk.decide([PersonListed(name=WHO, roles=("senior_manager",))])
    desk.decide(locking)


@pytest.mark.parametrize(
    "orphaning",
    [
        [PersonRemoved(name=WHO)],
        [PersonListed(name=WHO.upper(), roles=("read_only",))],
        [RoleMay(role="team_manager", acts=("record",))],
    ],
    ids=["removed", "read only", "the role no longer may"],
)
def test_a_restricted_concern_keeps_somebody_who_may_let_others_see_it(
    desk: Desk, as_who: Desk, orphaning: list[ServiceEvent]
) -> None:
    desk.decide([PersonListed(name=WHO, roles=("team_manager",)), PersonListed(name="Jo Webb", roles=("chair",))])
    as_who.do("c1", RestrictConcern(names=(WHO, "Jo Webb"), reason="About a member of staff."))
    as_who.do("c2", raise_concern())
    as_who.do("c2", RestrictConcern(names=(WHO,), reason="About a member of staff."))
    as_who.do("c2", CloseConcern(reason="Passed on."))
    before = entries(desk)
    with pytest.raises(Refused, match="nobody could let anybody else see C1 and C2, restricted") as told:
        desk.decide(orphaning)
    assert entries(desk) == before
    assert told.value.entry == "Nothing was changed."
    desk.decide([PersonRemoved(name="Jo Webb")])
    for concern in ("c1", "c2"):
        as_who.do(concern, RestrictConcern(names=(WHO, BOSS), reason="They leave."))
    desk.decide(orphaning)


def test_one_that_everybody_sees_again_keeps_nobody(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("team_manager",))])
    as_who.do("c1", RestrictConcern(names=(WHO,), reason="About a member of staff."))
    as_who.do("c1", LiftRestriction(reason="Not so."))
    desk.decide([PersonListed(name=WHO, roles=("chair",))])
    desk.decide([PersonRemoved(name=WHO)])


def test_whoever_is_listed_first_need_not_be_named(desk: Desk) -> None:
    desk.do("c1", raise_concern())
    desk.do("c1", RestrictConcern(names=(BOSS,), reason="About a member of staff."))
    desk.decide([PersonListed(name=WHO, roles=("senior_manager",))])


def test_the_first_person_listed_must_be_one_who_may_change_the_service(desk: Desk) -> None:
    with pytest.raises(Refused, match="nobody would be left") as told:
        desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    assert told.value.do == "List somebody as duty manager, team manager or senior manager first."
    desk.decide([PersonListed(name=WHO, roles=("social_worker",)), PersonListed(name=BOSS, roles=("duty_manager",))])


def test_no_role_at_all_may_be_left_without_the_act(desk: Desk, as_who: Desk) -> None:
    del as_who
    with pytest.raises(Refused) as told:
        desk.decide([RoleMay(role=role, acts=("record",)) for role in ROLES])
    assert told.value.do == "Leave it to one role at least."


def test_before_anybody_is_listed_what_roles_may_do_can_be_set(desk: Desk) -> None:
    desk.decide([RoleMay(role="duty_manager", acts=("record",))])
    assert desk.books.service.may == {"duty_manager": ("record",)}


def test_every_refusal_is_known_at_once_without_reading_a_policy(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("senior_manager",))])
    refused = permission.refusals(desk.store, WHO)
    assert refused == {act: as_who.may(act) for act in service_defaults().act if as_who.may(act)}
    assert set(refused) == {"book", "attend", "act"}


def test_going_on_duty_takes_its_own_act(desk: Desk, as_who: Desk) -> None:
    desk.decide([PersonListed(name=WHO, roles=("social_worker",))])
    with pytest.raises(Refused, match="Handing over the desk is for the duty manager"):
        as_who.decide([OnDuty(names=(WHO,), since=NOW)])
