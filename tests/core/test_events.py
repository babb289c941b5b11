"""What happens in one feature, and who handles it."""

from dataclasses import dataclass, replace

import pytest

from bot.core.feature import Feature, handlers_of
from bot.core.message import Message
from bot.core.work import DomainEvent


@dataclass(frozen=True)
class BeansBought(DomainEvent[str]):
    grams: int


@dataclass(frozen=True)
class BeansSold(DomainEvent[str]):
    grams: int


def weigh(_work, bought):
    return f"{bought.grams} g"


def count(_work, bought):
    return f"{bought.grams // 10} cups"


def test_handlers_answer_in_the_order_of_the_features_and_hear_of_nothing_else(weft):
    kitchen, bar = (
        Feature("kitchen", handlers=(BeansBought.on(weigh),)),
        Feature("bar", handlers=(BeansBought.on(count),)),
    )
    bot = replace(weft.bot, handlers=handlers_of([kitchen, bar]))

    with bot.look() as work:
        assert work.raise_(BeansBought(250)) == ["250 g", "25 cups"]
        assert work.raise_(BeansSold(250)) == []


def test_what_a_handler_that_fails_leaves_undone_leaves_the_event_undone_too(weft, workspace):
    ana = workspace.add_person("Ana Ruiz")

    def write(work, _event):
        work.send(Message("Beans"), to=ana.id, key="beans")

    def fail(_work, _event):
        raise RuntimeError

    bot = replace(weft.bot, handlers={BeansBought: (write, fail)})

    with pytest.raises(RuntimeError), bot.begin() as work:
        work.raise_(BeansBought(1))

    weft.carry()
    assert ana.messages() == []
