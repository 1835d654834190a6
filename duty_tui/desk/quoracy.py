"""Who is at a discussion, who is missing, and whom the policies want asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duty_tui.domain.discussion import Discussion
from duty_tui.domain.times import moment_words
from duty_tui.rules.clauses import Attend
from duty_tui.rules.conditions import FactLookup
from duty_tui.rules.kleene import compile_condition
from duty_tui.rules.pack import Pack
from duty_tui.rules.quorum import Quorum, headcount, partners_absent, quorum
from duty_tui.rules.situation import Known
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.views.discussion import InviteLine, PersonLine, QuorumLine

_NEED = {"minimum": "must", "invite": "may", "inform": "inform", "exclude": "never"}
_ANSWER = {True: "coming", False: "not coming", None: "asked"}
_NOBODY = {"exclude": "not asked", "inform": "not told yet"}
#: How a role stands that nobody has been asked for.
NOT_ASKED = "not asked yet"
_STANDING = {"present": "here", "apologies": "apologies", "absent": "did not attend", "report": "report only"}


def attend_clauses(packs: Sequence[Pack]) -> list[Attend]:
    """What the packs say of who comes, each role once for each need; where several ask for it, the most of it."""
    found: dict[tuple[str, str, str], Attend] = {}
    for pack in packs:
        for clause in pack.attend:
            key = (clause.need, clause.role, clause.when.model_dump_json() if clause.when else "")
            if key not in found or found[key].at_least < clause.at_least:
                found[key] = clause
    return list(found.values())


def quorum_of(discussion: Discussion, packs: Sequence[Pack], look: FactLookup, vocabulary: Vocabulary) -> Quorum:
    """Quorum by presence: whoever took part counts, also when they left before the end; a report does not."""
    present = headcount((person.role for person in discussion.present), vocabulary)
    return quorum(attend_clauses(packs), present, look, vocabulary)


def absence_facts(
    discussion: Discussion, packs: Sequence[Pack], look: FactLookup, vocabulary: Vocabulary
) -> Iterator[tuple[str, Known]]:
    """What the desk knows by itself once a discussion has ended: whether it was quorate, and who was missing."""
    quorate = quorum_of(discussion, packs, look, vocabulary).quorate
    absent = partners_absent((person.role for person in discussion.present), vocabulary)
    said = {"inquorate": None if quorate is None else not quorate, "statutory_partner_absent": bool(absent)}
    for name, value in said.items():
        yield name, Known(value, discussion.ended, None, discussion.number)


def quorum_line(found: Quorum) -> QuorumLine:
    """The quorum in one line: `3 of 4 here: police missing`."""
    count, colon, missing = found.words.partition(":")
    words = f"{count} here{colon}{missing}" if count != "0 of 0" else "The adopted policies name no minimum."
    return QuorumLine(found.quorate, words, tuple(gap.title for gap in found.missing))


def people_lines(discussion: Discussion, vocabulary: Vocabulary) -> Iterator[PersonLine]:
    """Everybody at the discussion or missing from it, in the order they were named."""
    for person in discussion.people:
        standing = _STANDING[person.standing]
        left = f"left {moment_words(person.left)[-5:]}" if person.left else standing
        role = vocabulary.role.get(person.role)
        yield PersonLine(
            *(person.id, person.name, person.job, person.agency, person.role, role.label if role else person.role),
            *(left if person.standing == "present" else standing, person.standing == "present"),
            *(person.senior, person.reason),
        )


def invite_lines(
    discussion: Discussion, packs: Sequence[Pack], look: FactLookup, vocabulary: Vocabulary
) -> Iterator[InviteLine]:
    """Whom the policies want asked, told or left out, and how that stands; roles certainly not needed are left out."""
    for need, said in _NEED.items():
        for clause in attend_clauses(packs):
            verdict = compile_condition(clause.when)(look)
            if clause.need == need and verdict is not False:
                unless = verdict if isinstance(verdict, tuple) else ()
                title = clause.title or vocabulary.role[clause.role].label
                yield InviteLine(
                    *(said, clause.role, title, _asked(discussion, clause, vocabulary)),
                    " or ".join(vocabulary.fact[name].label for name in unless),
                    f"{clause.cite.paragraph}: “{clause.cite.words}”",
                )


def unconfirmed(
    discussion: Discussion, packs: Sequence[Pack], look: FactLookup, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """The roles of the minimum of which too few have said that they come: their title, and how that stands.

    A role that is certainly not needed is left out; one that a question may yet rule out is not, and says so.
    """
    coming = [one.role for one in discussion.invitations if one.coming] + [one.role for one in discussion.present]
    sure = headcount(coming, vocabulary)
    for clause in attend_clauses(packs):
        verdict = compile_condition(clause.when)(look) if clause.need == "minimum" else False
        if verdict is not False and sure.get(clause.role, 0) < clause.at_least:
            title = clause.title or vocabulary.role[clause.role].label
            unless = verdict if isinstance(verdict, tuple) else ()
            labels = " or ".join(vocabulary.fact[name].label for name in unless)
            yield title + (f", if {labels}" if labels else ""), _asked(discussion, clause, vocabulary)


def _asked(discussion: Discussion, clause: Attend, vocabulary: Vocabulary) -> str:
    """Who has been asked for a role, and what they said; who came, once they have."""
    people = [person for person in discussion.people if clause.role in headcount([person.role], vocabulary)]
    named = {person.name for person in people}
    said = [f"{person.name}: {_STANDING[person.standing]}" for person in people]
    said += [
        f"{one.name or one.agency or 'somebody'}: {_ANSWER[one.coming]}"
        for one in discussion.invitations
        if clause.role in headcount([one.role], vocabulary) and one.name not in named
    ]
    told = [one for one in discussion.informed if one.role == clause.role]
    said += [f"{one.who}: told {moment_words(one.at)}" if one.who else f"told {moment_words(one.at)}" for one in told]
    return ", ".join(said) or _NOBODY.get(clause.need, NOT_ASKED)
