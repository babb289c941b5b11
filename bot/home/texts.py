"""Texts of Home and of `/weft`."""

from bot.core.catalog import Button, Label, Text
from bot.core.page import Page

# The buttons that turn Home's pages.
PAGES = {
    Page.TODAY: Button("Today"),
    Page.PEOPLE: Button("My people"),
    Page.WINS: Button("Wins and thanks"),
    Page.SETTINGS: Button("Settings"),
    Page.ADMIN: Button("Admin"),
}

# On a page of Home with nothing on it.
EMPTY = {
    Page.TODAY: Text("Nothing's waiting for you."),
    Page.PEOPLE: Text("No one here yet. Your first coffee will show up here."),
    Page.WINS: Text("Nothing here yet. Who helped you this week?"),
    Page.SETTINGS: Text("There's nothing to set yet."),
    Page.ADMIN: Text("This page is for admins."),
}

# `/weft help`, and `/weft` with a word that it doesn't know.
INTRO = Text("I pair you with people from other teams and help you say thanks. It's all in Home, too.")
UNKNOWN_WORD = Text("I didn't get that. Here's what I can do:")
SETTINGS_HELP = Text("`/weft settings`: change your hours, details, and messages")
ADMIN_HELP = Text("`/weft admin`: manage programs and celebrations")

# `/weft settings` and `/weft admin`: the notification, and what stands below the page.
SHOWN = {Page.SETTINGS: Label("Your settings"), Page.ADMIN: Label("What admins can set up")}
ALSO_IN_HOME = Text("It's also in Home → *{page}*.")
MORE_IN_HOME = Text("There's more than fits here. See all of it in Home → *{page}*.")

# `/weft admin`, for people who aren't admins.
NOT_ADMIN = Text("This page is for admins. Your own settings are in Home → Settings.")
