"""Messages of an async coffee: three questions first, all answers once everyone has replied."""

from collections.abc import Mapping, Sequence

from bot.coffee.matches.check_ins.blocks import ANSWERS
from bot.coffee.matches.written.buttons import answer_button
from bot.core.blocks import actions, button, context, header, section, sections
from bot.core.message import Block, Message
from bot.core.texts import escape, listed, mention
from storage.kinds import Answer


def asked(match_id: int, questions: Sequence[str]) -> list[Block]:
    lead = (
        "Your working days hardly overlap, so have this coffee in writing: three questions, a few words each. "
        "You see the answers when all of you have written."
    )
    return [section(lead), section(numbered(questions)), actions(answer_button(match_id))]


def numbered(questions: Sequence[str]) -> str:
    return "\n".join(f"{number}. {question}" for number, question in enumerate(questions, 1))


def shown(match_id: int, questions: Sequence[str], answers: Mapping[str, Sequence[str]]) -> Message:
    """`answers`: by person, in the order of the questions; empty where one was skipped."""
    names = listed([mention(person_id) for person_id in answers])
    text = f"{names}, here is what you wrote to each other."
    drawn: list[Block] = [header("Your written coffee")]
    for number, question in enumerate(questions):
        said = [f"{mention(one)}: {quoted(words[number])}" for one, words in answers.items() if words[number]]
        drawn += sections([f"*{question}*", *(said or ["Nobody wrote anything here."])])
    return Message(
        text,
        [
            *drawn,
            context("Go on here, whenever your days allow. Was it a coffee to you? Then say so."),
            actions(button("We met", ANSWERS[Answer.MET], str(match_id))),
        ],
    )


def quoted(words: str) -> str:
    return " ".join(escape(words).split())


def thanks(waiting_for: Sequence[str]) -> str:
    if not waiting_for:
        return "Thank you. You were the last: I'll write all answers to your conversation."
    who = mention(waiting_for[0]) + " has" if len(waiting_for) == 1 else "the others have"
    return f"Thank you. When {who} answered too, you see it all in your conversation. Until then you can change it."
