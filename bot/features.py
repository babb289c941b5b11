"""All features of the bot, in the order people meet them."""

from bot.celebrate.feature import FEATURE as CELEBRATE
from bot.coffee.feature import FEATURE as PROGRAMS
from bot.connections.feature import FEATURE as CONNECTIONS
from bot.core.feature import Feature
from bot.counting.feature import FEATURE as COUNTING
from bot.delivery.feature import FEATURE as DELIVERY
from bot.home.feature import home_of
from bot.network.feature import FEATURE as NETWORK
from bot.nudges.feature import nudges_of
from bot.people.feature import FEATURE as PEOPLE
from bot.privacy.feature import privacy_of
from bot.slack.feature import FEATURE as SLACK

SUGGESTING: tuple[Feature, ...] = (SLACK, PEOPLE, CONNECTIONS, PROGRAMS, CELEBRATE, COUNTING, NETWORK, DELIVERY)
PLUGGED: tuple[Feature, ...] = (*SUGGESTING, nudges_of(SUGGESTING))
SPANNING: tuple[Feature, ...] = (*PLUGGED, privacy_of(PLUGGED))
FEATURES: tuple[Feature, ...] = (*SPANNING, home_of(SPANNING))
