"""Icebreakers: about the other's work, answered without preparation, never about success."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    name: str
    """Stored with a match; never reused for another question."""
    question: str
    """Asked by the captain. `{topic}` is replaced by one of the other's topics."""


def named(prefix: str, *questions: str) -> tuple[Starter, ...]:
    """Number the questions. Add new ones at the end, as the number is part of the name."""
    return tuple(Starter(f"{prefix}-{number}", question) for number, question in enumerate(questions, 1))


ANY = named(
    "any",
    "What does an ordinary Tuesday look like for you?",
    "What are you working on this week?",
    "What would people outside your team be surprised to hear about your work?",
    "Which part of your work do you look forward to?",
    "What did you learn lately that you use every day?",
    "Who depends on what you do, and what do they need from you?",
    "What did your way into this job look like?",
    "What is a small thing that made your work easier?",
    "Which question do you get asked most by other teams?",
    "What do you wish other teams knew about yours?",
    "What would you show somebody who visits your team for a day?",
    "What has changed most in your work since you started here?",
    "Which decision are you glad that your team took?",
    "What is hard about your work that nobody sees?",
    "What would you try if you had a free week?",
    "Whose work in this company do you admire, and why?",
    "Which tool would you miss most?",
    "What is the next thing that your team hopes to finish?",
    "Where could my team make your life easier?",
    "What was the last thing that made you laugh at work?",
    "How does your team decide what to do first?",
    "What did you think this job would be like, and what is it like?",
    "What do you do when you are stuck?",
    "Which meeting would you keep if you could keep only one?",
)

TOPIC = named(
    "topic",
    "How did you come to know so much about {topic}?",
    "What do most people get wrong about {topic}?",
    "Where should somebody begin who knows nothing about {topic}?",
    "What is new in {topic} that is worth knowing?",
)

CRAFTS: dict[str, tuple[tuple[str, ...], tuple[Starter, ...]]] = {
    "engineering": (
        ("engineer", "develop", "programm", "software", "sre", "devops", "platform", "architect", "qa"),
        named(
            "engineering",
            "Which part of our systems would you love to explain to somebody with a whiteboard?",
            "What was the strangest bug you have met here?",
            "What would you rebuild if nobody minded how long it took?",
            "What makes a request from another team easy to say yes to?",
            "Which change of yours did nobody notice, although it mattered?",
        ),
    ),
    "data": (
        ("data", "analy", "scien", "research", "insight"),
        named(
            "data",
            "Which number do people here believe too easily?",
            "What did the data tell you that you did not expect?",
            "Which question would you like to be asked more often?",
            "How do you know when you have looked long enough?",
        ),
    ),
    "sales": (
        ("sale", "account", "commercial", "revenue"),
        named(
            "sales",
            "What do customers ask about first?",
            "Which conversation with a customer do you still think about?",
            "What do customers love that we hardly talk about?",
            "Why do people say no to us, when they do?",
            "What do you do before an important call?",
        ),
    ),
    "support": (
        ("support", "success", "service", "care", "helpdesk"),
        named(
            "support",
            "Which question comes up every single week?",
            "What would you change in the product if you could change one thing tomorrow?",
            "How do you calm down somebody who is upset?",
            "Which customer surprised you lately?",
            "What do customers do with our product that nobody planned?",
        ),
    ),
    "product": (
        ("product", "owner", "program", "project", "scrum", "agile"),
        named(
            "product",
            "What did you decide not to build, and why?",
            "How do you find out what people need when they ask for something else?",
            "Which bet of your team are you most curious about?",
            "Whose opinion changes your mind?",
        ),
    ),
    "design": (
        ("design", "ux", "ui", "brand", "creative", "art", "illustrat"),
        named(
            "design",
            "Which everyday thing is designed so well that you notice it?",
            "What did you throw away that you still like?",
            "How do you know that something is finished?",
            "Which screen of ours would you like to draw again?",
        ),
    ),
    "marketing": (
        ("market", "content", "communicat", "pr", "growth", "event", "copy"),
        named(
            "marketing",
            "Which story about us should more people hear?",
            "Which idea worked much better than you thought?",
            "What do people think we do, and what do we do?",
            "Where do you find words when there are none?",
        ),
    ),
    "money": (
        ("financ", "accountan", "accountin", "control", "procure", "payroll", "tax"),
        named(
            "money",
            "What can you see in the numbers that the rest of us can't?",
            "What could other teams do to make the end of your month easier?",
            "Which rule of yours has a good story behind it?",
        ),
    ),
    "people": (
        ("people", "hr", "human", "talent", "recruit", "office", "learn"),
        named(
            "people",
            "What do you notice about a team in the first five minutes?",
            "What makes somebody's first week here a good one?",
            "Which question in an interview tells you most?",
            "What would you like leaders to do more often?",
        ),
    ),
    "law": (
        ("legal", "law", "counsel", "complian", "privacy", "security", "risk"),
        named(
            "law",
            "When in a project do you like to be asked, and when are you asked?",
            "Which risk do people worry about too much, and which too little?",
            "What is the most interesting question that you got this year?",
        ),
    ),
    "operations": (
        ("operation", "logist", "supply", "it", "facilit", "admin", "assist", "chief", "director"),
        named(
            "operations",
            "What would stop working here if you took a month off?",
            "Which problem solved itself because you left it alone?",
            "What do you know about how this company works that is written down nowhere?",
        ),
    ),
}

ALL: dict[str, Starter] = {
    starter.name: starter for deck in (ANY, TOPIC, *(deck for _, deck in CRAFTS.values())) for starter in deck
}
