"""Access control: only a browser on this machine that was given the URL with the key.

Other sites open in that browser could send requests too. Three checks stop them: the Host header (against DNS
rebinding), a key in a SameSite=Strict cookie, and, for actions, the Origin header.
"""

import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 200_000
"""Maximum size of a request in bytes. A form could hold a hundred fields of 3000 characters, but no one types that."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# A page that redirects by itself: a SameSite=Strict cookie isn't sent on a redirect from a foreign link.
ENTER = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/">'
    '<link rel="icon" href="/static/icon.svg"><title>Weft</title><p><a href="/">Go on</a></p></html>'
)


class TooLargeError(Exception):
    """The request exceeds LARGEST."""


class Guard:
    def __init__(self, app: ASGIApp, *, key: str, port: int) -> None:
        self.app, self.key = app, key
        self.cookie = f"weft-demo-{port}"
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        try:
            await self.app(scope, _limited(receive), _with_headers(send))
        except TooLargeError:
            await PlainTextResponse("That's too large for this page.", 413)(scope, receive, _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self.hosts:
            return PlainTextResponse("Open this page at 127.0.0.1.", 421)
        if self.is_key(_query(scope).get("key", "")) and scope["method"] == "GET":
            return self.welcome()
        if not self.is_key(_cookies(headers).get(self.cookie, "")):
            return PlainTextResponse("Open the address that `weft demo` printed: it has the key in it.", 403)
        if scope["method"] != "GET" and not self.is_ours(headers):
            return PlainTextResponse("Only this page can do that.", 403)
        if int_or_zero(headers.get("content-length")) > LARGEST:
            return PlainTextResponse("That's too large for this page.", 413)
        return None

    def is_key(self, said: str) -> bool:
        return hmac.compare_digest(said.encode(), self.key.encode())

    def is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin", "")
        return origin.removeprefix("http://") in self.hosts and headers.get("content-type") == "application/json"

    def welcome(self) -> Response:
        response = HTMLResponse(ENTER)
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="strict", path="/")
        return response


def int_or_zero(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 20 else 0


def _query(scope: Scope) -> Mapping[str, str]:
    return QueryParams(scope["query_string"])


def _cookies(headers: Headers) -> Mapping[str, str]:
    try:
        found: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in found.items()}


def _limited(receive: Receive) -> Receive:
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST:
            raise TooLargeError
        return message

    return receive_some


def _with_headers(send: Send) -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return send_with
