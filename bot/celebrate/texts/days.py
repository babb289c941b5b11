"""Texts about birthdays, first days and work anniversaries."""

import enum

from bot.core.catalog import Button, Label, Plural, Text


class Timing(enum.Enum):
    """When a day is announced: afterwards if Weft was down, and on Friday for the weekend."""

    LATE = enum.auto()
    TODAY = enum.auto()
    AHEAD = enum.auto()


# Birthdays, in the celebration channel.
BIRTHDAY = {
    Timing.TODAY: Plural(
        ":birthday: Happy birthday, {names}! Hope you have a lovely day.", ":birthday: Happy birthday, {names}!"
    ),
    Timing.AHEAD: Plural(
        ":birthday: {names}'s birthday is on {day}. Happy birthday in advance!",
        ":birthday: {names} have birthdays on {day}. Happy birthday in advance!",
    ),
    Timing.LATE: Text(":birthday: A belated happy birthday, {names}!"),
}

# First days at work, in the celebration channel.
FIRST_DAY = {
    Timing.TODAY: Plural(
        ":wave: Please welcome {names}, who starts today!", ":wave: Please welcome {names}, who start today!"
    ),
    Timing.AHEAD: Plural(
        ":wave: {names} starts on {day}. Say hi when you see them!",
        ":wave: {names} start on {day}. Say hi when you see them!",
    ),
    Timing.LATE: Text(":wave: Please welcome {names}, who started on {day}!"),
}

# Work anniversaries, in the celebration channel. The count is of years.
ANNIVERSARY = {
    Timing.TODAY: Plural(
        ":tada: Happy first work anniversary, {names}! Glad you're here.",
        ":tada: Happy work anniversary, {names}! {count} years today.",
    ),
    Timing.AHEAD: Plural(
        ":tada: {names}'s first work anniversary is on {day}. Congratulations in advance!",
        ":tada: {names}'s {count}-year work anniversary is on {day}. Congratulations in advance!",
    ),
    Timing.LATE: Plural(
        ":tada: A belated happy work anniversary, {names}! It was {count} year on {day}.",
        ":tada: A belated happy work anniversary, {names}! It was {count} years on {day}.",
    ),
}
ROUND_ANNIVERSARY = {
    5: Text(":tada: Five years today, {names}! Thank you for everything you do here."),
    10: Text(":tada: Ten years today! Thank you for all of it, {names}."),
}
MANY_YEARS = Text(":tada: {count} years today! Thank you for all of it, {names}.")

# Above the names of many people who share a birthday, in the celebration channel.
BIRTHDAY_OF_MANY = {
    Timing.TODAY: Text(":birthday: Happy birthday to {people} of you today!"),
    Timing.AHEAD: Text(":birthday: {people} of you have birthdays on {day}. Happy birthday in advance!"),
    Timing.LATE: Text(":birthday: A belated happy birthday to {people} of you!"),
}

# Above the names of many people who start together, in the celebration channel.
FIRST_DAY_OF_MANY = {
    Timing.TODAY: Text(":wave: Please welcome {people} new colleagues, who start today!"),
    Timing.AHEAD: Text(":wave: {people} new colleagues start on {day}. Say hi when you see them!"),
    Timing.LATE: Text(":wave: Please welcome {people} new colleagues, who started on {day}!"),
}

# Above the names of many people who share a work anniversary, in the celebration channel. The count is of years.
ANNIVERSARY_OF_MANY = {
    Timing.TODAY: Plural(
        ":tada: Happy first work anniversary to {people} of you today!",
        ":tada: Happy work anniversary to {people} of you! {count} years today.",
    ),
    Timing.AHEAD: Plural(
        ":tada: {people} of you have a first work anniversary on {day}. Congratulations in advance!",
        ":tada: {people} of you have a {count}-year work anniversary on {day}. Congratulations in advance!",
    ),
    Timing.LATE: Plural(
        ":tada: A belated happy work anniversary to {people} of you! It was {count} year on {day}.",
        ":tada: A belated happy work anniversary to {people} of you! It was {count} years on {day}.",
    ),
}

# Below people's days, in the celebration channel.
AND_MORE = Plural("And {count} more.", "And {count} more.")
WAY_OUT = Text("Don't want your dates announced? Change it in Home → Settings.")

# Form in which a person chooses what is announced, and what they hear about.
TITLE = Label("Celebrations and me")
SAVE = Button("Save")
WANTED = Label("What I'd like")
ANNOUNCE_ANNIVERSARY = Label("Announce my work anniversary")
HEAR_OF_CHEERS = Label("Tell me when other teams cheer for me")
HEAR_OF_SHOUTOUTS = Label("Tell me about shoutouts in channels I'm not in")
OFFER_SHOUTOUTS = Label("Offer a shoutout when I react with :{emoji}:")
MY_BIRTHDAY = Label("Birthday")
BIRTHDAY_EXAMPLE = Label("March 14")
BIRTHDAY_HINT = Label("Day and month only. Leave blank to keep it private.")
UNCLEAR_BIRTHDAY = Text("Type a day and a month, like March 14.")
