"""What every policy that comes with the program has to be: whole, short of copied text, in the vocabulary's words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from duty_tui.rules.loader import Policy, builtin_folder, builtin_names
from duty_tui.rules.model import MOST_WORDS, Citation, Model
from duty_tui.rules.pack import Escalation, Obligation, Pack
from duty_tui.rules.references import Use, uses
from duty_tui.rules.vocabulary import Vocabulary

NAMES = builtin_names()

#: Names no policy uses, and what they are for.
UNUSED = {
    "icpc_booked": "the date of a conference: shown beside the date it is due",
    "inquorate": "a policy that reconvenes an inquorate discussion needs it; none of the five does",
}


def models(model: Model) -> Iterator[Model]:
    """A model and every model in it."""
    yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Model):
                yield from models(part)


def rules(pack: Pack) -> list[Obligation | Escalation]:
    return [*pack.obligation, *pack.escalation]


def used(name: str) -> list[Use]:
    """Every name a policy uses."""
    return list(uses(tomllib.loads((builtin_folder() / name / "pack.toml").read_text(encoding="utf-8"))))


def test_the_five_policies_and_the_law_of_orders_are_there() -> None:
    assert NAMES == [
        "action-note-003",
        "children-act-orders",
        "ics-record",
        "seven-minute-briefing",
        "three-working-days",
        "twenty-four-hours",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_called_like_its_folder(name: str, policies: dict[str, Policy]) -> None:
    assert policies[name].id == name


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_would_have_nothing_to_ask(name: str, policies: dict[str, Policy]) -> None:
    assert policies[name].doubts == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_says_what_changed(name: str) -> None:
    text = (builtin_folder() / name / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith(f"# Changes to {name}\n")
    assert "\n## " in text


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_is_a_pointer_and_not_a_copy(name: str, policies: dict[str, Policy]) -> None:
    cited = [model for model in models(policies[name].newest) if isinstance(model, Citation)]
    assert cited
    for citation in cited:
        assert citation.paragraph
        assert 1 <= len(citation.words.split()) <= MOST_WORDS
        assert "**" not in citation.words


@pytest.mark.parametrize("name", NAMES)
def test_a_label_fits_the_list_and_begins_with_a_capital(name: str, policies: dict[str, Policy]) -> None:
    for rule in rules(policies[name].newest):
        assert len(rule.label) <= 18, rule.label
        assert rule.label[0].isupper(), rule.label
        assert not rule.do.endswith("."), rule.do


@pytest.mark.parametrize("name", NAMES)
def test_no_obligation_of_a_policy_shares_its_label(name: str, policies: dict[str, Policy]) -> None:
    labels = [rule.label for rule in rules(policies[name].newest)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", NAMES)
def test_every_reading_is_called_on_by_a_clause(name: str, policies: dict[str, Policy]) -> None:
    called_on = {use.name for use in used(name) if use.kind == "reading"}
    assert {reading.id for reading in policies[name].newest.reading} == called_on


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_says_what_how_and_why(name: str, policies: dict[str, Policy]) -> None:
    for reading in policies[name].newest.reading:
        assert "?" in reading.question or reading.question.endswith("."), reading.id
        assert reading.adopted.endswith("."), reading.id
        assert reading.reason.endswith("."), reading.id


def test_every_name_of_the_vocabulary_is_used_or_accounted_for(vocabulary: Vocabulary) -> None:
    names = {*vocabulary.event, *vocabulary.fact, *vocabulary.role, *vocabulary.form}
    assert names - {use.name for name in NAMES for use in used(name)} == set(UNUSED)


def test_every_question_of_the_vocabulary_is_one(vocabulary: Vocabulary) -> None:
    for name, fact in vocabulary.fact.items():
        assert fact.ask.endswith("?"), name
        assert len(fact.label) <= 20, name


def test_bands_of_urgency_differ_without_colour(vocabulary: Vocabulary) -> None:
    bands = vocabulary.urgency
    assert len({band.symbol for band in bands}) == len(bands)
    assert [band.label for band in bands] == ["same day", "one working day", "later", "no number"]
    for band in bands[:-1]:
        assert band.symbol != band.open_symbol


def test_only_the_action_note_and_the_law_state_their_day(policies: dict[str, Policy]) -> None:
    dated = [name for name in NAMES if policies[name].newest.pack.in_force_from]
    assert dated == ["action-note-003", "children-act-orders"]


def test_only_the_record_is_a_layer(policies: dict[str, Policy]) -> None:
    assert [name for name in NAMES if policies[name].newest.pack.layer == "record"] == ["ics-record"]


def test_the_family_is_never_invited_in_three_working_days(policies: dict[str, Policy]) -> None:
    (line,) = [line for line in policies["three-working-days"].newest.attend if line.role == "family"]
    assert line.need == "exclude"
    assert line.when is None


def test_the_form_has_no_recipient_of_its_own(policies: dict[str, Policy]) -> None:
    (form,) = [one for one in policies["action-note-003"].newest.escalation if one.form == "need_to_know"]
    assert form.to == ()
    assert form.starts.references == ("fact:unlikely_within_limit", "breach:two-working-days")
    assert not form.prompt_only


def test_prompts_are_never_the_form(policies: dict[str, Policy]) -> None:
    prompts = [one for one in policies["action-note-003"].newest.escalation if one.prompt_only]
    assert [one.form for one in prompts] == [None, None, None]
    assert {one.asks for one in prompts} == {"unlikely_within_limit"}


def test_no_circumstance_of_the_action_note_takes_the_maximum_away(policies: dict[str, Policy]) -> None:
    discussion = next(one for one in policies["action-note-003"].newest.obligation if one.id == "discussion")
    assert [clock.id for clock in discussion.clock if clock.replaces] == []
    maximum = next(clock for clock in discussion.clock if clock.id == "two-working-days")
    assert maximum.when is None
    assert maximum.strength == "must"


def test_police_alone_is_decided_only_alone(policies: dict[str, Policy]) -> None:
    boxes = policies["ics-record"].newest.decision_boxes
    assert boxes is not None
    assert boxes.many
    assert boxes.reason_each
    police = next(box for box in boxes.boxes if box.id == "police-investigation")
    assert police.sets == ()
    assert police.sets_alone == ("outcome_police_only",)
    assert police.unless_with == ("section-47", "core-assessment")


def test_no_further_action_is_asked_about_beside_anything_else(policies: dict[str, Policy]) -> None:
    boxes = policies["ics-record"].newest.decision_boxes
    assert boxes is not None
    nothing_further = next(box for box in boxes.boxes if box.id == "no-further-action")
    assert set(nothing_further.confirm_with) == {box.id for box in boxes.boxes} - {"no-further-action"}


def test_a_contradiction_is_kept_and_shown(policies: dict[str, Policy]) -> None:
    circulate = next(one for one in policies["three-working-days"].newest.obligation if one.id == "circulate")
    assert (circulate.owner, circulate.also_named) == ("social_worker", "sw_manager")
    assert [clock.cite.paragraph for clock in circulate.clock] == [
        "Actions from a Strategy Discussion",
        "Person responsible table, last row",
    ]


def test_agendas_are_whole(policies: dict[str, Policy]) -> None:
    counted = {name: len(agenda.items) for name in NAMES if (agenda := policies[name].newest.agenda)}
    assert counted == {"three-working-days": 12, "twenty-four-hours": 24, "seven-minute-briefing": 4}


def test_the_ladder_has_its_steps_in_order(policies: dict[str, Policy]) -> None:
    ladder = {one.id: one for one in policies["seven-minute-briefing"].newest.escalation}
    first, second = ladder["disagreement-practitioners"], ladder["disagreement-senior"]
    assert (first.step, first.after) == (1, None)
    assert (second.step, second.after) == (2, first.id)
    assert ladder["non-attendance"].strength == "may"
