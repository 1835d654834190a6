"""Screens whose keys, palette entries, footer and help all come from one list of commands."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message
from textual.screen import ModalScreen, Screen, ScreenResultType

from duty_tui.errors import DutyError
from duty_tui.widgets.command import AnyCommand, Command
from duty_tui.widgets.guarded import PasteDropped
from duty_tui.widgets.palette import CommandProvider
from duty_tui.widgets.safe import clean
from duty_tui.widgets.statusline import Refusal, StatusLine

if TYPE_CHECKING:
    _Base = Screen[Any]
else:
    _Base = object


class HelpWanted(Message):
    """Someone asked what can be done here; the app shows the help of `screen`."""

    def __init__(self, screen: Commanded) -> None:
        super().__init__()
        self.screen = screen


class Commanded(_Base):
    """What a screen gains from its list of commands. Use `CommandScreen` or `CommandModal`.

    Two commands of one list with the same id or the same key are refused where the class is defined (ValueError).
    """

    ACTS: ClassVar[tuple[type[AnyCommand], ...]] = ()
    """The commands of this screen, those of its base classes besides; the order is the order of help."""

    _acts: ClassVar[dict[str, AnyCommand]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        own = cls.__dict__.get("ACTS", ())
        for base in cls.__mro__[1:]:
            own += tuple(act for act in getattr(base, "ACTS", ()) if act.id not in {known.id for known in own})
        cls._acts = _one_of_each(cls.__name__, own)
        bindings = [binding for act in cls.__dict__.get("ACTS", ()) for binding in act.bindings()]
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings]
        cls.COMMANDS = {*cls.__dict__.get("COMMANDS", ()), CommandProvider}
        super().__init_subclass__(**kwargs)

    @classmethod
    def acts(cls) -> tuple[AnyCommand, ...]:
        """Every command of this screen, its own first."""
        return tuple(cls._acts.values())

    @property
    def view(self) -> Any:
        """What `why_not` judges by; the screen itself unless a screen says otherwise."""
        return self

    @property
    def keymap(self) -> dict[str, str]:
        """The person's own keys, command id → keys."""
        return dict(self.app._keymap)

    def why_not(self, act_id: str) -> str | None:
        """Why the command `act_id` cannot be done now, or None."""
        return self._acts[act_id].why_not(self.view)

    async def action_act(self, act_id: str) -> None:
        """Do the command, or say why not."""
        act = self._acts[act_id]
        reason = self.why_not(act_id)
        if reason is not None:
            self.refuse(reason)
            return
        try:
            done = act.run(self)
            if isawaitable(done):
                await done
        except DutyError as error:
            self.refuse(str(error))

    def refuse(self, reason: str) -> None:
        """Say why something was not done: on the status line, or as a toast where a screen has none."""
        for line in self.query(StatusLine):
            line.refused(reason)
            return
        self.notify(clean(reason), severity="warning", markup=False)

    def on_refusal(self, event: Refusal) -> None:
        """A widget of this screen would not take something."""
        event.stop()
        self.refuse(event.reason)

    def on_paste_dropped(self, event: PasteDropped) -> None:
        """A paste came as keys, and was kept from becoming commands."""
        event.stop()
        self.refuse(f"{event.count} keys came faster than a hand types and were not taken for commands.")

    def back(self) -> None:
        """One step back: close this screen if there is one beneath it; never the program."""
        if self.app.screen is self and len(self.app.screen_stack) > 1:
            self.dismiss(None)

    def refresh_commands(self) -> None:
        """Have the hints asked again, after what `why_not` judges by has changed."""
        self.refresh_bindings()


def _one_of_each(where: str, acts: Iterable[type[AnyCommand]]) -> dict[str, AnyCommand]:
    """The commands by id; ValueError when two share an id or a key."""
    by_id: dict[str, AnyCommand] = {}
    by_key: dict[str, str] = {}
    for act in acts:
        if act.id in by_id:
            raise ValueError(f"{where}: two commands are called {act.id}")
        by_id[act.id] = act()
        for key in act.key_list():
            if key in by_key:
                raise ValueError(f"{where}: {by_key[key]} and {act.id} both have the key {key}")
            by_key[key] = act.id
    return by_id


class CommandScreen(Commanded, Screen[ScreenResultType]):
    """A screen with commands."""


class CommandModal(Commanded, ModalScreen[ScreenResultType]):
    """A dialogue with commands."""


class Back(Command[Any, Commanded]):
    """Go back one step."""

    id, keys, label, group, priority = "back", "escape", "back", "Everywhere", 20
    help = "Go back one step; what was typed is kept."

    def run(self, screen: Commanded) -> None:
        """Close the screen, as it says itself."""
        screen.back()


class Help(Command[Any, Commanded]):
    """Ask what can be done here."""

    id, keys, label, group, priority = "help", "question_mark,f1", "help", "Everywhere", 0
    help = "Show what can be done here, search it, and run what is found."

    def run(self, screen: Commanded) -> None:
        """Ask the app for the help of this screen."""
        screen.post_message(HelpWanted(screen))


class Palette(Command[Any, Commanded]):
    """Find a command by its name."""

    id, keys, label, group, priority = "palette", "colon,ctrl+p", "palette", "Everywhere", 90
    help = "Find a command by its name; the second key works while text is typed as well."

    def run(self, screen: Commanded) -> None:
        """Open the palette."""
        screen.app.action_command_palette()
