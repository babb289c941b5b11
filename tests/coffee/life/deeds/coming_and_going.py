"""People join, take breaks, are away, and leave; and whom they would rather not meet."""

from datetime import timedelta

from tests.coffee.life.people import ADMIN, NAMES, local

A_MINUTE = timedelta(minutes=1)


def joins(life, name, number):
    known = life.known[name]
    if not known.is_gone:
        known.said_something_at = life.clock.now()
        known.has_joined()
        life.act(name, lambda person: person.command("/coffee", "join"))


def leaves(life, name, number):
    if not life.known[name].is_gone:
        life.known[name].is_in = False
        life.act(name, lambda person: person.command("/coffee", "leave"))


def comes_into_the_channel(life, name, number):
    if not life.known[name].is_gone and life.people[name].id not in life.channel.members:
        life.known[name].has_joined(through_channel=True)
        life.happens(lambda: life.people[name].join(life.channel))


def leaves_the_channel(life, name, number):
    known = life.known[name]
    if life.people[name].id in life.channel.members:
        known.is_in = False
        life.happens(lambda: life.people[name].leave(life.channel))
        if life.was_lost and not known.through_channel:
            known.is_in = True  # Whoever came by a word of their own is not taken out by looking into the channel.


def pauses(life, name, number):
    known = life.known[name]
    if known.is_in and not known.is_gone:
        weeks = 2 + number % 2
        known.paused_until = local(name, life.clock.now()).date() + timedelta(weeks=weeks) - timedelta(days=1)
        known.said_something_at = life.clock.now()
        life.act(name, lambda person: person.command("/coffee", f"pause {weeks}w"))


def skips(life, name, number):
    known = life.known[name]
    if known.is_in and not known.is_gone:
        known.skips, known.said_something_at = life.program().next_round_at, life.clock.now()
        life.act(name, lambda person: person.command("/coffee", "skip"))


def is_away(life, name, number):
    away(life, name, until=life.clock.now() + timedelta(days=3 + number % 6))


def away(life, name, until):
    if not life.known[name].is_gone:
        until = until.replace(microsecond=0)  # Of a status Slack keeps whole seconds.
        life.known[name].away_until = until
        life.known[name].wants_peace_until(until)
        life.happens(lambda: life.people[name].set_status(":palm_tree:", "Away", until))


def is_back(life, name, number):
    if not life.known[name].is_gone:
        life.known[name].away_until = None
        life.happens(lambda: life.people[name].set_status())


def wants_no_disturbance(life, name, number):
    known = life.known[name]
    if not known.is_gone:
        known.quiet_until = life.clock.now() + timedelta(hours=1 + 3 * number)
        known.wants_peace_until(known.quiet_until)
        life.happens(lambda: life.people[name].sets_dnd(known.quiet_until))
        if life.was_lost:
            known.quiet_until = None  # Nothing but this event tells of it.


def is_deactivated_or_comes_back(life, name, number):
    known, person = life.known[name], life.people[name]
    if name == ADMIN:
        return  # Somebody has to hear of what goes wrong.
    life.clock.advance(timedelta(seconds=2))
    known.is_gone, known.is_surely_in = not known.is_gone, False
    life.happens(person.deactivate if known.is_gone else person.reactivate)


def somebody_changes_their_mind_just_before_a_round(life, name, number):
    """What Slack tells of it is all there is, and at times the bot dies of hearing it."""
    life.hurry_until_round(shortly_before=A_MINUTE)
    if number >= len(AT_THE_LAST_MINUTE):
        life.database.will_die(commits=1, before=True, is_heard=True)
    AT_THE_LAST_MINUTE[number % len(AT_THE_LAST_MINUTE)](life, name, number)
    life.pass_until_round()


AT_THE_LAST_MINUTE = (
    leaves_the_channel,
    is_deactivated_or_comes_back,
    is_away,
    skips,
    leaves_the_channel,
    is_deactivated_or_comes_back,
)


def would_rather_not_meet(life, name, number):
    other = NAMES[number % len(NAMES)]
    if name != other and not life.known[name].is_gone:
        life.apart.append({name, other})
        life.act(name, lambda person: life.keep_apart(name))
