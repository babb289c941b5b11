"""A complete workspace: serves API calls, and offers setup and control to tests and the demo."""

import random
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.slacksim.administration import Administration
from bot.slacksim.clock import Clock
from bot.slacksim.errors import Refused, UndocumentedError
from bot.slacksim.events import Transport
from bot.slacksim.faults import Answer, Fault, Line, too_many
from bot.slacksim.limits import POST, Limits
from bot.slacksim.methods import METHODS, Method
from bot.slacksim.methods.method import GENERAL_ERRORS
from bot.slacksim.settings import EXTRA_SCOPES, AppSettings
from bot.slacksim.state import Json, Kind
from bot.slacksim.transports import SocketMode

ALL_SCOPES = EXTRA_SCOPES.union(*(method.scopes for method in METHODS.values()))
Hook = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Call:
    """A recorded request of the bot. `error` is None if it succeeded."""

    at: datetime
    method: str
    arguments: Mapping[str, Any]
    error: str | None


class Workspace(Administration):
    def __init__(
        self,
        clock: Clock,
        name: str = "Acme",
        *,
        settings: AppSettings | None = None,
        scopes: Iterable[str] | None = None,
        events: Collection[str] | None = None,
    ) -> None:
        settings = settings or AppSettings()
        if events is not None:
            settings = replace(settings, events=frozenset(events))
        granted = scopes if scopes is not None else settings.scopes
        self.sockets = SocketMode()
        super().__init__(clock, name, settings, ALL_SCOPES if granted is None else frozenset(granted), self.sockets)
        self.limits = Limits({each.name: each.per_minute for each in METHODS.values()})
        self.calls: list[Call] = []
        self.before_call: Hook | None = None
        self.after_call: Hook | None = None

    # The Web API

    def call(self, method: str, arguments: Mapping[str, Any], token: str) -> Answer:
        self.carry_out_late()
        if self.before_call is not None:
            self.before_call(method)
        fault = self.faults.take(method) or Fault()
        answer = fault.instead or self._answer(method, arguments, token, fault.late)
        error = answer.error or ("nonsense" if fault.instead or fault.afterwards else None)
        if fault.instead is None:
            line = answer.line if fault.late is not None else fault.line
            answer = replace(fault.afterwards or answer, line=line, delay=fault.delay, pause=fault.pause)
        self.calls.append(Call(self.now(), method, arguments, answer.error or error))
        if self.after_call is not None and answer.line not in (Line.DROPPED_BEFORE, Line.TIMED_OUT):
            self.after_call(method)
        return answer

    def _answer(self, name: str, arguments: Mapping[str, Any], token: str, late: timedelta | None) -> Answer:
        method = METHODS.get(name)
        if method is None:
            return self._refusal(Refused("unknown_method", req_method=name))
        with self.lock:
            try:
                self._check_token(method, token)
                wait = self.limits.seconds_to_wait(name, self.now(), self._paced_channel(name, arguments))
                if wait is not None:
                    return too_many(wait)
                self._check_scopes(method)
            except Refused as refusal:
                return self._refusal(refusal)
            if late is not None:
                self.put_off(late, lambda: self._carry_out(method, arguments))
                return Answer({}, line=Line.TIMED_OUT)
            return self._carry_out(method, arguments)

    def _carry_out(self, method: Method, arguments: Mapping[str, Any]) -> Answer:
        try:
            return self._success(method.handler(self, **method.read(arguments)))
        except Refused as refusal:
            if refusal.error not in method.errors | GENERAL_ERRORS and method.name != "api.test":
                raise UndocumentedError(f"{method.name} can't answer {refusal.error}") from refusal
            return self._refusal(refusal)

    def _success(self, body: Json) -> Answer:
        return Answer({"ok": True} | body, headers=self._scope_header())

    def _refusal(self, refusal: Refused) -> Answer:
        return Answer({"ok": False, "error": refusal.error} | refusal.extra, headers=self._scope_header())

    def _scope_header(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self.scopes))}

    def _check_token(self, method: Method, token: str) -> None:
        if self.is_token_revoked:
            raise Refused("token_revoked")
        if (token == self.app_token) is not method.takes_app_token and method.name != "api.test":
            raise Refused("not_allowed_token_type")

    def _check_scopes(self, method: Method) -> None:
        if method.scopes and not method.scopes & self.scopes:
            needed = ",".join(sorted(method.scopes))
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))

    def _paced_channel(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return the rate limiter's channel: a person's id and the DM with them are the same."""
        if method != POST:
            return None
        named = str(arguments.get("channel", ""))
        channel = self.channels.get(named)
        return channel.name if channel is not None and channel.kind is Kind.IM else named

    # Files

    def upload(self, file_id: str, content: bytes) -> Answer:
        with self.lock:
            file = self.files.get(file_id)
            if file is None or file.is_uploaded:
                return Answer("expired", 404)
            file.content, file.is_uploaded = content, True
        return Answer(f"OK - {len(content)}")

    def download(self, file_id: str, token: str) -> Answer:
        file = self.files.get(file_id)
        if file is None or token != self.bot_token or "files:read" not in self.scopes:
            return Answer("Sign in to see this file", 403)
        return Answer(file.content)

    # Delivery to the bot

    def deliver_to(self, transport: Transport) -> None:
        self.deliveries.transport = transport

    def double_events(self, on: bool = True) -> None:
        self.deliveries.is_doubling = on

    def hold_events(self) -> None:
        self.deliveries.is_holding = True

    def release_events(self, order: random.Random | None = None) -> None:
        """Release held events in their order, or shuffled by `order`."""
        self.deliveries.release(order)

    def resend_unacknowledged(self) -> int:
        return self.deliveries.resend_unacknowledged()

    def next_retry_at(self) -> datetime | None:
        moment = self.deliveries.next_retry
        return None if moment is None else datetime.fromtimestamp(moment, UTC)

    def retry_events(self) -> None:
        """Retry unacknowledged events that Slack would have retried by now."""
        self.deliveries.retry(self.seconds())

    def disconnect(self, reason: str = "refresh_requested") -> None:
        self.sockets.disconnect(reason)

    def revoke_token(self) -> None:
        self.is_token_revoked = True

    def restore_token(self) -> None:
        self.is_token_revoked = False
