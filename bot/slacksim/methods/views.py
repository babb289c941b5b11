"""Methods for modals and the Home tab."""

import hashlib
import json

from bot.slacksim import block_kit, forms, objects
from bot.slacksim.errors import NotGuaranteedError, Refused
from bot.slacksim.methods.method import Structure, method
from bot.slacksim.records import Records
from bot.slacksim.state import Json, Trigger, View

TRIGGER_SECONDS, MOST_STACKED, LARGEST_VIEW = 3, 3, 250_000
TRIGGER_ERRORS = "invalid_trigger_id expired_trigger_id exchanged_trigger_id "
VIEW_ERRORS = "duplicate_external_id view_too_large "


@method("views.open", tier="t4", errors=TRIGGER_ERRORS + VIEW_ERRORS, without_effect="interactivity_pointer")
def open_view(workspace: Records, view: Structure, trigger_id: str = "") -> Json:
    trigger = _exchange(workspace, trigger_id)
    drawn = accepted(workspace, view, "modal")
    if trigger.view_id in workspace.modals.get(trigger.user_id, []):
        # "The recommended way is update/push … views.open … behaviour not guaranteed": slackapi/bolt-js#1827.
        raise NotGuaranteedError("views.open for a click in a modal: use views.push or views.update")
    opened = _new_view(workspace, trigger.user_id, drawn)
    # An app has one modal stack at a time: the previous one is closed.
    close_all(workspace, trigger.user_id)
    workspace.modals[trigger.user_id] = [opened.id]
    return {"view": objects.view(workspace, opened)}


@method(
    "views.push",
    tier="t4",
    errors=TRIGGER_ERRORS + VIEW_ERRORS + "push_limit_reached not_found",
    without_effect="interactivity_pointer",
)
def push_view(workspace: Records, view: Structure, trigger_id: str = "") -> Json:
    trigger = _exchange(workspace, trigger_id)
    if trigger.view_id not in workspace.modals.get(trigger.user_id, []):
        raise Refused("not_found")
    return {"view": objects.view(workspace, push(workspace, trigger.user_id, accepted(workspace, view, "modal")))}


def push(workspace: Records, user_id: str, drawn: Json) -> View:
    stack = workspace.modals.setdefault(user_id, [])
    if len(stack) >= MOST_STACKED:
        raise Refused("push_limit_reached")
    pushed = _new_view(workspace, user_id, drawn)
    if stack:
        pushed.previous_view_id, pushed.root_view_id = stack[-1], workspace.views[stack[-1]].root_view_id
    stack.append(pushed.id)
    return pushed


@method("views.update", tier="t4", errors=VIEW_ERRORS + "not_found hash_conflict")
def update_view(workspace: Records, view: Structure, view_id: str = "", external_id: str = "", hash: str = "") -> Json:
    if not view_id and not external_id:
        raise Refused("invalid_arguments", messages=["[ERROR] missing required field: view_id or external_id"])
    found = workspace.views.get(view_id or workspace.external_ids.get(external_id, ""))
    if found is None:
        raise Refused("not_found")
    if hash and hash != found.hash:
        raise Refused("hash_conflict")
    redraw(workspace, found, accepted(workspace, view, found.type))
    return {"view": objects.view(workspace, found)}


@method(
    "views.publish",
    tier="t4",
    errors=VIEW_ERRORS + "hash_conflict not_enabled missing_profile_id",
    without_effect="interactivity_pointer",
)
def publish_view(workspace: Records, user_id: str, view: Structure, hash: str = "") -> Json:
    if not workspace.settings.home_tab:
        raise Refused("not_enabled")
    person = workspace.users.get(user_id)
    if person is None or person.is_bot:
        raise Refused("invalid_arguments", messages=["[ERROR] invalid `user_id` [json-pointer:/user_id]"])
    before = workspace.views.get(workspace.homes.get(user_id, ""))
    if hash and (before is None or hash != before.hash):
        raise Refused("hash_conflict")
    drawn = accepted(workspace, view, "home")
    if before is not None:
        redraw(workspace, before, drawn)
        return {"view": objects.view(workspace, before)}
    home = _new_view(workspace, user_id, drawn)
    workspace.homes[user_id] = home.id
    return {"view": objects.view(workspace, home)}


def _exchange(workspace: Records, trigger_id: str) -> Trigger:
    trigger = workspace.triggers.get(trigger_id)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.is_used:
        raise Refused("exchanged_trigger_id")
    if (workspace.now() - trigger.at).total_seconds() > TRIGGER_SECONDS:
        raise Refused("expired_trigger_id")
    trigger.is_used = True
    return trigger


def accepted(workspace: Records, view: object, expected: str) -> Json:
    """Validate a view and return it with ids for all blocks and elements."""
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", messages=["[ERROR] must be an object [json-pointer:/view]"])
    if len(json.dumps(view)) > LARGEST_VIEW:
        raise Refused("view_too_large")
    return block_kit.accepted_view(view, expected, workspace.new_id)


def _new_view(workspace: Records, user_id: str, drawn: Json) -> View:
    new = View(workspace.new_id("V"), user_id, drawn["type"], drawn, "", workspace)
    new.root_view_id = new.id
    redraw(workspace, new, drawn)
    workspace.views[new.id] = new
    return new


def redraw(workspace: Records, view: View, drawn: Json) -> None:
    """Update a view. Input is kept in fields whose block_id and action_id are unchanged."""
    external_id = drawn.get("external_id")
    if external_id and workspace.external_ids.get(external_id, view.id) != view.id:
        raise Refused("duplicate_external_id")
    workspace.external_ids.pop(view.external_id, None)
    if external_id:
        workspace.external_ids[external_id] = view.id
    view.values = forms.kept(view.values, forms.initial_values(drawn["blocks"]))
    view.drawn = drawn
    view.hash = f"{int(workspace.seconds())}.{hashlib.sha256(workspace.new_id('').encode()).hexdigest()[:8]}"


def close(workspace: Records, view: View) -> None:
    stack = workspace.modals.get(view.user_id, [])
    if view.id in stack:
        stack.remove(view.id)
    workspace.views.pop(view.id, None)
    workspace.external_ids.pop(view.external_id, None)


def close_all(workspace: Records, user_id: str) -> None:
    for view_id in list(workspace.modals.get(user_id, [])):
        close(workspace, workspace.views[view_id])
