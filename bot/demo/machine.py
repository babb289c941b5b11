"""The bot's simulated computer: can be switched off and on again over the same database."""

from collections.abc import Callable
from contextlib import ExitStack

from bot.app import Weft
from bot.scheduler import run_last_ticks
from bot.slacksim import Direct, Unplugged, Workspace


class Machine:
    def __init__(self, workspace: Workspace, begin: Callable[[], Weft]) -> None:
        """`begin` opens the database and composes a new bot, independent of earlier ones."""
        self.workspace, self.begin = workspace, begin
        self.running: Weft | None = None

    @property
    def is_on(self) -> bool:
        return self.running is not None

    @property
    def weft(self) -> Weft:
        if self.running is None:
            raise RuntimeError("Weft is off")
        return self.running

    def start(self) -> None:
        if self.running is None:
            self.running = self.begin()
            self.workspace.deliver_to(Direct(self.running.app))

    def stop(self) -> None:
        """Shut down in the order of `weft run`: stop input, stop sending, then write pending work."""
        weft, self.running = self.running, None
        if weft is None:
            return
        with ExitStack() as stack:
            stack.callback(weft.bot.db.close)
            stack.callback(weft.carrier.release)
            stack.callback(run_last_ticks, weft)
            stack.callback(weft.carrier.stop)
            self.workspace.deliver_to(Unplugged())
