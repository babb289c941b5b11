"""What comes from another workspace, or for another app, changes nothing and is answered nowhere."""

from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.slack.ours import is_ours
from bot.slacksim import objects, payloads
from bot.slacksim.events import Envelope
from storage.tables import METADATA
from tests.listening import heard
from tests.privacy.looking import Curious
from tests.slack.seen import errors
from tests.weft import words

pytestmark = pytest.mark.slow

EVIL = "TEVIL"


def from_another_workspace(body):
    """As Slack writes it for a command, for what is pressed or sent, and for an event."""
    named = {"team_id": EVIL} if "team_id" in body else {}
    if "team" in body:
        named |= {"team": {"id": EVIL, "domain": "evil"}, "user": body["user"] | {"team_id": EVIL}}
    if "authorizations" in body:
        named |= {"authorizations": [{"team_id": EVIL, "is_bot": True, "is_enterprise_install": False}]}
    return body | named


def for_another_app(body):
    return body | {"api_app_id": "AEVIL"}


def from_an_organization_of_others(body):
    """On Enterprise Grid the team may be null; then the one of the user counts."""
    if "team" not in body:
        return from_another_workspace(body)
    return body | {"team": None, "user": body["user"] | {"team_id": EVIL}, "enterprise": {"id": "EEVIL"}}


STRANGE = [from_another_workspace, for_another_app, from_an_organization_of_others]


@pytest.fixture
def payloads_of(midway, workspace):
    """A payload for everything that the bot listens to, as an admin would send it who is at home here."""
    admin = midway.alma
    curious = Curious(admin, SimpleNamespace())

    def make(kind):
        curious.below = admin.command("/weft").messages[0]
        for name in sorted(name for what, name in heard() if what == kind):
            if kind == "command":
                yield name, "slash_commands", command(workspace, midway.coffee, admin, name)
            elif kind == "event":
                yield name, "events_api", event(workspace, midway, name)
            else:
                for value in ("1", "join"):
                    for body in curious.forged(kind, name, value):
                        yield name, "interactive", body

    return make


def command(workspace, channel, person, name):
    address, _ = payloads.new_response_url(workspace, person.user, channel)
    trigger_id = payloads.new_trigger(workspace, person.user)
    return payloads.command(workspace, person.user, name, "leave", channel, trigger_id, address)


def event(workspace, there, kind):
    """Of somebody here who becomes an admin, leaves, reacts: whatever the kind makes of these fields."""
    person = objects.user(workspace, there.ana.user) | {"is_admin": True, "deleted": True, "updated": 2**31}
    del person["team_id"]
    message = there.ana.messages()[-1]
    happened = {"type": kind, "channel": there.coffee.id, "user": there.ana.id, "reaction": "tada", "text": "stop"}
    happened |= {"item": {"type": "message", "channel": message.channel_id, "ts": message.ts}, "tab": "home"}
    happened |= {"old_channel_id": there.coffee.id, "new_channel_id": "CEVIL", "subteam_id": "S1", "ts": "1.0"}
    happened |= {"dnd_status": {"dnd_enabled": False, "snooze_enabled": True, "snooze_endtime": 2**31}}
    if kind in {"user_change", "team_join"}:
        happened["user"] = person
    team = {"team_id": workspace.team_id, "is_bot": True, "is_enterprise_install": False}
    outer = {"type": "event_callback", "team_id": workspace.team_id, "authorizations": [team], "event_id": "Ev1"}
    return outer | {"api_app_id": workspace.app_id, "event": happened, "event_time": 1}


def kept(weft):
    with weft.bot.look() as work:
        return {
            table.name: [tuple(row) for row in work.session.execute(text(f"SELECT * FROM {table.name}"))]
            for table in METADATA.sorted_tables
        }


def effect(weft, workspace, kind, body):
    """What came of a payload: the answer, the calls to Slack, and the tables that are not as before."""
    tables, calls = kept(weft), len(workspace.calls)
    ack = workspace.deliveries.send(Envelope(kind, body))
    now = kept(weft)
    changed = [name for name, rows in now.items() if rows != tables[name]]
    return ack and ack.payload, [call.method for call in workspace.calls[calls:]], changed


KINDS = sorted({kind for kind, _ in heard()})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make_strange", STRANGE)
def test_whatever_the_bot_listens_to_is_deaf_to_strangers(make_strange, kind, weft, workspace, payloads_of, caplog):
    said = {}
    for name, envelope, body in payloads_of(kind):
        said.setdefault(name, []).append(effect(weft, workspace, envelope, make_strange(body)))

    assert len(said) == len({name for what, name in heard() if what == kind})
    assert {name for name, effects in said.items() if effects != [({}, [], [])] * len(effects)} == set()
    lines = [line for line in caplog.records if line.name == "bot.slack.ours"]
    assert len(lines) == 1  # Once for each workspace and app.
    assert errors(caplog) == []


@pytest.mark.parametrize("kind", ["command", "event", "options"])
def test_the_same_from_here_is_heard(kind, weft, workspace, payloads_of):
    """Or else the test above would say nothing."""
    effects = {name: effect(weft, workspace, envelope, body) for name, envelope, body in payloads_of(kind)}

    does_something = [name for name, one in effects.items() if one != ({}, [], [])]
    assert len(does_something) >= len(effects) / 4


def test_the_log_names_them_by_id_and_nothing_else(weft, program, workspace, caplog):
    body = command(workspace, program.coffee, program.ana, "/coffee") | {"team_id": EVIL, "api_app_id": "secret\nwords"}

    effect(weft, workspace, "slash_commands", body)

    [line] = [line for line in caplog.records if line.name == "bot.slack.ours"]
    assert (line.team, line.app) == (EVIL, "none")


# Whose a payload is

OURS, APP = "T1", "A1"


@pytest.mark.parametrize(
    "body",
    [
        {"team_id": OURS, "api_app_id": APP},
        {"team": {"id": OURS}, "api_app_id": APP},
        {"team": {"id": OURS}},  # A shortcut.
        {"team": None, "user": {"team_id": OURS}, "is_enterprise_install": True},
        {"team": {"id": "T2"}, "view": {"app_installed_team_id": OURS}},  # Sent from a shared channel.
        {"team_id": "T2", "authorizations": [{"team_id": OURS}], "api_app_id": APP},
        {"team_id": OURS, "authorizations": []},
    ],
)
def test_it_is_ours(body):
    assert is_ours(body, OURS, APP)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"team_id": None},
        {"team_id": ""},
        {"team_id": [OURS]},
        {"team": OURS},
        {"team": [OURS], "user": OURS, "view": 7, "authorizations": OURS},
        {"authorizations": [OURS, {"team_id": OURS}]},
        {"team_id": OURS, "api_app_id": "A2"},
        {"team_id": OURS, "api_app_id": [APP]},
        {"team": {"id": OURS}, "view": {"app_installed_team_id": "T2"}},
        {"team": {"id": "T2"}, "user": {"team_id": OURS}},
        {"team_id": "T2", "authorizations": [{"team_id": "T3"}]},
    ],
)
def test_it_is_not_ours(body):
    assert not is_ours(body, OURS, APP)


def test_without_knowing_its_app_the_bot_still_knows_its_workspace():
    assert is_ours({"team_id": OURS, "api_app_id": "A2"}, OURS, None)
    assert not is_ours({"team_id": "T2", "api_app_id": "A2"}, OURS, None)


def test_a_newcomer_of_a_company_that_shares_a_channel_stays_a_stranger(weft, program, workspace):
    """The event is for our installation and tells of a person elsewhere, whose team it does not name."""
    body = event(workspace, program, "team_join") | {"team_id": "T2"}
    body["event"]["user"] |= {"id": "U2", "deleted": False}

    assert effect(weft, workspace, "events_api", body)[2] == []
    assert "U2" not in str(kept(weft)["people"])


def test_when_slack_does_not_say_which_app_this_is_people_are_served_all_the_same(
    workspace, slack_server, clock, sqlite, team, caplog
):
    from tests.conftest import start

    workspace.faults.refuse("bots.info", "missing_scope")
    weft = start(workspace, slack_server, clock, sqlite)
    weft.tick()

    assert weft.composed.app_id is None
    assert "/coffee pause 2w" in words(team.ana.command("/coffee", "help"))
    assert "Slack did not say which app this is" in [line.getMessage() for line in caplog.records]
