"""`weft demo`: serves the page on this machine until Ctrl-C."""

import secrets
import socket
import webbrowser
from datetime import datetime, timedelta

import uvicorn
from rich.console import Console

from bot.core.errors import SetupError
from bot.demo.celebrating import open_wins
from bot.demo.page.app import build_page
from bot.demo.page.company import Company, Pace
from bot.demo.stage import BEGINS, Play, stage

HERE = "127.0.0.1"
PORT, MOST_TRIES = 4400, 20
FIRST_DAYS = timedelta(days=3, hours=2)
"""Simulated time before the page opens, long enough for the first introductions to go out."""


def serve(out: Console, *, seed: int, port: int | None, browser: bool, begins: datetime = BEGINS) -> int:
    listening = listen(port)
    out.print("Setting up a demo company of 60 people…")
    try:
        with stage(seed, begins) as play:
            set_up(play)
            company = Company(play)
            company.run_for(FIRST_DAYS, then=Pace.CALM)
            company.start()
            try:
                run(out, company, listening, browser=browser)
            finally:
                company.stop()
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    out.print("Demo stopped. Nothing was saved.")
    return 0


def set_up(play: Play) -> None:
    play.admin_sets_up(play.people_arrive())
    play.admin_lets_celebrate(open_wins(play.life))


def listen(port: int | None) -> socket.socket:
    """Listen on the given port, or on the first free default one. Raises SetupError with the reason."""
    if port is not None and not 0 <= port < 65536:
        raise SetupError(f"{port} isn't a port. Choose one from 1024 to 65535 with --port.")
    for number in [port] if port is not None else range(PORT, PORT + MOST_TRIES):
        try:
            return socket.create_server((HERE, number))
        except OSError:
            continue
    which = f"Port {port} is" if port is not None else f"The ports {PORT} to {PORT + MOST_TRIES - 1} are"
    raise SetupError(f"{which} in use or not allowed. Choose another one with --port.")


def run(out: Console, company: Company, listening: socket.socket, *, browser: bool) -> None:
    port: int = listening.getsockname()[1]
    key = secrets.token_urlsafe(24)
    address = f"http://{HERE}:{port}/?key={key}"
    app = build_page(company, key=key, port=port)
    out.print(f"Ready. Open this in your browser: [bold]{address}[/]\nPress Ctrl-C to stop.")
    if browser:
        open_browser(address)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listening])


def open_browser(address: str) -> None:
    """Open a browser if there is one; the address is printed anyway."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return
    webbrowser.open(address)
