"""Complete interaction payloads, as Slack sends them."""

from bot.slacksim import objects
from bot.slacksim.forms import FIELDS, Values
from bot.slacksim.records import Records
from bot.slacksim.state import Channel, Content, Json, Message, ResponseUrl, Trigger, User, View


def new_trigger(records: Records, user: User, view: View | None = None) -> str:
    trigger_id = f"{records.new_id('1.')}.{records.new_id('t')}"
    in_modal = view.id if view is not None and view.type == "modal" else None
    records.triggers[trigger_id] = Trigger(trigger_id, user.id, records.now(), in_modal)
    return trigger_id


def new_response_url(
    records: Records, user: User, channel: Channel, original: Message | None = None
) -> tuple[str, ResponseUrl]:
    made = ResponseUrl(records.new_id("r"), user.id, channel.id, records.now(), original)
    records.response_urls[made.id] = made
    return f"{records.address}/actions/{records.team_id}/{made.id}", made


def interaction(records: Records, user: User, kind: str, trigger_id: str | None) -> Json:
    """Return the common fields of interactive payloads."""
    return {
        "type": kind,
        "team": {"id": records.team_id, "domain": records.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "token": records.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    } | _app_and_trigger(records, kind, trigger_id)


def _app_and_trigger(records: Records, kind: str, trigger_id: str | None) -> Json:
    """Return app and trigger ids. Slack's examples of shortcuts have no app id."""
    app = {} if kind in ("shortcut", "message_action") else {"api_app_id": records.app_id}
    return app | ({"trigger_id": trigger_id} if trigger_id else {})


def command(
    records: Records, user: User, name: str, text: str, channel: Channel, trigger_id: str, response_url: str
) -> Json:
    return {
        "token": records.verification_token,
        "team_id": records.team_id,
        "team_domain": records.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": records.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def channel_name(channel: Channel) -> str:
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def shown_in_message(message: Message, channel: Channel, values: Values) -> Json:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    } | ({"thread_ts": message.thread_ts} if message.thread_ts else {})
    # For ephemeral messages Slack sends only the location, not the content.
    whole = {} if message.only_for else {"message": objects.message(message, metadata=True)}
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
    } | whole


def shown_in_view(records: Records, view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": objects.view(records, view)}


def action(block: Json, element: Json, content: Content, ts: str) -> Json:
    """Return the payload of the element that was used, with its current value."""
    kept = ("action_id", "type", "text", "value", "style", "url", "placeholder", "confirm")
    used = {key: element[key] for key in kept if key in element} | {"block_id": block["block_id"], "action_ts": ts}
    if element["type"] in FIELDS:
        used[FIELDS[element["type"]][0]] = content
    elif element["type"] == "overflow":
        used["selected_option"] = content
    return used
