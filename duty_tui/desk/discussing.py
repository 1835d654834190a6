"""A strategy discussion as its screens show it: the call, attendance, decisions, actions, signing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duty_tui.desk.call_log import log_lines
from duty_tui.desk.deciding import box_lines, boxes_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.named import whom
from duty_tui.desk.points import lacks_of, point_lines
from duty_tui.desk.quoracy import invite_lines, people_lines, quorum_line, quorum_of
from duty_tui.desk.reading import title_of
from duty_tui.desk.scene import Scene, scene_of
from duty_tui.domain.ages import age_words
from duty_tui.domain.discussion import Action, Discussion, Dissent, Sharing
from duty_tui.domain.people import Child
from duty_tui.domain.times import due_words, london_date, moment_words
from duty_tui.rules.deadline import Deadline
from duty_tui.rules.explain import standing
from duty_tui.rules.requirements import action_fields, action_lacks
from duty_tui.rules.settle import before
from duty_tui.views.discussion import ActionLine, ChildTab, DecisionLine, DiscussionView

#: The event that meets the duty to hold a discussion.
HELD = "discussion_held"


def discussion_view(desk: Desk, concern_id: str, number: int, at: datetime) -> DiscussionView:
    """Everything about one discussion as of `at`; the next one, not agreed yet, is empty still.

    Raises Refused when there is no such concern, or no discussion with this number.
    """
    concern = desk.concern(concern_id)
    row = desk.row(concern_id)
    scene = scene_of(concern, number, desk.rulebook, at)
    discussion, vocabulary = scene.discussion, desk.rulebook.vocabulary
    due = holding_due(scene)
    reference = f"C{row.number}" if row else ""
    return DiscussionView(
        concern=concern.id,
        reference=reference,
        version=concern.version,
        title=title_of(concern, at),
        number=number,
        stage=stage_of(discussion),
        format=discussion.format or "",
        agreed=_agreed(discussion),
        booked=discussion.booked,
        started=discussion.started,
        ended=discussion.ended,
        chair=discussion.chair,
        follows=discussion.follows,
        due=due.due if due else None,
        due_words=f"{due.obligation.label}: {standing(due, at)}" if due else "",
        late=due.overdue(at) if due else False,
        quorum=quorum_line(quorum_of(discussion, scene.packs, scene.look(), vocabulary)),
        emergency=discussion.emergency,
        people=tuple(people_lines(discussion, vocabulary)),
        invite=tuple(invite_lines(discussion, scene.packs, scene.look(), vocabulary)),
        attempts=tuple(_attempts(discussion)),
        log=tuple(log_lines(concern, number)),
        boxes=tuple(box_lines(boxes_of(scene.packs), discussion)),
        decisions=tuple(decision_lines(scene)),
        actions=tuple(action_lines(scene, reference)),
        points=tuple(point_lines(scene)),
        children=tuple(_tab(scene, child) for child in concern.children),
        sharing=tuple(sharing_words(scene, sharing) for sharing in discussion.sharing),
        clocks=tuple(_clocks(scene)),
        further=discussion.further,
        as_of=at,
        restricted=concern.restricted_to is not None,
    )


def stage_of(discussion: Discussion) -> str:
    """How far the discussion has come, in words."""
    if discussion.children and all(map(discussion.is_signed, discussion.children)):
        return "signed"
    if discussion.started:
        return "ended" if discussion.ended else "in progress"
    if discussion.booked:
        return "booked"
    return "agreed" if discussion.agreed_at else "not agreed"


def _agreed(discussion: Discussion) -> str:
    if discussion.agreed_at is None:
        return ""
    return f"{discussion.agreed_by}, {moment_words(discussion.agreed_at)}: {discussion.reason}"


def holding_due(scene: Scene) -> Deadline | None:
    """The deadline that asks for this discussion: the earliest still owed, or the one it met by beginning."""
    started = scene.discussion.started
    best: Deadline | None = None
    for deadline in scene.deadlines:
        if HELD in deadline.obligation.met_by and deadline.governs:
            fits = deadline.met_at == started if started else deadline.open
            if fits and (best is None or before(deadline, best)):
                best = deadline
    return best


def _attempts(discussion: Discussion) -> Iterator[str]:
    for one in discussion.attempts:
        number = f" on {one.contact}" if one.contact else ""
        yield f"{moment_words(one.at)[-5:]} {one.whom}{number}: {one.answer or 'no answer'}"


def decision_lines(scene: Scene) -> Iterator[DecisionLine]:
    """The decisions in the order made, each with the dissent about it."""
    for one in scene.discussion.decisions:
        dissent = tuple(dissent_words(said) for said in scene.discussion.dissent if said.decision == one.id)
        yield DecisionLine(one.id, one.label, one.children, whom(one.children, scene.names), one.reason, dissent)


def dissent_words(said: Dissent) -> str:
    """`PC Hale (Police): too early; settled by …`."""
    who = f"{said.who} ({said.agency})" if said.agency else said.who
    return f"{who}: {said.text}" + (f". Outcome: {said.outcome}" if said.outcome else "")


def sharing_words(scene: Scene, sharing: Sharing) -> str:
    """What the family is told, or why not, and for which children."""
    told = f"told: {sharing.what}" + (f" ({sharing.when})" if sharing.when else "") if sharing.what else ""
    withheld = f"withheld. Reason: {sharing.withheld}" if sharing.withheld else ""
    return f"{whom(sharing.children, scene.names)}: " + ". ".join(filter(None, (told, withheld)))


def action_lines(scene: Scene, reference: str) -> Iterator[ActionLine]:
    """The actions in the order agreed."""
    fields = action_fields(scene.points)
    for action in scene.discussion.actions:
        yield action_line(scene, action, reference, action_lacks(action, fields))


def action_line(scene: Scene, action: Action, reference: str, lacks: tuple[str, ...]) -> ActionLine:
    """One action: who, what, by when, for whom, and for whom it is done."""
    done = tuple(sorted(action.done))
    waiting = set(action.children) - set(done)
    return ActionLine(
        *(scene.concern.id, reference, scene.discussion.number, action.id, action.what, action.who, action.agency),
        *(action.due, whom(action.children, scene.names), action.children, done),
        *(bool(waiting and action.due and action.due <= scene.at), action.form, lacks),
    )


def _tab(scene: Scene, child: Child) -> ChildTab:
    discussion = scene.discussion
    included = child in scene.children
    signature = discussion.signatures.get(child.number)
    return ChildTab(
        *(child.number, child.called, age_words(child.born, child.expected, london_date(scene.at))),
        *(discussion.dropped.get(child.number, ""), included),
        tuple(decision.label for decision in discussion.decided_for(child.number)),
        f"{signature.by}, {moment_words(signature.at)}" if signature else "",
        lacks_of(scene, child) if included and discussion.started else (),
    )


def _clocks(scene: Scene) -> Iterator[str]:
    """The clocks that count from this discussion, from its beginning, its end or a decision, and have a due."""
    discussion = scene.discussion
    moments = {discussion.started, discussion.ended, *(decision.at for decision in discussion.decisions)} - {None}
    for deadline in scene.deadlines:
        mine = deadline.discussion in (None, discussion.number) and deadline.start in moments
        if mine and deadline.governs and deadline.due and HELD not in deadline.obligation.met_by:
            about = f" ({scene.names[deadline.child]})" if deadline.child else ""
            first = f", first {due_words(deadline.first_due)}" if deadline.first_due else ""
            yield f"{deadline.obligation.label}: {standing(deadline, scene.at)}{first}{about}"
