"""What became of a document when it was made: characters for which no font had a sign. It changes nothing else."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import override

from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.model import Line
from duty_tui.domain.service_state import Service, ServiceEvent

#: The characters by their code points, `U+738B`: what no font shows could not be read here either.
Signs = Annotated[tuple[Annotated[str, Field(pattern=r"^U\+[0-9A-F]{4,6}$")], ...], Field(min_length=1)]


class SignsNotShown(Event):
    """A PDF of the concern was made with boxes in place of these characters."""

    kind = "signs-not-shown"

    #: The name of its file.
    document: Line
    signs: Signs

    @override
    def apply(self, concern: Concern, stamp: Stamp) -> Concern:
        return concern

    @override
    def words(self) -> str:
        return f"{self.document} was made with boxes in place of {', '.join(self.signs)}: no font had a sign for them"

    @override
    def why_fixed(self, concern: Concern) -> str | None:
        return "That a document was made so stays in the record."


class SheetSignsNotShown(ServiceEvent):
    """The same of a sheet that is about no one concern."""

    kind = "sheet-signs-not-shown"
    act = "export"

    document: Line
    signs: Signs

    @override
    def apply(self, service: Service) -> Service:
        return service


KINDS: dict[str, type[Event]] = {SignsNotShown.kind: SignsNotShown}
