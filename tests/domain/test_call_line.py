"""What a line typed in a call is read as; words with a meaning are understood, all others are kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.call_again import Before, put_right, typed
from duty_tui.domain.call_line import PREFIXES, CallLine, bare_word, read_line, word_of
from duty_tui.domain.call_setting import Named, Point, Setting
from duty_tui.domain.call_things import settles
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ChildPlaced,
    DecisionMade,
    DissentRecorded,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import LineNoted, PersonRecorded, PointAnswered
from duty_tui.domain.text import strip_controls
from tests.domain.call_words import BOXES, DECISIONS, NOW, PEOPLE, SETTING, with_only


def read(text: str, setting: Setting = SETTING) -> CallLine:
    return read_line(text, setting)


@pytest.mark.parametrize(
    ("text", "word"),
    [("/d", "DECIDE"), (" /D ", "DECIDE"), ("/w ", "PERSON"), ("/q", "ANSWER"), ("/d 1", ""), ("/3", ""), ("/", ""),
     ("", ""), ("d", ""), ("/z", "")],
)  # fmt: skip
def test_a_prefix_alone_is_told_from_a_line(text: str, word: str) -> None:
    assert bare_word(text) == word


def event_of(text: str, **known: Any) -> Any:
    line = read(text, with_only(**known))
    assert line.event is not None, line
    return line.event


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


# Notes


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bruise 4x3 cm on the left arm", "Bruise 4x3 cm on the left arm"),
        ("  outer blanks go  ", "outer blanks go"),
        ("a/d and /a inside are text", "a/d and /a inside are text"),
        ("/dinner was late", "/dinner was late"),
        ("/z is no prefix", "/z is no prefix"),
        ("//d begins with a stroke", "/d begins with a stroke"),
        ("/1234 is no point", "/1234 is no point"),
    ],
)
def test_what_has_no_prefix_is_a_note(text: str, kept: str) -> None:
    line = read(text)
    assert (line.word, line.event) == ("NOTE", LineNoted(discussion=2, text=kept))


def test_a_prefix_nobody_knows_is_said_and_kept() -> None:
    assert read("/z is no prefix").doubt == "there is no /z: kept as a note, as it stands"
    assert read("/considerably long").doubt == "there is no /considerab…: kept as a note, as it stands"


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_nothing_typed_is_nothing(text: str) -> None:
    assert read(text).empty


def test_a_stroke_alone_lists_what_may_follow() -> None:
    line = read("/")
    assert line.event is None
    assert line.choices.startswith("/w person · /d decide · /a action")
    assert not line.empty


def test_an_escalation_is_a_marked_note_and_says_that_it_is_no_more() -> None:
    line = read("/e to the service manager, no health")
    assert line.word == "ESCALATE"
    assert line.event == LineNoted(discussion=2, text="Escalate: to the service manager, no health")
    assert line.doubt == "a marked note, nobody is told of it; /e alone opens the forms that go to somebody"
    assert read("/e ").lacks


@pytest.mark.parametrize("prefix", PREFIXES, ids=lambda one: one.word)
def test_every_example_in_help_can_be_read_as_what_it_says(prefix: Any) -> None:
    line = read(prefix.example)
    assert line.word == prefix.word == word_of(prefix.example)
    assert line.event or line.lacks


@pytest.mark.parametrize("prefix", PREFIXES, ids=lambda one: one.word)
def test_a_prefix_alone_says_what_is_missing(prefix: Any) -> None:
    for letter in prefix.letters:
        line = read("/" + letter)
        assert (line.event, line.word) == (None, prefix.word)
        assert line.lacks


# Decisions


@pytest.mark.parametrize(
    ("text", "box", "children", "reason"),
    [
        ("/d 1 amara kofi injury unexplained", 0, (1, 2), "injury unexplained"),
        ("/D 1 Amara and Kofi: injury", 0, (1, 2), "injury"),
        ("/d 1. amara, kofi injury", 0, (1, 2), "injury"),
        ("/d 1 amara,kofi injury", 0, (1, 2), "injury"),
        ("/d 2 for Amara Okafor and Will reason: x", 1, (1, 3), "x"),
        ("/d 2 Okafor Amara x", 1, (1, 2, 3), "Okafor Amara x"),
        ("/d 2 all seen well", 1, (1, 2, 3), "seen well"),
        ("/d 2 seen well", 1, (1, 2, 3), "seen well"),
        ("/d 2 2 3 bruises", 1, (2, 3), "bruises"),
        ("/d 2 child 2 bruises", 1, (2,), "bruises"),
        ("/d 2 9 bruises", 1, (1, 2, 3), "9 bruises"),
        ("/d s47 kofi why", 0, (2,), "why"),
        ("/d section 47 enquiries kofi why", 0, (2,), "why"),
        ("/d police kofi why", 2, (2,), "why"),
        ("/d no kofi safe", 3, (2,), "safe"),
        ("/d 4 will be seen again", 3, (1, 2, 3), "will be seen again"),
        ("/d 4 Will safe", 3, (3,), "safe"),
        ("/d 4 Kofi's arm is well", 3, (1, 2, 3), "Kofi's arm is well"),
        ("/d 1 kofi and mother disagree", 0, (2,), "and mother disagree"),
        ("/d 4 kofi - safe", 3, (2,), "safe"),
    ],
)
def test_a_decision_its_children_and_its_reason(text: str, box: int, children: tuple[int, ...], reason: str) -> None:
    event = event_of(text)
    assert isinstance(event, DecisionMade)
    assert (event.box, event.label, event.sets) == (BOXES[box].box, BOXES[box].label, BOXES[box].sets)
    assert (event.children, event.reason) == (children, reason)
    assert (event.sets_alone, event.unless_with) == (BOXES[box].sets_alone, BOXES[box].unless_with)


def test_a_decision_is_read_back_with_every_child_by_name() -> None:
    assert read("/d 1 amara kofi injury unexplained").says == (
        "Section 47 enquiries, with a core assessment, for Amara and Kofi, reason: injury unexplained"
    )
    assert "for Amara, Kofi and Will" in read("/d 1 injury").says


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("/d", "which decision"),
        ("/d 9 kofi why", "there is no such number"),
        ("/d 12345", "there is no such number"),
        ("/d zebra", "which decision"),
        ("/d 1", "why: the reason"),
        ("/d 1 kofi", "why: the reason"),
        ("/d 1 kofi -", "why: the reason"),
        ("/d 1 ama why", "Ama is not part of this discussion: /c adds a child"),
    ],
)
def test_what_a_decision_still_needs(text: str, lacks: str) -> None:
    line = read(text)
    assert (line.event, line.lacks) == (None, lacks)


def test_a_decision_that_begins_like_two_is_asked_about() -> None:
    boxes = (BOXES[0], BOXES[0]._replace(box="b", label="Section 47 without police"))
    assert read("/d section 47 kofi x", with_only(boxes=boxes)).lacks == "which of the decisions that begin so"
    assert event_of("/d section 47 without police kofi x", boxes=boxes).box == "b"


def test_a_decision_named_in_full_still_needs_its_reason() -> None:
    line = read("/d police investigation")
    assert (line.event, line.says, line.lacks) == (
        None,
        "Police investigation, for Amara, Kofi and Will",
        "why: the reason",
    )


def test_no_decision_without_a_child() -> None:
    assert read("/d 1 why", with_only(children=())).lacks == "a child it is decided for"


def test_children_of_one_name_are_told_apart_by_full_name_or_number() -> None:
    twins = (Named(1, "Sam Okafor"), Named(2, "Sam Lind"))
    assert read("/d 1 sam why", with_only(children=twins)).lacks == "2 children are called Sam: write the number 1 or 2"
    assert event_of("/d 1 sam lind why", children=twins).children == (2,)
    assert event_of("/d 1 2 why", children=twins).children == (2,)


def test_with_one_child_a_number_is_text() -> None:
    one = (Named(1, "Amara Okafor"),)
    assert event_of("/d 1 1 bruise", children=one).reason == "1 bruise"


def test_both_are_two() -> None:
    two = (Named(1, "Amara"), Named(2, "Kofi"))
    event = event_of("/d 1 both why", children=two)
    assert (event.children, event.reason) == ((1, 2), "why")


def test_a_child_without_a_name_has_a_number() -> None:
    event = event_of("/d 1 2 why", children=(Named(1, "Amara"), Named(2, "")))
    assert event.children == (2,)


# Actions


@pytest.mark.parametrize(
    ("text", "who", "agency", "what", "due", "children"),
    [
        ("CD visit home and see Kofi alone today 17:00", "CD", "", "visit home and see Kofi alone", at(20, 17), (2,)),
        ("police to check PNC by 15:30", "police", "police", "check PNC", at(20, 15, 30), (1, 2, 3)),
        ("school nurse ring GP tomorrow", "school nurse", "health", "ring GP", at(22, 0), (1, 2, 3)),
        ("DS Patel PNC check in 2h", "DS Patel", "police", "PNC check", at(20, 16, 30), (1, 2, 3)),
        ("patel PNC check within 2h", "DS Patel", "police", "PNC check", at(20, 16, 30), (1, 2, 3)),
        ("Ms Lund: ring home before Monday noon", "Ms Lund", "", "ring home", at(23, 12), (1, 2, 3)),
        ("Patel: ring", "Patel", "police", "ring", None, (1, 2, 3)),
        (
            "the ward: keep Amara's bed until tomorrow 10:00.",
            "the ward",
            "health",
            "keep Amara's bed",
            at(21, 10),
            (1,),
        ),
        ("referrer told today 16:00", "referrer", "", "told", at(20, 16), (1, 2, 3)),
        ("ring GP", "", "", "ring GP", None, (1, 2, 3)),
        ("see child 3 and Kofi", "", "", "see child 3 and Kofi", None, (2, 3)),
        ("flat 3 10", "", "", "flat 3 10", None, (1, 2, 3)),
        ("ring 1430", "", "", "ring 1430", None, (1, 2, 3)),
        ("CD will ring at 9am on 23/11", "CD", "", "will ring", at(23, 9), (1, 2, 3)),
        ("RING GP", "", "", "RING GP", None, (1, 2, 3)),
        ("ring by " + "x" * 50, "", "", "ring by " + "x" * 50, None, (1, 2, 3)),
        ("ring on", "", "", "ring on", None, (1, 2, 3)),
        ("visit at 17:00 and again", "", "", "visit at 17:00 and again", None, (1, 2, 3)),
        ("see Ama", "", "", "see Ama", None, (1, 2, 3)),
    ],
)
def test_who_does_what_by_when(  # noqa: PLR0917 (the columns of the table)
    text: str, who: str, agency: str, what: str, due: datetime | None, children: tuple[int, ...]
) -> None:
    event = event_of("/a " + text)
    assert isinstance(event, ActionAgreed)
    assert (event.who, event.agency, event.what, event.due) == (who, agency, what, due)
    assert event.children == children


def test_an_action_is_read_back_with_its_time_in_full() -> None:
    assert read("/a CD visit home and see Kofi alone today 17:00").says == "CD, due Fri 20 Nov 2026 17:00, for Kofi"
    assert read("/a ring").says == "nobody named yet, no time yet, for Amara, Kofi and Will"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("/a ring at 9:00", "that is past"),
        ("/a ring friday", "Which Fri? Write last Fri, next Fri or the date."),
        ("/a ring on 25/10/2026 01:30", "01:30 comes twice on Sun 25 Oct 2026, for the clocks go back. Which one?"),
    ],
)
def test_a_time_in_doubt_is_said(text: str, doubt: str) -> None:
    assert read(text).doubt == doubt


def test_an_action_needs_something_to_do_and_a_child() -> None:
    assert read("/a Patel today 17:00").lacks == "what is to be done"
    assert read("/a ring", with_only(children=())).lacks == "a child it is done for"


# People


@pytest.mark.parametrize(
    ("text", "name", "job", "agency", "role"),
    [
        ("DC Blunt police sgt MASH", "DC Blunt", "sgt MASH", "police", "police"),
        ("DC Blunt", "DC Blunt", "", "police", "police"),
        ("police DC Ahn", "DC Ahn", "", "police", "police"),
        ("sergeant Ahn", "Ahn", "sergeant", "police", "police"),
        ("Dr Moss, paediatrician", "Dr Moss", "paediatrician", "health", "health"),
        ("Jo Ray health visitor", "Jo Ray", "health visitor", "health", "health"),
        ("Sam Roe nurse ward", "Sam Roe", "nurse", "ward", "health"),
        ("Sam Roe consultant hospital", "Sam Roe", "consultant", "hospital", "health"),
        ("Ms Lund school DSL", "Ms Lund", "DSL", "school", "education"),
        ("Ms Lund DSL school", "Ms Lund", "DSL", "school", "education"),
        ("Bo Lind social worker", "Bo Lind", "social worker", "children's social care", "social_worker"),
        ("Kit Moor referrer", "Kit Moor", "referrer", "", "referrer"),
        ("Kit Moor", "Kit Moor", "", "", "other_agency"),
    ],
)
def test_somebody_joins(text: str, name: str, job: str, agency: str, role: str) -> None:
    for prefix in ("/w ", "/+ "):
        event = event_of(prefix + text)
        assert isinstance(event, PersonRecorded)
        assert (event.name, event.job, event.agency, event.role) == (name, job, agency, role)
        assert (event.standing, event.person, event.joined) == ("present", "", None)


def test_a_word_of_several_parts_means_the_one_the_policies_ask_for() -> None:
    assert event_of("/w Sam Roe consultant").role == "health"
    assert event_of("/w Sam Roe consultant", asked=("hospital_clinician",)).role == "hospital_clinician"
    assert event_of("/w Sam Roe consultant", asked=()).role == "hospital_clinician"


@pytest.mark.parametrize(
    ("text", "standing", "reason", "doubt"),
    [
        ("Ms Lund school apologies at a funeral", "apologies", "at a funeral", ""),
        ("Ms Lund school apologies", "apologies", "", "why they cannot come is not said"),
        ("Ms Lund school absent", "absent", "", ""),
        ("Ms Lund school report by e-mail", "report", "by e-mail", ""),
        ("Mrs Okafor mother", "present", "", "the policy says that the family is never part of it"),
        ("Kit", "present", "",
         "agency not understood: counts for no agency until it is said (police, health, school …)"),
    ],
)  # fmt: skip
def test_how_somebody_stood_to_it(text: str, standing: str, reason: str, doubt: str) -> None:
    line = read("/w " + text)
    assert isinstance(line.event, PersonRecorded)
    assert (line.event.standing, line.event.reason, line.doubt) == (standing, reason, doubt)


def test_somebody_known_leaves_comes_back_and_changes() -> None:
    left = event_of("/w Patel left 14:10")
    assert (left.person, left.name, left.left, left.joined, left.senior) == (
        "p2",
        "DS Patel",
        at(20, 14, 10),
        NOW,
        True,
    )
    assert event_of("/w ds patel left").left == NOW
    away = event_of("/w DS Patel left for court")
    assert (away.left, away.reason) == (NOW, "for court")
    assert read("/w DS Patel left 16:00").doubt == "that time is still to come"
    back = event_of("/w Lin here")
    assert (back.person, back.standing, back.joined, back.reason) == ("p3", "present", NOW, "")
    assert event_of("/w Dr Jo Lin apologies in theatre").reason == "in theatre"
    moved = event_of("/w DS Patel health nurse")
    assert (moved.agency, moved.job, moved.role) == ("health", "nurse", "health")
    assert event_of("/w DS Patel of Hollin").job == "of Hollin"
    assert event_of("/w DS Patel").job == "sergeant"


def test_two_of_one_surname_are_new_people_until_named_in_full() -> None:
    people = (*PEOPLE, PEOPLE[1]._replace(id="p4", name="DC Patel"))
    assert event_of("/w Patel police", people=people).person == ""
    assert event_of("/w DC Patel left", people=people).person == "p4"


def test_a_part_without_a_name_asks_for_it() -> None:
    line = read("/w mother")
    assert (line.event, line.lacks, line.says) == (None, "the name", "The family")


def test_who_is_asked_for_is_offered() -> None:
    assert read("/w").choices == "social care · health · police · school"


# Answers, sharing, challenge, children


def test_a_number_answers_its_point() -> None:
    event = event_of("/3 seen by us in May")
    assert event == PointAnswered(discussion=2, item="three/known", text="seen by us in May", agency="police")
    assert event_of("/q 2 yes").child == 1
    assert event_of("/Q 4. no").text == "no"
    assert read("/3 x").says == "3 What each agency knows (police)"
    assert read("/2 x").says == "2 Risk: has this child suffered significant harm? (Amara)"
    assert read("/1 two bruises").doubt == "instead of: a bruise"


FURTHER = Point("day/further", "Is a further discussion needed?", sets="more_discussions_needed", of_discussion=True)


@pytest.mark.parametrize(
    ("said", "answer"),
    [("yes, on Monday", "yes"), ("No.", "no"), ("not known yet", "unknown"), ("unknown", "unknown")],
)
def test_an_answer_that_begins_with_yes_or_no_answers_the_policys_own_question(said: str, answer: str) -> None:
    setting = replace(SETTING, points=(FURTHER,))
    line = read_line(f"/1 {said}", setting)
    assert isinstance(line.event, PointAnswered)
    settled = settles(line.event, setting)
    assert settled is not None
    assert (settled.answers, settled.discussion) == ({"more_discussions_needed": answer}, setting.discussion)
    assert line.doubt == ""


@pytest.mark.parametrize("said", ["nobody knows", "noted", "perhaps yes"])
def test_an_answer_that_begins_otherwise_says_that_the_question_stays_open(said: str) -> None:
    setting = replace(SETTING, points=(FURTHER,))
    line = read_line(f"/1 {said}", setting)
    assert isinstance(line.event, PointAnswered)
    assert settles(line.event, setting) is None
    assert line.doubt == "begin with yes, no or not known, and the policy's own question is answered too"


def test_an_answer_to_a_point_that_settles_nothing_answers_no_question() -> None:
    event = event_of("/3 yes")
    assert isinstance(event, PointAnswered)
    assert settles(event, SETTING) is None
    assert settles(event, replace(SETTING, points=())) is None


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("/q", "which point: its number"),
        ("/9 x", "there is no point with that number"),
        ("/0 x", "there is no point with that number"),
        ("/q seen", "there is no point with that number"),
        ("/2", "the answer"),
    ],
)
def test_which_point_and_what(text: str, lacks: str) -> None:
    assert (read(text).event, read(text).lacks) == (None, lacks)


def test_the_points_still_open_are_offered() -> None:
    assert read("/q").choices.startswith("2 Risk: has this child")


def test_what_the_family_is_told() -> None:
    told = event_of("/s they are told of the visit; tonight by CD")
    assert told == SharingDecided(
        discussion=2, children=(1, 2, 3), what="they are told of the visit", when="tonight by CD"
    )
    assert event_of("/s Kofi's father is told").children == (2,)
    withheld = event_of("/s withheld: it would put Kofi at risk")
    assert (withheld.withheld, withheld.what, withheld.children) == ("it would put Kofi at risk", "", (2,))
    assert read("/s they are told").says == "family told, for Amara, Kofi and Will; when is not said (; when)"


@pytest.mark.parametrize("text", ["/s", "/s not", "/s ; tonight"])
def test_sharing_says_something_or_why_not(text: str) -> None:
    assert read(text).event is None
    assert read(text).lacks
    assert read("/s x", with_only(children=())).lacks == "a child it is about"


def test_a_challenge_stands_beside_a_decision() -> None:
    last = event_of("/x DS Patel: no grounds for it")
    assert last == DissentRecorded(
        discussion=2, decision="d2", who="DS Patel", agency="police", text="no grounds for it"
    )
    assert event_of("/x 1 police no grounds").decision == "d1"
    assert event_of("/x police no grounds", decisions=()).decision is None
    assert read("/x police no", with_only(decisions=())).says == "police, to no decision yet: no"


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("/x", "who challenges: a name and a colon, then what they say"),
        ("/x nonsense", "who challenges: a name and a colon, then what they say"),
        ("/x 7 police no", "there is no decision with that number"),
        ("/x police", "what they say against it"),
    ],
)
def test_what_a_challenge_still_needs(text: str, lacks: str) -> None:
    assert (read(text).event, read(text).lacks) == (None, lacks)


def test_a_child_joins_and_leaves() -> None:
    assert event_of("/c ama lives there too") == ChildPlaced(
        discussion=2, child=4, included=True, reason="lives there too"
    )
    assert event_of("/c add 4 lives there").included
    assert event_of("/c drop kofi seen well") == ChildPlaced(discussion=2, child=2, included=False, reason="seen well")
    assert event_of("/c - 2 seen").child == 2


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("/c", "which child, one at a time"),
        ("/c amara kofi x", "which child, one at a time"),
        ("/c kofi x", "Kofi is in it already: /c drop Kofi why"),
        ("/c kofi", "why: the reason"),
        ("/c add kofi x", "Kofi is in it already"),
        ("/c drop ama x", "Ama is not in it already"),
        ("/c ama", "why: the reason"),
        ("/c new", "the child's name and date of birth"),
    ],
)
def test_what_a_child_line_still_needs(text: str, lacks: str) -> None:
    assert (read(text).event, read(text).lacks) == (None, lacks)


def test_a_child_nobody_knows_yet_is_handed_on_as_typed() -> None:
    line = read("/c new Abe Okafor 3/4/2020 boy")
    assert (line.event, line.stranger, line.lacks) == (None, "Abe Okafor 3/4/2020 boy", "")
    assert not line.empty


# Never raises, never loses a word

SAID = (
    "/d /a /w /+ /q /s /x /c /e /3 // / 1 2 3 9 99 s47 section 47 Amara kofi Will will all both child for and , : -",
    "police: DS Patel police CD to nurse school left back apologies report withheld: not drop add new ; today 17:00",
    "by tomorrow 10am +2h within in 2h friday Monday noon 25/10/2026 01:30 by reason: visit home O'Neill's ² ½ ٣",
    "[/] ß é",
)
WORDS = st.sampled_from([word for line in SAID for word in line.split()])
LINES = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.tuples(st.sampled_from(["/d 1 ", "/a ", "/w ", "/3 ", "/s ", "/x ", "/c ", ""]), st.text(max_size=60)).map(
        "".join
    ),
    st.text(max_size=200),
)


def texts_of(event: DiscussionEvent) -> list[str]:
    """Every word a person can read in what would be recorded."""
    return [word for value in event.model_dump().values() if isinstance(value, str) for word in value.split()]


def _parts(*words: str) -> Counter[str]:
    """What is left of words once the marks that separate are taken for blanks."""
    marks = str.maketrans(dict.fromkeys("/,;:.", " "))
    return Counter(part for word in words for part in word.translate(marks).split())


@given(LINES)
def test_a_line_is_always_read_and_no_word_of_it_is_lost(text: str) -> None:
    line = read(text)
    assert line.word == word_of(strip_controls(text).strip())
    if line.event is None:
        return  # it cannot be recorded, so it stays where it is typed
    words = strip_controls(text).split()
    if words[0].startswith("//"):
        words[0] = words[0][1:]
    kept = _parts(*texts_of(line.event), *line.understood)
    lost = _parts(*words) - kept
    assert not lost, (line, lost)


@given(LINES)
def test_reading_depends_on_nothing_but_the_line(text: str) -> None:
    assert read(text) == read(text)


def test_a_line_of_any_length_is_read() -> None:
    assert read("x" * 200_000).event is not None
    assert read("/a " + "amara " * 5_000).event is not None


# Typed again


BEFORE = at(20, 13)


@pytest.mark.parametrize(
    "text",
    [
        "a note",
        "//d with a stroke",
        "/e to the manager",
        "/d 1 amara kofi injury unexplained",
        "/d 4 all safe",
        "/a CD: visit home by 20/11/2026 17:00",
        "/a ring GP by 23/11/2026",
        "/a ring by 25/10/2027 01:30 BST",
        "/a nobody in particular",
        "/w DC Blunt police sgt MASH",
        "/w Dr Moss health paediatrician",
        "/w Ms Lund school DSL apologies at a funeral",
        "/3 seen in May",
        "/s told; tonight",
        "/s withheld: at risk",
        "/x 1 police: no grounds",
        "/c drop 2 seen well",
        "/c 4 there too",
    ],
)
def test_a_recorded_line_can_be_typed_again_and_says_the_same(text: str) -> None:
    event = event_of(text)
    again = typed(event, SETTING)
    assert again is not None
    assert event_of(again) == event


def test_what_no_line_says_cannot_be_typed() -> None:
    assert typed(RecordSigned(discussion=2, child=1), SETTING) is None
    assert typed(PointAnswered(discussion=2, item="gone/point", text="x"), SETTING) is None


def test_a_decision_no_longer_on_the_list_is_typed_by_its_words() -> None:
    event = DecisionMade(discussion=2, children=(2,), box="old/box", label="Early help", reason="x")
    assert typed(event, SETTING) == "/d Early help child 2: x"


def test_put_right_a_note_keeps_its_time() -> None:
    note = LineNoted(discussion=2, text="brusie")
    line = put_right("bruise", Before("e1", BEFORE, note), SETTING)
    assert line.event == LineNoted(discussion=2, text="bruise", at=BEFORE)
    earlier = LineNoted(discussion=2, text="brusie", at=BEFORE - timedelta(hours=1))
    again = put_right("bruise", Before("e1", BEFORE, earlier), SETTING)
    assert again.event == LineNoted(discussion=2, text="bruise", at=BEFORE - timedelta(hours=1))


def test_put_right_a_decision_keeps_its_moment() -> None:
    made = event_of("/d 1 kofi injry")
    line = put_right("/d 1 kofi injury", Before("e1", BEFORE, made), SETTING)
    assert line.event == made.model_copy(update={"reason": "injury", "at": BEFORE})


def test_put_right_an_action_keeps_what_a_line_cannot_say() -> None:
    action = ActionAgreed(
        discussion=2, what="vist", who="CD", children=(2,), check="CD rings", contingency="police", form="medical",
        details={"where": "ward"},
    )  # fmt: skip
    line = put_right("/a CD visit", Before("e1", BEFORE, action), SETTING)
    assert line.event == action.model_copy(update={"what": "visit", "action": "e1"})
    again = put_right("/a CD visit Amara", Before("e2", BEFORE, action.model_copy(update={"action": "e1"})), SETTING)
    assert isinstance(again.event, ActionAgreed)
    assert (again.event.action, again.event.children) == ("e1", (1,))


def test_put_right_a_person_is_the_same_person() -> None:
    first = PersonRecorded(discussion=2, name="DS Patil", agency="police", role="police", standing="present")
    line = put_right("/w DS Patel police sergeant", Before("p2", BEFORE, first), SETTING)
    assert isinstance(line.event, PersonRecorded)
    assert (line.event.person, line.event.senior, line.event.joined) == ("p2", True, NOW)
    stranger = put_right("/w DC Roe police", Before("p9", BEFORE, first), SETTING)
    assert isinstance(stranger.event, PersonRecorded)
    assert stranger.event.person == "p9"


def test_put_right_sharing_keeps_its_children() -> None:
    before = SharingDecided(discussion=2, children=(1,), what="toldd")
    line = put_right("/s told", Before("e1", BEFORE, before), SETTING)
    assert isinstance(line.event, SharingDecided)
    assert line.event.children == (1,)


def test_put_right_by_a_line_of_another_kind_or_none() -> None:
    note = LineNoted(discussion=2, text="CD visits")
    assert isinstance(put_right("/a CD visits", Before("e1", BEFORE, note), SETTING).event, ActionAgreed)
    assert put_right("/a", Before("e1", BEFORE, note), SETTING).event is None


def test_the_decisions_of_the_discussion_are_numbered_as_made() -> None:
    event = DissentRecorded(discussion=2, decision=DECISIONS[0].id, who="police", text="no")
    assert typed(event, SETTING) == "/x 1 police: no"
    assert typed(event.model_copy(update={"decision": None}), SETTING) == "/x police: no"
