"""Messages of an async coffee: three questions first, all answers once everyone has replied."""

from collections.abc import Mapping, Sequence

from bot.coffee.matches.buttons import answer_with
from bot.coffee.matches.written.buttons import answer_button
from bot.coffee.texts import written as texts
from bot.core.blocks import actions, context, header, section, sections
from bot.core.message import Block, Message
from bot.core.mrkdwn import mention
from storage.kinds import Answer


def asked(match_id: int, questions: Sequence[str]) -> list[Block]:
    lines = [texts.NUMBERED(number=number, question=question) for number, question in enumerate(questions, 1)]
    return [section("\n".join(lines)), actions(answer_button(match_id)), context(texts.SEE_ANSWERS())]


def shown(match_id: int, questions: Sequence[str], answers: Mapping[str, Sequence[str]]) -> Message:
    """`answers`: by person, in the order of the questions; empty where one was skipped."""
    drawn: list[Block] = [header(texts.HEADING())]
    for number, question in enumerate(questions):
        said = [answer(person_id, words[number]) for person_id, words in answers.items()]
        drawn += sections([texts.QUESTION(question=question), *said])
    it_counts = actions(answer_with(Answer.MET, match_id, texts.IT_COUNTS))
    return Message(texts.READY(), [*drawn, context(texts.KEEP_GOING()), it_counts])


def answer(person_id: str, words: str) -> str:
    person, one_line = mention(person_id), " ".join(words.split())
    return texts.ANSWER(person=person, answer=one_line) if one_line else texts.SKIPPED(person=person)


def thanks(waiting_for: Sequence[str]) -> str:
    if not waiting_for:
        return texts.LAST_ONE_IN()
    return (
        texts.WAITING_FOR_ONE(person=mention(waiting_for[0])) if len(waiting_for) == 1 else texts.WAITING_FOR_OTHERS()
    )
