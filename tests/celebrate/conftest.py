"""A small company that celebrates in #wins, of three teams."""

from datetime import timedelta

from bot.people.service import import_attributes
from tests.beginnings import begins_when
from tests.weft import handed_in, turn_to

LATE = "for staying late on Tuesday, so that the customer could go live"
FASTER = "Builds take 5 minutes instead of 20, so that nobody waits"


def three_teams(weft, team):
    """Ana and Dev are in Data, Ben in Sales, Cleo in Support. No channel is chosen."""
    weft.tick()
    rows = [(team.ana, "Data"), (team.dev, "Data"), (team.ben, "Sales"), (team.cleo, "Support"), (team.alma, "People")]
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team", *(f"{one.id},{name}" for one, name in rows)]))
    team.wins = weft.workspace.add_channel("wins", members=[team.alma, *team.everyone])
    team.general = weft.workspace.add_channel("general", members=[team.alma, *team.everyone])
    return team


def wins_chosen(weft, team):
    """The same, and Alma has chosen #wins."""
    company = three_teams(weft, team)
    choose(company.alma, company.wins)
    return company


company = begins_when(three_teams)
party = begins_when(wins_chosen)


def choose(admin, channel, **more):
    admin.press("Edit celebrations", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel, "Time zone": "Europe/Berlin"} | more)
    return handed_in(admin)


def posts(channel):
    """What the bot has said there, without answers in threads."""
    return [message for message in channel.messages if message.bot_id and not message.is_reply]


def thank(giver, receiver, words=LATE):
    return giver.command("/shoutout", f"{receiver.mention} {words}")


def share(weft, person, helper, words=FASTER):
    said = person.command("/win", f"{words}, with {helper.mention}")
    weft.carry()
    return said


def later(weft, **time):
    """Let this much time pass, looking three times a day: from a morning on, in and out of working hours."""
    end = weft.clock.now() + timedelta(**time)
    while weft.clock.now() < end:
        weft.settle()
        weft.clock.move_to(min(end, weft.clock.now() + timedelta(hours=8)))
    weft.settle()


def until(weft, moment):
    weft.settle()
    weft.clock.move_to(moment)
    weft.settle()
