"""A stranger who copies the example of the simulated Slack's README sees it run."""

import re
from pathlib import Path

import pytest

import bot.slacksim
from bot.slacksim import Person
from bot.slacksim.faults import Faults

README = Path(bot.slacksim.__file__).with_name("README.md")


def test_the_example_runs_as_it_stands():
    [example] = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)

    exec(compile(example, str(README), "exec"), {})


@pytest.mark.parametrize(("line", "there"), [("- **Faults**", Faults), ("- **People**", Person)])
def test_every_fault_and_act_that_it_names_is_there(line, there):
    [paragraph] = re.findall(rf"^{re.escape(line)}.*?(?=^- |^$)", README.read_text(encoding="utf-8"), flags=re.M | re.S)
    named = re.findall(r"`([a-z_]+)`", paragraph)

    assert len(named) > 8
    assert [name for name in named if not hasattr(there, name)] == []
