"""Texts of Friday's digest."""

from bot.core.catalog import Label, Plural, Text

# Notification of the digest, in the celebration channel.
WINS = Plural("This week: {count} win.", "This week: {count} wins.")
THANK_YOUS = Plural("This week: {count} thank-you.", "This week: {count} thank-yous.")
WINS_AND_ONE_THANK_YOU = Plural("This week: {count} win and 1 thank-you.", "This week: {count} wins and 1 thank-you.")
WINS_AND_THANK_YOUS = Plural(
    "This week: {count} win and {thanks} thank-yous.", "This week: {count} wins and {thanks} thank-yous."
)

# The digest on Fridays, in the celebration channel.
TITLE = Label(":newspaper: This week's wins and thanks")
WHAT_WORKED = Text("*What worked*")
THANKS = Text("*Thank-yous*")
READ_IT = Text("Read it")
CHEERED_BY = Text("Cheered by {teams}")
AND_MORE = Plural("And {count} more in this channel.", "And {count} more in this channel.")
ADD_ONE = Text("Want to add one? Type `/shoutout` or `/win`.")
