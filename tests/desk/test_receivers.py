"""Whom a record is for: who was asked, there or heard from; never the family, never who may not see the concern."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from duty_tui.desk.circulation_situation import circulated_at
from duty_tui.desk.receivers import circulated_events, receivers_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import RecordSent, Whom
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.rules.evaluate import Rulebook
from duty_tui.rules.loader import builtin_folder, load_pack, load_vocabulary
from duty_tui.views.circulation import Receiving
from tests.builders import a_concern, do
from tests.desk.circulated import PEOPLE, SIX, asked
from tests.discussions import QUARTER_PAST, discussion, person, said, siblings
from tests.rules.house import written

#: A house policy by which only who took part must have the record.
ATTENDED = """
[[obligation]]
id     = "copy"
do     = "Copy the record"
label  = "Copy"
met_by = ["record_circulated"]
receives = ["attended"]
owner  = "cs_care"
per    = "discussion"

  [[obligation.clock]]
  id       = "copy-one"
  strength = "must"
  starts   = { earliest = ["discussion_held"] }
  within   = { working_days = 1 }
  cite     = { paragraph = "1", words = "within one working day" }
"""
ALL = ATTENDED.replace('receives = ["attended"]\n', "")


def concern(*more: DiscussionEvent) -> Concern:
    return said(a_concern(raised=siblings()), *PEOPLE, *more)


def found(known: Concern, rulebook: Rulebook | None = None) -> dict[str, Receiving]:
    receivers = receivers_of(known, discussion(known), rulebook or written(ALL))
    assert len({one.who.name for one in receivers}) == len(receivers)
    return {one.who.name: one for one in receivers}


def must(people: Iterable[Receiving]) -> list[str]:
    return sorted(one.who.name for one in people if one.must)


def test_all_who_were_asked_took_part_or_sent_a_report_must_have_it() -> None:
    people = found(concern())
    assert tuple(must(people.values())) == SIX
    assert people["Di Ray"].parts == ("invited",)
    assert people["PC Hale"].parts == ("invited", "attended")
    assert people["P. Lund"].parts == ("contributed",)
    assert people["PC Hale"].who.contact == "Hale <pc.hale@north.police.uk>, 0161 496 0000"
    assert len(people["PC Hale"].who.ids) == 2
    assert people["Sam Kaur"].title == "Paediatrician"
    assert people["Jo Webb"].title == load_vocabulary().role["education"].label


def test_a_policy_may_say_that_fewer_must_and_then_the_others_may() -> None:
    people = found(concern(), written(ATTENDED))
    assert must(people.values()) == ["Ann Osei", "PC Hale", "Sam Kaur"]
    assert not people["Di Ray"].barred


def test_every_policy_that_circulates_the_record_says_to_whom() -> None:
    words = load_vocabulary()
    assert circulated_events(words) == {"record_circulated"}
    rules = [
        rule
        for folder in builtin_folder().iterdir()
        if folder.is_dir()
        for rule in load_pack(folder, words).newest.obligation
        if "record_circulated" in rule.met_by
    ]
    assert [rule.receives for rule in rules] == [("invited", "attended", "contributed")] * 4


@pytest.mark.parametrize(
    "relative",
    [
        person("Mrs Okoye", "family", job="Mother", agency=""),
        asked("Mrs Okoye", "family"),
        person("Mrs Okoye", "other_agency", job="mother", agency="Home"),
        person("Mrs Okoye", "other_agency", job="", agency="Family"),
        person("Mrs Okoye", "education", job="Parent", agency="Hollin School", standing="report"),
    ],
)
def test_the_family_never_has_it_however_they_were_written_down(relative: DiscussionEvent) -> None:
    people = found(concern(relative))
    assert tuple(must(people.values())) == SIX
    assert people["Mrs Okoye"].barred.startswith("The family: what they are told is a decision")


def test_once_written_down_as_family_always_family() -> None:
    people = found(concern(asked("Mrs Okoye", "family"), person("Mrs Okoye", "other_agency", job="", agency="")))
    assert people["Mrs Okoye"].barred


def test_a_role_a_policy_excludes_has_no_record() -> None:
    exclude = '\n[[attend]]\nneed  = "exclude"\nrole  = "education"\ntitle = "School"\n'
    rulebook = written(ALL + exclude + 'cite  = { paragraph = "1", words = "not invited" }\n')
    people = found(concern(), rulebook)
    assert people["Jo Webb"].barred.startswith(load_vocabulary().role["education"].label)
    assert must(people.values()) == ["Ann Osei", "Di Ray", "PC Hale", "Sam Kaur"]


def test_of_a_restricted_concern_only_those_named_have_it() -> None:
    known = do(concern(), RestrictConcern(names=("ola", "Ann Osei", "di ráy"), reason="Staff"), at=QUARTER_PAST)
    people = found(known)
    assert must(people.values()) == ["Ann Osei", "Di Ray"]
    assert people["PC Hale"].barred == "The concern is restricted, and they are not among those named."


def test_one_person_in_two_entries_is_one_and_two_of_one_name_are_two() -> None:
    people = receivers_of(
        known := concern(
            asked("Lee Fox", "police", agency="Police"),
            person("Lee Fox", "police", agency="", job=""),
            person("Lee Fox", "education", agency="Hollin School", job=""),
        ),
        discussion(known),
        written(ALL),
    )
    assert [one.who.agency for one in people if one.who.name == "Lee Fox"] == ["Police", "Hollin School"]


def test_somebody_asked_without_a_name_stands_there_until_somebody_comes() -> None:
    youth = load_vocabulary().role["youth"].label
    assert youth in found(concern(asked("", "youth", agency="Hill Surgery")))
    assert youth not in found(
        concern(asked("", "youth", agency="Hill Surgery"), person("Dr Shah", "youth", agency="Hill"))
    )
    assert len([name for name in found(concern(asked("", "youth"), asked("", "youth"))) if name == youth]) == 1
    both = receivers_of(known := concern(asked("", "youth"), asked("", "housing_x")), discussion(known), written(ALL))
    assert {youth, "housing_x"} <= {one.who.name for one in both}


def test_a_discussion_that_has_not_begun_is_asked_about_by_nobody_s_policy() -> None:
    known = said(a_concern(raised=siblings()), asked())
    assert must(receivers_of(known, discussion(known), written(ATTENDED))) == ["Di Ray"]


# ------------------------------------------------------------------------------------------------------------ the clock
def send(known: Concern, *names: str, children: tuple[int, ...] = (1, 2), minute: int = 0) -> Concern:
    """The records went to these people, a minute apart."""
    for place, name in enumerate(names, minute):
        who = found(known)[name].who
        event = RecordSent(
            discussion=1,
            to=Whom(name=who.name, agency=who.agency, ids=who.ids),
            at=QUARTER_PAST.replace(minute=20 + place),
            children=children,
            version=known.version,
            route="smtp" if place % 2 else "draft",
        )
        known = do(known, Circulate(each=(event,)), at=QUARTER_PAST.replace(hour=20))
    return known


def circulated(known: Concern) -> list[object]:
    happened = situation_of(known, written(ALL)).events.get("record_circulated", [])
    return [(one.at.minute, one.child, one.discussion) for one in happened]


def test_it_is_circulated_when_the_last_who_must_have_it_has_it() -> None:
    known = send(concern(), *SIX[:-1])
    assert circulated(known) == []
    assert circulated(send(known, SIX[-1], minute=9)) == [(29, None, 1)]


def test_it_is_circulated_when_everybody_has_every_child_s() -> None:
    known = send(concern(), *SIX, children=(1,))
    assert circulated(known) == []
    assert circulated(send(known, *SIX, children=(2,), minute=10)) == [(35, None, 1)]


def test_sending_it_again_moves_nothing() -> None:
    assert circulated(send(send(concern(), *SIX), *SIX, minute=20)) == [(25, None, 1)]


def test_somebody_named_afterwards_must_have_it_too() -> None:
    known = said(send(concern(), *SIX), person("Dr Shah", "youth"))
    assert circulated(known) == []
    assert circulated(send(known, "Dr Shah", minute=30)) == [(50, None, 1)]


def test_what_was_recorded_by_mistake_does_not_count() -> None:
    known = send(concern(), *SIX[1:], SIX[0])
    slip = next(item for item in known.history if isinstance(item.event, RecordSent) and item.event.to.name == SIX[1])
    assert circulated(do(known, Withdraw(entry=slip.stamp.entry, reason="x"), at=QUARTER_PAST)) == []


def test_a_name_put_right_keeps_what_it_had() -> None:
    known = send(concern(), *SIX)
    webb = found(known)["Jo Webb"].who
    known = said(known, asked("Joanne Webb", "education", agency="Hollin Academy", person=webb.ids[0]))
    assert circulated(known) == [(25, None, 1)]


def test_the_family_and_whoever_is_not_named_are_not_waited_for() -> None:
    known = concern(person("Mrs Okoye", "family", agency=""))
    assert circulated(send(known, *SIX)) == [(25, None, 1)]
    named = ("ola", *SIX[:2])
    known = do(known, RestrictConcern(names=named, reason="Staff"), at=QUARTER_PAST)
    assert circulated(send(known, *SIX[:2])) == [(21, None, 1)]


def test_where_nobody_must_have_it_nothing_has_happened() -> None:
    known = said(a_concern(raised=siblings()), PEOPLE[2])
    assert circulated_at(known, discussion(known), written(ALL)) is None
    assert circulated_at(known, Discussion(7), written(ALL)) is None
