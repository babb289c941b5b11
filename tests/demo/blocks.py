"""Pieces of Block Kit that the tests draw with."""


def plain(words):
    return {"type": "plain_text", "text": words}


def section(words, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}} | more


def button(label, action_id="press", **more):
    return {"type": "button", "text": plain(label), "action_id": action_id} | more


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def options(*labels):
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(label, element=None, **more):
    name = label.lower()
    element = {"type": "plain_text_input"} if element is None else element
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name} | element,
    } | more


def modal(*blocks, **more):
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
    } | more


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks)} | more
