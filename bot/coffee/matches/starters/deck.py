"""Conversation starters: questions for one person to ask another, answered without preparation, never about success."""

from dataclasses import dataclass

from bot.core.catalog import Label


@dataclass(frozen=True, slots=True)
class Starter:
    name: str
    """Stored with a match; never reused for another question."""
    question: Label
    """Asked by the person who starts. `{topic}` is one of the other person's topics."""


def named(prefix: str, *questions: str) -> tuple[Starter, ...]:
    """Number the questions. Add new ones at the end, as the number is part of the name."""
    return tuple(Starter(f"{prefix}-{number}", Label(question)) for number, question in enumerate(questions, 1))


# In an introduction: light questions, for anyone.
LIGHT = named(
    "light",
    "What's something good you ate recently?",
    "What's a place near you that visitors should see?",
    "What are you reading, watching, or listening to these days?",
    "What's a small thing that makes your day better?",
    "How do you like to start your morning?",
    "What's the best inexpensive meal where you live?",
    "What could you talk about for an hour without preparing?",
    "What have you learned just for fun?",
    "What skill would you love to pick up?",
    "What do you see when you look out the nearest window?",
    "How do you take a real break?",
    "What's a song you never skip?",
    "What's the most useful thing on your desk?",
    "What made you laugh recently?",
    "What's a place you'd go back to any time?",
    "How do you take your coffee, or what do you drink instead?",
    "What have you changed your mind about recently?",
    "What's the best advice anyone has given you?",
    "What everyday object do you think is really well made?",
    "What would you do with one extra hour today?",
)

# In an introduction: questions about work, for anyone.
ANY = named(
    "any",
    "What does a normal Tuesday look like for you?",
    "What are you working on this week?",
    "What would surprise people outside your team about your work?",
    "What part of your work do you look forward to?",
    "What have you learned recently that you use every day?",
    "Who relies on your work, and what do they need from you?",
    "How did you end up in this kind of work?",
    "What's a small change that made your work easier?",
    "What question do other teams ask you most?",
    "What do you wish other teams knew about yours?",
    "What would you show me if I joined your team for a day?",
    "What has changed the most since you started here?",
    "What's a decision your team made that you're glad about?",
    "What's hard about your work that no one sees?",
    "What would you try if you had a free week?",
    "Whose work here do you admire, and why?",
    "Which tool would you miss the most?",
    "What's the next thing your team hopes to finish?",
    "How could my team make your life easier?",
    "What was the last thing at work that made you smile?",
    "How does your team decide what to do first?",
    "How is this job different from what you expected?",
    "What do you do when you're stuck?",
    "If you could keep only one meeting, which one would it be?",
    "How do you know when something is finished?",
    "What's a change you made that no one noticed but really mattered?",
    "What's the best question someone has asked you at work?",
    "Who taught you something important about your work?",
)

# In an introduction of people from different teams.
COMPANY = named(
    "company",
    "What's a story about this company that more people should hear?",
    "Who here has helped you lately?",
    "What do you know about how things work here that isn't written down?",
    "What does your team do that the rest of us rarely see?",
    "What would you fix here tomorrow if it took no time?",
    "How do you find out what's going on in other teams?",
)

# In an introduction of three people or more.
GROUP = named(
    "group",
    "What's one thing each of you is good at that the others might not know?",
    "What's everyone working on, in one sentence and without special terms?",
    "What's the best thing each of you has read, watched, or heard this month?",
    "What went well for each of you this week?",
    "What does everyone see from where they're sitting right now?",
    "What do our teams have in common that we might not know yet?",
    "What's one word for your week so far, and why?",
    "How would you each explain your job to a ten-year-old?",
    "What's one question you'd each like to ask another team?",
    "What should we all eat, read, or see before we meet again?",
)

# In an introduction, to someone who listed topics.
TOPIC = named(
    "topic",
    "How did you get into {topic}?",
    "What do most people get wrong about {topic}?",
    "Where should a beginner start with {topic}?",
    "What's new in {topic} that's worth knowing?",
)

# In an introduction, by the craft of the person asked.
CRAFTS: dict[str, tuple[tuple[str, ...], tuple[Starter, ...]]] = {
    "engineering": (
        ("engineer", "develop", "programm", "software", "sre", "devops", "platform", "architect", "qa"),
        named(
            "engineering",
            "What part of our systems would you love to explain on a whiteboard?",
            "What's the strangest bug you've seen here?",
            "What would you rebuild if it didn't matter how long it took?",
            "What makes a request from another team easy to say yes to?",
            "What's a piece of our code you're quietly proud of?",
        ),
    ),
    "data": (
        ("data", "analy", "scien", "research", "insight"),
        named(
            "data",
            "What's a number people here trust too easily?",
            "What has the data told you that you didn't expect?",
            "What question do you wish people asked you more often?",
            "How do you know when you've dug deep enough?",
        ),
    ),
    "sales": (
        ("sale", "account", "commercial", "revenue"),
        named(
            "sales",
            "What do customers ask about first?",
            "What's a customer conversation you still think about?",
            "What do customers love that we hardly talk about?",
            "When people say no to us, what's usually the reason?",
            "What do you do before an important call?",
        ),
    ),
    "support": (
        ("support", "success", "service", "care", "helpdesk"),
        named(
            "support",
            "What question comes up every single week?",
            "What would you change in the product if you could change one thing tomorrow?",
            "How do you calm down someone who's upset?",
            "What did a customer do lately that surprised you?",
            "What do customers do with our product that no one planned?",
        ),
    ),
    "product": (
        ("product", "owner", "program", "project", "scrum", "agile"),
        named(
            "product",
            "What did you decide not to build, and why?",
            "How do you find out what people need when they ask for something else?",
            "What's your team betting on that you're most curious about?",
            "Who can change your mind about a product idea?",
        ),
    ),
    "design": (
        ("design", "ux", "ui", "brand", "creative", "art", "illustrat"),
        named(
            "design",
            "What's so well designed that you notice it every day?",
            "What's a design you threw away but still like?",
            "How do you know when a design is done?",
            "Which of our screens would you love to redraw?",
        ),
    ),
    "marketing": (
        ("market", "content", "communicat", "pr", "growth", "event", "copy"),
        named(
            "marketing",
            "What's a story about us that more people should hear?",
            "What idea worked much better than you expected?",
            "What do people think we do, and what do we do?",
            "What do you do when you can't find the right words?",
        ),
    ),
    "money": (
        ("financ", "accountan", "accountin", "control", "procure", "payroll", "tax"),
        named(
            "money",
            "What can you see in the numbers that the rest of us can't?",
            "What could other teams do to make the end of your month easier?",
            "Which of your rules has a good story behind it?",
        ),
    ),
    "people": (
        ("people", "hr", "human", "talent", "recruit", "office", "learn"),
        named(
            "people",
            "What do you notice about a team in the first five minutes?",
            "What makes someone's first week here a good one?",
            "What interview question tells you the most?",
            "What would you like leaders to do more often?",
        ),
    ),
    "law": (
        ("legal", "law", "counsel", "complian", "privacy", "security", "risk"),
        named(
            "law",
            "When do you like to be brought into a project, and when does it really happen?",
            "What's a risk people worry about too much, and one they worry about too little?",
            "What's the most interesting question you got this year?",
        ),
    ),
    "operations": (
        ("operation", "logist", "supply", "it", "facilit", "admin", "assist", "chief", "director"),
        named(
            "operations",
            "What would stop working here if you took a month off?",
            "What problem solved itself because you left it alone?",
            "What would you put in a guide to how this company really works?",
        ),
    ),
}

DECKS = (LIGHT, ANY, COMPANY, GROUP, TOPIC, *(deck for _, deck in CRAFTS.values()))
ALL: dict[str, Starter] = {starter.name: starter for deck in DECKS for starter in deck}
