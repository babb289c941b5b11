import platform
from types import SimpleNamespace

import pytest

from bot.cli import memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_all_threads_share_one_place_for_memory():
    assert memory.share_one_arena() is True


def test_where_the_c_library_has_no_such_choice_nothing_happens(monkeypatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _name: SimpleNamespace())

    assert memory.share_one_arena() is False


def test_on_another_system_nothing_happens(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "darwin")

    assert memory.share_one_arena() is False
