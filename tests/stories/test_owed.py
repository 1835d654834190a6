"""Each sentence of the policies that makes somebody owe something: what happened, and what the lists then say.

The stories are data, in `owed.toml` beside this file. Each is looked at through `duty-tui obligations --json`, on the
concern and across the desk.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from duty_tui.cli import obligations
from duty_tui.cli.root import root
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import AnswerQuestions, Command, RaiseConcern, RecordMilestone
from duty_tui.domain.decision_events import ActionAgreed, RecordSigned
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted
from duty_tui.domain.people import Child
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.times import LONDON, end_of_day, iso_utc
from duty_tui.rules.loader import Policy, builtin_folder, load_pack, load_vocabulary
from duty_tui.store.memory import MemoryStore
from tests.desk.conftest import Hands, make_desk

Story = Mapping[str, Any]

STORIES: Sequence[Story] = tomllib.loads(Path(__file__).with_name("owed.toml").read_text("utf-8"))["story"]
CONCERN = "c" * 32
#: Keys of a look that are keys of a line, word for word.
SAME = ("standing", "kind", "owner", "also", "strength", "child", "for", "discussion", "place", "form", "asks", "late")


def moment(wall: datetime) -> datetime:
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


def due(words: str) -> str:
    """`2026-11-25 end` or `2026-11-25T10:00`, as JSON has it."""
    day, _, end = words.partition(" ")
    return iso_utc(end_of_day(date.fromisoformat(day)) if end else moment(datetime.fromisoformat(words)))


def called(story: Story) -> str:
    return f"{story['pack']}: {story['words']}"


def happened(told: Mapping[str, Any], desk: Desk) -> Command:
    """What a story tells, as the desk is asked to record it."""
    at, child, discussion = moment(told["at"]), told.get("child"), told.get("discussion")
    if "answers" in told:
        return AnswerQuestions(answers=told["answers"], child=child, discussion=discussion)
    if "event" in told:
        name = desk.rulebook.vocabulary.event[told["event"]]
        when = moment(told["for"]) if "for" in told else at
        return RecordMilestone(
            event=told["event"], label=name.label, at=when, child=child, discussion=discussion, planned=name.planned
        )
    return AtDiscussion(event=said(told, at))


def said(told: Mapping[str, Any], at: datetime) -> DiscussionEvent:
    if "begins" in told:
        return DiscussionStarted(discussion=1, at=at, chair="Ann Osei", format="telephone", children=(1, 2))
    if "ends" in told:
        return DiscussionEnded(discussion=1, at=at)
    if "signs" in told:
        return RecordSigned(discussion=1, child=told["signs"], lacked=("all the rest",))
    return ActionAgreed(
        discussion=1, what=told["action"], who=told["who"], due=moment(told["for"]), children=(1, 2), check="a note"
    )


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Calls `duty-tui obligations --json` on a desk; the same command every time, so that its desk stays warm."""
    desks: list[Desk] = []
    monkeypatch.setattr(obligations, "desk_of", lambda _: desks[-1])

    def call(desk: Desk, *words: str) -> list[dict[str, Any]]:
        desks.append(desk)
        ended = CliRunner().invoke(root, ["obligations", "--json", *words], catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        found: list[dict[str, Any]] = json.loads(ended.stdout)
        return found

    return call


def told(story: Story, hands: Hands, until: datetime) -> Desk:
    """A desk that works to the story's policy, after what happened by a moment."""
    hands.now = moment(story["received"])
    desk = make_desk(MemoryStore(), hands)
    desk.decide([PolicyAdopted(pack=story["pack"], from_day=date(2026, 1, 1))])
    children = (Child(number=1, name="Amara Okoye"), Child(number=2, name="Kofi Okoye"))
    raised = RaiseConcern(
        received=hands.now, source="School", what="A bruise", children=children, answers=story.get("answers", {})
    )
    desk.do(CONCERN, raised)
    for one in story.get("then", ()):
        if moment(one["at"]) <= until:
            hands.now = moment(one["at"])
            desk.do(CONCERN, happened(one, desk))
    return desk


@pytest.mark.parametrize("story", STORIES, ids=called)
def test_what_a_sentence_makes_somebody_owe_is_on_both_lists(story: Story, look: Callable[..., Any]) -> None:
    for seen in story["look"]:
        desk = told(story, Hands(), moment(seen["at"]))
        at = seen["at"].isoformat()
        own, everybodys = look(desk, CONCERN, "--at", at), look(desk, "--at", at)
        for label in seen.get("gone", ()):
            assert label not in {line["label"] for line in own}
        if "label" not in seen:
            continue
        [line] = [one for one in own if one["label"] == seen["label"] and seen.get("child") in (None, one["child"])]
        assert {key: line[key] for key in SAME if key in seen} == {key: seen[key] for key in SAME if key in seen}
        assert line["late"] == seen.get("late", False)
        if "due" in seen:
            assert line["due"] == due(seen["due"])
        if "said" in seen:
            assert line["due_words"] == seen["said"]
        assert ", ".join(line["unless"]) == seen.get("unless", ", ".join(line["unless"]))
        assert (line in everybodys) == (line["standing"] in ("owed", "unless"))


def test_a_story_cites_what_its_line_cites() -> None:
    for story in STORIES:
        assert len(story["words"].split()) <= 12
        cites = {(cite.paragraph, cite.words) for cite in _cites(story["pack"])}
        assert (story["paragraph"], story["words"]) in cites


def _policy(pack: str) -> Policy:
    return load_pack(builtin_folder() / pack, load_vocabulary())


def _cites(pack: str) -> Iterator[Any]:
    newest = _policy(pack).newest
    for rule in newest.obligation:
        yield from (clock.cite for clock in rule.clock)
    for step in newest.escalation:
        yield step.cite
    for requirement in newest.record:
        yield requirement.cite


def test_every_rule_of_the_policies_has_its_story() -> None:
    told_of: set[tuple[str, str]] = set()
    for story in STORIES:
        told_of |= {(story["pack"], seen["label"]) for seen in story["look"] if "label" in seen}
    for pack in {story["pack"] for story in STORIES}:
        newest = _policy(pack).newest
        labels = {rule.label for rule in newest.obligation} | {step.label for step in newest.escalation}
        assert {(pack, label) for label in labels} <= told_of
