"""Web API methods, a file per family. Importing a file registers its methods."""

from bot.slacksim.methods import auth as auth
from bot.slacksim.methods import chat as chat
from bot.slacksim.methods import conversations as conversations
from bot.slacksim.methods import dnd as dnd
from bot.slacksim.methods import files as files
from bot.slacksim.methods import members as members
from bot.slacksim.methods import reactions as reactions
from bot.slacksim.methods import usergroups as usergroups
from bot.slacksim.methods import users as users
from bot.slacksim.methods import views as views
from bot.slacksim.methods.method import METHODS, Method

__all__ = ["METHODS", "Method"]
