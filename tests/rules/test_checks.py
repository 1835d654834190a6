# ruff: noqa: E501 - sentences are compared whole
"""What a pack of the right shape can still get wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.rules.loader import load_pack
from tests.rules.house import vocabulary

HEAD = 'schema = 1\n[pack]\nid = "ours"\ntitle = "Ours"\ndocument = "Guide"\n'


def obligation(name: str, *clocks: str, met_by: str = "discussion_held", more: str = "") -> str:
    return (
        f'[[obligation]]\nid = "{name}"\ndo = "Do"\nlabel = "do"\nmet_by = ["{met_by}"]\nowner = "sw_manager"\n{more}\n'
        + "".join(clocks)
    )


def clock(
    name: str,
    starts: str = '{ earliest = ["referral_received"] }',
    within: str = "within = { working_days = 3 }",
    more: str = "",
) -> str:
    return (
        f'[[obligation.clock]]\nid = "{name}"\nstrength = "must"\nstarts = {starts}\n{within}\n{more}\n'
        'cite = { paragraph = "1", words = "promptly within three working days" }\n'
    )


def escalation(name: str, starts: str, more: str = "") -> str:
    return (
        f'[[escalation]]\nid = "{name}"\ndo = "Do"\nlabel = "do"\nstrength = "must"\nmet_by = ["matter_escalated"]\n'
        f'owner = "sw_manager"\nstarts = {starts}\nwithin = {{ working_days = 3 }}\n{more}\n'
        'cite = { paragraph = "1", words = "promptly within three working days" }\n'
    )


def problems(folder: Path, *parts: str) -> list[str]:
    """What is said about a pack, without its place."""
    (folder / "pack.toml").write_text(HEAD + "".join(parts))
    try:
        load_pack(folder, vocabulary())
    except BadFile as refused:
        return [problem.split(" line ", 1)[1].split(", ", 1)[1] for problem in refused.problems]
    return []


def test_the_parts_of_these_tests_are_right(tmp_path: Path) -> None:
    parts = obligation("a", clock("one")), escalation("b", '{ earliest = ["breach:one"] }')
    assert problems(tmp_path, *parts) == []


def test_ids_of_clocks_and_of_duties_stand_for_one_thing(tmp_path: Path) -> None:
    assert problems(
        tmp_path, obligation("a", clock("x"), clock("x")), escalation("a", '{ earliest = ["breach:x"] }')
    ) == [
        'obligation[0].clock[1].id: "x" is the id of another one as well; each id stands for one thing',
        'escalation[0].id: "a" is the id of another one as well; each id stands for one thing',
    ]


CITE = 'cite = { paragraph = "1", words = "words" }'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'[[record]]\nid = "r"\nstrength = "must"\ntext = "x"\n{CITE}\n' * 2, "record[1].id"),
        (f'[[duty]]\nid = "r"\nstrength = "must"\nowner = "police"\ntext = "x"\n{CITE}\n' * 2, "duty[1].id"),
        (f'[[decision]]\nid = "r"\ntext = "x"\n{CITE}\n' * 2, "decision[1].id"),
        (f'[[outcome]]\nid = "r"\nlabel = "x"\n{CITE}\n' * 2, "outcome[1].id"),
        ('[[reading]]\nid = "r"\nquestion = "x"\nadopted = "y"\nreason = "z"\n' * 2, "reading[1].id"),
        (
            f'[[outcome]]\nid = "o"\nlabel = "x"\nchoices = [{{ id = "r", text = "x" }}, {{ id = "r", text = "x" }}]\n{CITE}\n',
            "outcome[0].choices[1].id",
        ),
        (
            f'[agenda]\nstrength = "may"\nitems = [{{ id = "r", text = "x" }}, {{ id = "r", text = "x" }}]\n{CITE}\n',
            "agenda.items[1].id",
        ),
        (
            f'[decision_boxes]\nmany = true\nboxes = [{{ id = "r", text = "x" }}, {{ id = "r", text = "x" }}]\n{CITE}\n',
            "decision_boxes.boxes[1].id",
        ),
    ],
)
def test_an_id_given_twice_in_any_list(tmp_path: Path, text: str, said: str) -> None:
    assert problems(tmp_path, text) == [f'{said}: "r" is the id of another one as well; each id stands for one thing']


def test_an_answer_names_its_point_so_agenda_decisions_and_record_share_their_names(tmp_path: Path) -> None:
    agenda = f'[agenda]\nstrength = "may"\nitems = [{{ id = "r", text = "x" }}]\n{CITE}\n'
    decision = f'[[decision]]\nid = "r"\ntext = "x"\n{CITE}\n'
    record = f'[[record]]\nid = "r"\nstrength = "must"\ntext = "x"\n{CITE}\n'
    said = '"r" is the id of another one as well; each id stands for one thing'
    assert problems(tmp_path, agenda, decision, record) == [f"decision[0].id: {said}", f"record[0].id: {said}"]


def test_what_is_answered_from_the_actions_asks_for_what_an_action_has(tmp_path: Path) -> None:
    record = f'[[record]]\nid = "r"\nstrength = "must"\ntext = "x"\nfields = ["what", "chek"]\n{CITE}\n'
    decision = f'[[decision]]\nid = "d"\ntext = "x"\nfields = ["whoo"]\nanswered_by = "actions"\n{CITE}\n'
    assert problems(tmp_path, record, decision) == [
        'decision[0].fields[0]: "whoo" is not something an action has; did you mean "who"?'
    ]
    assert problems(tmp_path, record + 'answered_by = "actions"\n') == [
        'record[0].fields[1]: "chek" is not something an action has; did you mean "check"?'
    ]


def test_the_same_choice_in_two_outcomes_is_two_choices(tmp_path: Path) -> None:
    outcome = f'[[outcome]]\nid = "ID"\nlabel = "x"\nchoices = [{{ id = "r", text = "x" }}]\n{CITE}\n'
    assert problems(tmp_path, outcome.replace("ID", "o"), outcome.replace("ID", "p")) == []


def test_a_clock_replaces_only_clocks_of_its_own_obligation(tmp_path: Path) -> None:
    parts = obligation("a", clock("one")), obligation("b", clock("two", more='replaces = ["one"]'), clock("once"))
    assert problems(tmp_path, *parts) == [
        'obligation[1].clock[0].replaces[0]: "one" is not a clock of the same obligation; did you mean "once"?'
    ]


def test_clocks_must_not_replace_one_another(tmp_path: Path) -> None:
    said = "replaces: these clocks replace one another in a circle, so none would be left"
    one, two = clock("one", more='replaces = ["two"]'), clock("two", more='replaces = ["one"]')
    assert problems(tmp_path, obligation("a", one, two, clock("three", more='replaces = ["one"]'))) == [
        f"obligation[0].clock[0].{said}",
        f"obligation[0].clock[1].{said}",
    ]
    assert problems(tmp_path, obligation("a", clock("one", more='replaces = ["one"]'))) == [
        f"obligation[0].clock[0].{said}"
    ]


def test_breaches_and_steps_must_not_go_round(tmp_path: Path) -> None:
    said = "this waits for itself, directly or through others: a circle of breach, late and after"
    assert problems(tmp_path, obligation("a", clock("one", '{ earliest = ["breach:one"] }'))) == [
        f"obligation[0].clock[0].starts: {said}"
    ]
    held = obligation("a", clock("one", '{ earliest = ["referral_received"], or_else = "late:one" }'))
    assert problems(tmp_path, held) == [f"obligation[0].clock[0].starts: {said}"]
    parts = (
        escalation("a", '{ earliest = ["breach:b"] }'),
        escalation("b", '{ earliest = ["referral_received"] }', 'after = "a"'),
    )
    assert problems(tmp_path, *parts) == [f"escalation[0].starts: {said}", f"escalation[1].after: {said}"]


def test_a_ladder_is_no_circle(tmp_path: Path) -> None:
    parts = (
        escalation("a", '{ earliest = ["referral_received"] }'),
        escalation("b", '{ earliest = ["breach:a"] }', 'after = "a"'),
        escalation("c", '{ earliest = ["breach:a", "breach:b"] }', 'after = "b"'),
    )
    assert problems(tmp_path, *parts) == []


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("breach:nothing", '"nothing" is not a clock of this pack'),
        ("breach:a", '"breach:a" names an obligation; name the one of its clocks that is missed'),
        ("fact:serious_risk", '"serious_risk" is not a fact of the vocabulary; did you mean "serious_risk_of_harm"?'),
        ("facts:serious_risk_of_harm", '"facts:serious_risk_of_harm" is not an event of the vocabulary'),
        ("breach:soon", '"breach:soon": that clock states no number, so no moment passes when it is missed'),
        ("late:on", '"on" is not a clock of this pack; did you mean "one"?'),
        ("late:a", '"late:a" names an obligation; name the one of its clocks that is missed'),
        ("late:soon", '"late:soon": that clock states no number, so no moment passes when it is missed'),
        ("late:told", '"late:told": people set no date for what meets that clock, so none can lie after its due'),
        ("later:one", '"later:one" is not an event of the vocabulary'),
    ],
)
def test_moments_that_are_none(tmp_path: Path, start: str, said: str) -> None:
    parts = obligation("a", clock("one"), clock("soon", within='within = { promptly = "promptly" }'))
    told = obligation("t", clock("told"), met_by="lado_informed")
    found = problems(tmp_path, parts, told, escalation("e", f'{{ earliest = ["{start}"] }}'))
    assert any(problem.startswith("escalation[0].starts") and problem.endswith(said) for problem in found), found


def test_a_date_set_after_a_limit_starts_what_people_set_dates_for(tmp_path: Path) -> None:
    held = escalation("f", '{ earliest = ["referral_received"] }').replace("matter_escalated", "discussion_held")
    late = escalation("e", '{ earliest = ["late:one", "late:f"] }')
    assert problems(tmp_path, obligation("a", clock("one")), held, late) == []


PROMPT = 'prompt_only = true\nasks = "reasonable_cause"'


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        (PROMPT, []),
        (PROMPT.replace("reasonable_cause", "more_discussions_needed") + '\nper = "discussion"', []),
        (
            PROMPT.replace("reasonable_cause", "unlikly_within_limit"),
            ['"unlikly_within_limit" is not a fact of the vocabulary; did you mean "unlikely_within_limit"?'],
        ),
        (
            PROMPT.replace("reasonable_cause", "penetrative_sexual_abuse"),
            ['"penetrative_sexual_abuse" is not a judgement in the vocabulary; a prompt asks a named person for one'],
        ),
        (
            PROMPT.replace("reasonable_cause", "immediate_risk"),
            ['"immediate_risk" is asked about each child, but this once per concern; write per = "child"'],
        ),
    ],
)
def test_a_prompt_asks_for_a_judgement_about_what_it_is_once_for(tmp_path: Path, asks: str, said: list[str]) -> None:
    part = escalation("e", '{ earliest = ["discussion_held"] }', asks)
    assert problems(tmp_path, part) == [f"escalation[0].asks: {sentence}" for sentence in said]


def test_only_a_prompt_asks(tmp_path: Path) -> None:
    part = escalation("e", '{ earliest = ["referral_received"] }', 'asks = "reasonable_cause"')
    assert problems(tmp_path, part) == [
        'escalation[0]: "asks" belongs to a question, not to a duty; write prompt_only = true beside it'
    ]


def test_an_escalation_can_be_missed_too_and_one_without_a_number_cannot(tmp_path: Path) -> None:
    first = escalation("a", '{ earliest = ["referral_received"] }').replace(
        "{ working_days = 3 }", '{ promptly = "promptly" }'
    )
    assert problems(tmp_path, first, escalation("b", '{ earliest = ["breach:a"] }')) == [
        'escalation[1].starts: "breach:a": that clock states no number, so no moment passes when it is missed'
    ]


def test_a_clock_that_counts_back_needs_a_date_people_set(tmp_path: Path) -> None:
    back = clock("one", '{ earliest = ["icpc_held"] }', "before = { working_days = 3 }")
    assert problems(tmp_path, obligation("a", back)) == [
        'obligation[0].clock[0].starts: "before" counts back from a date people set; "icpc_held" is not planned in the vocabulary'
    ]
    assert problems(tmp_path, obligation("a", back.replace("icpc_held", "icpc_booked"))) == []


def test_the_number_of_a_clock_that_counts_back_is_the_words_too(tmp_path: Path) -> None:
    back = clock("one", '{ earliest = ["icpc_booked"] }', "before = { working_days = 2 }")
    assert problems(tmp_path, obligation("a", back)) == [
        "obligation[0].clock[0].before: the limit is 2 working days, but the cited words say 3 working days"
    ]


def test_a_date_in_the_record_is_one_people_set(tmp_path: Path) -> None:
    said = "obligation[0].clock[0].within.date_in_record: "
    dated = obligation("a", clock("one", within='within = { date_in_record = "icpc_held" }'))
    assert problems(tmp_path, dated) == [
        f'{said}"icpc_held" is not a date people set; the vocabulary does not call it planned'
    ]
    assert problems(tmp_path, dated.replace("icpc_held", "icpc_hold")) == [
        f'{said}"icpc_hold" is not an event of the vocabulary; did you mean "icpc_held"?'
    ]
    assert problems(tmp_path, dated.replace("icpc_held", "interview_plan_due")) == []


@pytest.mark.parametrize(("per", "better"), [("concern", "child"), ("discussion", "discussion_and_child")])
def test_what_happens_to_one_child_meets_what_is_owed_for_each(tmp_path: Path, per: str, better: str) -> None:
    part = obligation(
        "a", clock("one", '{ earliest = ["discussion_held"] }'), met_by="child_seen", more=f'per = "{per}"'
    )
    assert problems(tmp_path, part) == [
        f'obligation[0].met_by[0]: "child_seen" happens to one child, but this is owed once per {per}; write per = "{better}"'
    ]
    assert problems(tmp_path, part.replace(f'"{per}"', f'"{better}"')) == []


def test_an_escalation_for_each_child_as_well(tmp_path: Path) -> None:
    part = escalation("a", '{ earliest = ["discussion_held"] }').replace("matter_escalated", "child_seen")
    assert len(problems(tmp_path, part)) == 1


@pytest.mark.parametrize(
    ("start", "right"),
    [
        ("referral_received", False),
        ("fact:reasonable_cause", False),
        ("fact:inquorate", True),
        ("discussion_held", True),
        ("breach:base", True),
        ("late:base", True),
    ],
)
def test_what_runs_for_each_discussion_starts_with_one(tmp_path: Path, start: str, right: bool) -> None:
    base = obligation("b", clock("base"))
    part = obligation(
        "a", clock("one", f'{{ earliest = ["{start}"] }}'), met_by="record_circulated", more='per = "discussion"'
    )
    said = 'obligation[1].clock[0].starts: per = "discussion" needs a start that belongs to a discussion, such as "discussion_held"'
    assert problems(tmp_path, base, part) == ([] if right else [said])


def test_a_start_that_names_nothing_is_said_for_what_it_is(tmp_path: Path) -> None:
    part = obligation("a", clock("one", '{ earliest = ["fact:nothing"] }'), more='per = "discussion"')
    assert any(said.endswith('"nothing" is not a fact of the vocabulary') for said in problems(tmp_path, part))


def test_what_the_desk_knows_by_itself_no_answer_sets(tmp_path: Path) -> None:
    outcome = f'[[outcome]]\nid = "o"\nlabel = "x"\nsets = ["inquorate"]\n{CITE}\n'
    assert problems(tmp_path, outcome) == [
        'outcome[0].sets[0]: "inquorate" is known to the desk by itself; no answer can set it'
    ]


def test_boxes_name_boxes_and_steps_name_escalations(tmp_path: Path) -> None:
    boxes = f'[decision_boxes]\nmany = true\nboxes = [{{ id = "b", text = "x", confirm_with = ["c"], unless_with = ["b"] }}]\n{CITE}\n'
    after = escalation("e", '{ earliest = ["referral_received"] }', 'after = "a"')
    assert problems(tmp_path, obligation("a", clock("one")), boxes, after) == [
        'decision_boxes.boxes[0].confirm_with[0]: "c" is not a box of this pack',
        'escalation[0].after: "a" is not an [[escalation]] of this pack',
    ]


def test_names_are_looked_for_in_whatever_shape_they_stand(tmp_path: Path) -> None:
    strange = '[[obligation]]\nowner = 3\nmet_by = [1, "x"]\nwhen = { any = [2, "y"], zzz = "z" }\nclock = "none"\n'
    found = problems(tmp_path, strange)
    for name in ("x", "y", "z"):
        assert any(f'"{name}" is not a' in problem for problem in found)
