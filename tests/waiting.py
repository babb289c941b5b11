"""Waits for what other threads and processes do. Passing takes as long as it takes; only failing takes PATIENCE."""

import threading
import time

PATIENCE = 60
"""Seconds. Far more than a busy machine needs: no test may fail because something else runs beside it."""


def until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.02)


def join(*threads):
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), f"{thread.name} goes on and on"
