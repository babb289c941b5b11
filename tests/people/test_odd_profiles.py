"""One odd profile, group or field keeps no one else from being known. On SQLite and PostgreSQL."""

import json
from contextlib import suppress
from dataclasses import fields as columns_of
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.people import service
from bot.people.profile_fields import groups_in_use, labels_of, offered
from bot.people.rules import Profile, UnreadableProfileError, quiet_until, read_profile
from bot.people.sync import sync
from storage.kinds import Attribute, Source
from storage.people import people
from storage.people.people import Person
from tests.coffee.stories import introductions

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HALF, NUL, HIDDEN = "A\ud83dB", "A\x00B", "\u200b\u202e"
WORDS = [HALF, NUL, HIDDEN, "x" * 5000, "\n*Weft:* your account was used\n", "", ["a", "list"], {"a": 1}, 7, None, True]
NUMBERS = [10**30, -1, 1e300, float("1e15"), "soon", "", [], {}, None, True, 253_402_300_800]


def member(**odd):
    profile = odd.pop("profile", {})
    told = {"id": "U0ODD", "team_id": "T1", "name": "odd", "deleted": False, "updated": 1, "is_bot": False}
    return told | {"tz": "Europe/Berlin", "locale": "en-US", "profile": profile} | odd


ODD = [
    *(member(profile={name: value}) for name in ("display_name", "real_name", "title", "email") for value in WORDS),
    *(member(**{name: value}) for name in ("name", "tz", "locale", "team_id") for value in WORDS),
    *(member(profile={"status_emoji": value}) for value in WORDS),
    *(member(profile={"status_expiration": value, "status_emoji": ":palm_tree:"}) for value in NUMBERS),
    *(member(updated=value) for value in NUMBERS),
    *(member(profile={"fields": {"Xf1": {"value": value}, NUL: {"value": "x"}}}) for value in WORDS),
    *(member(profile=value) for value in WORDS),
    *(member(enterprise_user=value, team_id="T2") for value in (*WORDS, {"teams": 7}, {"teams": [["T1"]]})),
    *(member(id=value) for value in (*WORDS, "U" + "0" * 40)),
    *WORDS,
]

json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
slack_names = ("name", "tz", "locale", "updated", "deleted", "is_admin", "is_restricted", "team_id", "enterprise_user")
profile_names = ("display_name", "real_name", "email", "title", "status_emoji", "status_expiration", "fields")


@some.composite
def members(draw):
    profile = draw(some.fixed_dictionaries({}, optional=dict.fromkeys(profile_names, json_values)) | json_values)
    told = draw(some.fixed_dictionaries({}, optional=dict.fromkeys(slack_names, json_values)))
    return {"id": draw(some.just("U0ODD") | json_values), "profile": profile} | told


def check_fits(profile):
    for column in Person.__table__.columns:
        value = getattr(profile, column.key, None)
        if isinstance(value, str):
            assert "\x00" not in value
            value.encode()
            assert len(value) <= column.type.length
    assert 0 <= profile.changed_at < 2**63
    assert profile.name
    assert profile.title.splitlines() in ([], [profile.title])


@pytest.mark.slow
@given(members())
def test_whatever_slack_tells_of_a_person_is_read_or_refused_in_one_way(told):
    try:
        profile = read_profile(told, workspace_id="T1")
    except UnreadableProfileError:
        return
    if profile is not None:
        check_fits(profile)
        assert {column.name for column in columns_of(Profile)} >= {"custom_fields"}


@given(json_values)
def test_whatever_slack_tells_of_groups_and_fields_is_read(told):
    listed = [told, {"id": told, "name": told, "label": told}, {"id": "S1", "name": told, "label": told}]
    for names in (groups_in_use(told), groups_in_use(listed), offered(listed), labels_of(listed), offered(told)):
        assert all(len(key) <= 32 and 0 < len(name) <= 255 and "\x00" not in name for key, name in names.items())
    assert groups_in_use(listed).keys() >= {"S1"}


@given(some.dictionaries(some.sampled_from(["snooze_endtime", "next_dnd_start_ts", "next_dnd_end_ts"]), json_values))
def test_whatever_slack_tells_of_do_not_disturb_is_read(told):
    with suppress(ValueError):  # A moment that is none changes nothing: its callers keep what was known.
        quiet_until({"snooze_enabled": True, "dnd_enabled": True} | told, NOW)


def test_everyone_else_on_the_page_is_known_whatever_is_odd_about_one(weft_on_both, workspace, caplog):
    weft = weft_on_both
    workspace.hold_events()
    ben, cleo = workspace.add_person("Ben Okafor"), workspace.add_person("Cleo Martin", is_admin=True)
    odd = [one | {"id": f"U0ODD{number}"} if is_readable(one) else one for number, one in enumerate(ODD)]
    usual = [{"id": one.id, "team_id": "T1", "name": one.name, "profile": {}, "is_admin": True} for one in (ben, cleo)]
    answer = {"ok": True, "members": [usual[0], *odd, usual[1]], "response_metadata": {"next_cursor": ""}}
    body = json.dumps(answer).replace("T1", workspace.team_id)
    workspace.faults.answer("users.list", body, headers={"Content-Type": "application/json"})

    sync(weft.bot, weft.composed.reads)

    with weft.bot.look() as work:
        known = {one.person_id for one in people.active(work)}
    assert {ben.id, cleo.id} <= known
    assert len(known) > 100
    skipped = [record for record in caplog.records if "could not be read" in record.message]
    assert len(skipped) == len([one for one in ODD if not is_readable(one)])


def is_readable(one):
    return isinstance(one, dict) and one.get("id") == "U0ODD"


def test_someone_known_who_can_not_be_read_has_not_left(weft, program, workspace, monkeypatch):
    def refuse(told, *, workspace_id):
        if told["id"] == program.ana.id:
            raise ValueError
        return read_profile(told, workspace_id=workspace_id)

    monkeypatch.setattr("bot.people.sync.read_profile", refuse)
    sync(weft.bot, weft.composed.reads)

    with weft.bot.look() as work:
        assert people.get(work, person_id=program.ana.id).is_active


def test_whom_the_database_refuses_keeps_no_one_else_of_the_page_out(weft, program, workspace, monkeypatch):
    describe = service.describe

    def refuse(person, profile, seen_at):
        if profile.person_id == program.ana.id:
            raise OverflowError
        describe(person, profile, seen_at)

    monkeypatch.setattr(service, "describe", refuse)
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak")

    sync(weft.bot, weft.composed.reads)

    with weft.bot.look() as work:
        for person in (program.ana, eva):
            assert people.get(work, person_id=person.id).is_active


# What is known of a person is one line, and nothing in it looks like Weft's own

FORGED = "Engineer\n\n*Weft:* your account was used. _Call_ `555-0199` ~now~"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("attribute", [Attribute.TITLE, Attribute.TEAM, Attribute.OFFICE])
@pytest.mark.parametrize("source", list(Source))
def test_an_attribute_is_one_line_without_markup_whoever_says_it(weft, program, source, attribute):
    with weft.bot.begin() as work:
        service.record_values(work, source, {program.ana.id: {attribute: FORGED}})
        ana = people.get(work, person_id=program.ana.id)
        kept = getattr(ana, attribute.value)

    assert kept == "Engineer \u2217Weft:\u2217 your account was used. Call '555-0199' \u223cnow\u223c"


@pytest.mark.parametrize("way", ["file", "profile"])
def test_a_title_does_not_look_like_words_of_weft(weft, program, way):
    for person in (program.cleo, program.dev):
        person.command("/coffee", "skip")
    if way == "profile":
        program.ana.change(title=FORGED)
    else:
        with weft.bot.begin() as work:
            service.import_attributes(work, f'person_id,title\n{program.ana.id},"{FORGED}"\n')

    weft.live(days=1, hours=2)

    shows_one_line(introductions(program.ben)[0])


def shows_one_line(introduction):
    said = [block["text"]["text"] for block in introduction.blocks if block["type"] == "section"]
    [line] = [line for text in said for line in text.split("\n") if "Engineer" in line]
    assert "your account was used" in line
    assert not set("*_`~") & set(line)
