"""The points of agenda, checklist and record as a screen lists them, and what each child's record still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.desk.named import whom
from duty_tui.desk.scene import Scene
from duty_tui.domain.people import Child
from duty_tui.rules.points import Point
from duty_tui.rules.requirements import answer_to, lacks, missing
from duty_tui.views.discussion import PointLine


def point_lines(scene: Scene) -> Iterator[PointLine]:
    """Every point that applies or may apply, once per child or agency where it is asked so."""
    for point in scene.points:
        if point.answered_by in ("desk", "signature"):
            continue
        if point.per == "child":
            for child in scene.children:
                yield from _line(scene, point, child)
        elif point.per == "agency":
            for agency in _agencies(scene):
                yield from _line(scene, point, None, agency)
        else:
            yield from _line(scene, point)


def _agencies(scene: Scene) -> list[str]:
    """Those whose people are there or sent a report; one without a name while nobody is."""
    told = ("present", "report")
    said = (person.agency for person in scene.discussion.people if person.standing in told and person.agency)
    return list(dict.fromkeys(said)) or [""]


def _line(scene: Scene, point: Point, child: Child | None = None, agency: str = "") -> Iterator[PointLine]:
    number = child.number if child else None
    verdict = point.applies(scene.look(number))
    if verdict is False:
        return
    unless = verdict if isinstance(verdict, tuple) else ()
    wants = _wants(scene, point, child)
    said = answer_to(point, scene.discussion, number, agency)
    answer = said if point.answered_by is None or (said and not wants) else "" if wants else "recorded"
    yield PointLine(
        *(point.item, point.text, point.group, number, scene.names[number] if number else "", answer),
        f"{point.kind} {point.strength}" if point.kind == "record" else point.kind,
        *(point.needs_reason, point.answered_by or "points", agency, point.makes, point.sets),
        *(" or ".join(scene.labels[name] for name in unless), wants),
    )


def _wants(scene: Scene, point: Point, child: Child | None) -> tuple[str, ...]:
    """What a point answered from the record wants for the child, or for any child of the discussion."""
    if point.answered_by is None:
        return ()
    asked = [child] if child else scene.children
    found: dict[str, list[int]] = {}
    for one in asked:
        for words in missing(point, scene.discussion, one):
            found.setdefault(words, []).append(one.number)
    return tuple(
        words if len(wanting) == len(asked) else f"{words} ({whom(wanting, scene.names)})"
        for words, wanting in found.items()
    )


def lacks_of(scene: Scene, child: Child) -> tuple[tuple[str, str], ...]:
    """What one child's record still lacks by the policies in force, in words, with where it is put right.

    The same thing wanting by several policies is said once; the signature is not among it, it comes last.
    """
    found: dict[str, str] = {}
    for lack in lacks(scene.points, scene.discussion, child, scene.look(child.number), scene.labels):
        if lack.place != "signature":
            found.setdefault(lack.words, lack.place)
    return tuple(found.items())
