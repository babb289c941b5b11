"""The Web API, a file for each family. Importing them fills the register."""

from bot.demo.workspace.methods import auth as auth
from bot.demo.workspace.methods import chat as chat
from bot.demo.workspace.methods import conversations as conversations
from bot.demo.workspace.methods import dnd as dnd
from bot.demo.workspace.methods import files as files
from bot.demo.workspace.methods import members as members
from bot.demo.workspace.methods import reactions as reactions
from bot.demo.workspace.methods import usergroups as usergroups
from bot.demo.workspace.methods import users as users
from bot.demo.workspace.methods import views as views
from bot.demo.workspace.methods.method import METHODS, Method

__all__ = ["METHODS", "Method"]
