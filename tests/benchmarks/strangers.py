"""Forged requests against a real `weft run` in HTTP mode: what it answers, calls and needs. Prints a table.

    python -m tests.benchmarks.strangers [--requests 10000]

Each request is a command, a click or an event whose headers, time or body were changed after it was signed, with the
address of a service inside the network as its response_url; every fiftieth says that it is larger than 1 MB.
"""

import argparse
import hashlib
import hmac
import random
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

from bot.cli.http import LARGEST_BODY
from bot.core.clock import SystemClock
from bot.manifest import EVENTS_PATH
from bot.slacksim import SlackServer, Workspace
from tests.benchmarks.load.running import Running
from tests.cli.test_http import MUTATED, SIGNATURE, STAMP, requests_of
from tests.conftest import APP
from tests.databases import free_port

THREADS = 8
TOO_LARGE_EVERY = 50


@contextmanager
def inner_service() -> Iterator[tuple[str, list[bytes]]]:
    called: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    called.append(connection.recv(1000))
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/admin", called


class Stranger:
    """Has one right request of each kind, as from a log of a proxy, and changes it."""

    def __init__(self, port: int, secret: str, bodies: list[tuple[bytes, str]]) -> None:
        self.port, self.secret, self.bodies = port, secret, bodies
        self.mutations = list(MUTATED.values())

    def post(self, number: int) -> int:
        dice = random.Random(number)
        body, content_type = dice.choice(self.bodies)
        if number % TOO_LARGE_EVERY == 0:
            return self.send(list(self.sign(body, "another secret").items()), body, content_type, LARGEST_BODY * 300)
        kind = dice.randrange(3)
        if kind == 0:
            headers = dice.choice(self.mutations)(self.sign(body, self.secret))
        elif kind == 1:
            late = dice.choice((-1, 1)) * dice.randint(400, 10**8)
            headers = list(self.sign(body, self.secret, late).items())
        else:
            headers, place = list(self.sign(body, self.secret).items()), dice.randrange(len(body))
            body = body[:place] + bytes([body[place] ^ (1 << dice.randrange(8))]) + body[place + 1 :]
        return self.send(headers, body, content_type, len(body))

    def sign(self, body: bytes, secret: str, late: int = 0) -> dict[str, str]:
        stamp = str(int(SystemClock().now().timestamp()) + late)
        code = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {STAMP: stamp, SIGNATURE: f"v0={code}"}

    def send(self, headers: list[tuple[str, str]], body: bytes, content_type: str, length: int) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest("POST", EVENTS_PATH)
            for name, value in [("Content-Type", content_type), *headers]:
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(length))
            connection.endheaders()
            with suppress(OSError):  # It may be refused before the body is read.
                connection.send(body)
            return connection.getresponse().status
        finally:
            connection.close()


def measure(requests: int, folder: Path) -> None:
    server = SlackServer()
    server.start()
    workspace = Workspace(SystemClock(), name="Acme", settings=APP)
    server.host(workspace)
    person = workspace.add_person("Ana Ruiz")
    port = free_port()
    with inner_service() as (address, called):
        running = Running(
            SimpleNamespace(workspace=workspace, server=server),
            f"sqlite:///{folder}/weft.sqlite3",
            folder / "log",
            HTTP_PORT=str(port),
            SLACK_SIGNING_SECRET=workspace.signing_secret,
        )
        try:
            stranger = Stranger(port, workspace.signing_secret, list(requests_of(address, workspace, person).values()))
            wait_until_it_answers(stranger, workspace)
            before, calls, lines = running.memory("VmRSS"), len(workspace.calls), len_of(running.log)
            began = time.perf_counter()
            with ThreadPoolExecutor(THREADS) as pool:
                answers = Counter(pool.map(stranger.post, range(1, requests + 1)))
            took = time.perf_counter() - began
            most = running.memory("VmHWM")
            regular = Counter(call.method for call in workspace.calls[calls:])
            show(requests, answers, took, called, regular, most - before, before, len_of(running.log) - lines)
        finally:
            running.stop()
            server.stop()


def wait_until_it_answers(stranger: Stranger, workspace: Workspace) -> None:
    pause = threading.Event()
    while True:
        with suppress(OSError):
            if stranger.send([], b"", "text/plain", 0) == 401 and "users.list" in [c.method for c in workspace.calls]:
                break
        pause.wait(0.2)
    pause.wait(3)  # Its first look is over.


def len_of(log: Path) -> int:
    return len(log.read_text().splitlines())


def show(requests, answers, took, called, regular, grown, before, lines):
    statuses = ", ".join(f"{count:,} of {status}" for status, count in sorted(answers.items()))
    rows = [
        (f"answers to {requests:,} forged requests", statuses, "401 or 413"),
        ("calls to the address that they name", len(called), "0"),
        ("calls to Slack meanwhile, by the bot's own work", sum(regular.values()), "-"),
        ("most memory above the start", f"{grown} MB (of {before} MB)", "under 20 MB"),
        ("lines in the log", lines, "a few a minute"),
        ("requests a second", f"{requests / took:,.0f}", "-"),
    ]
    print("| what | measured | asked for |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(str(each) for each in row) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as temporary:
        measure(parser.parse_args().requests, Path(temporary))
