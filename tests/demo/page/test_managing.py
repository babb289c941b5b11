"""What members do with a channel, admins with people, and people with their own profile; and who may not."""

from datetime import timedelta

import pytest

from tests.demo.page.conftest import OURS, without_tags
from tests.weft import words


def test_a_channel_is_renamed(program, do):
    answer = do(
        program.ana, "rename", channel=program.coffee.id, fields={"name": ["Tea Time!"]}, place_shown=program.coffee.id
    )

    assert program.coffee.name == "tea-time"
    assert "#tea-time" in answer["parts"]["title"]
    assert "#tea-time" in answer["parts"]["side"]


def test_an_archived_channel_is_still_readable_and_comes_back(program, do, look):
    program.ben.say(program.coffee, "Last words")
    asked = do(program.ana, "archive", channel=program.coffee.id)
    assert "Archive #coffee?" in asked["confirm"]
    assert not program.coffee.is_archived

    do(program.ana, "archive", channel=program.coffee.id, confirmed=True)
    shown = look(program.ben, program.coffee.id)
    assert "an archived channel" in without_tags(shown)
    assert "Last words" in shown
    assert "Archived channels" in shown
    for deed, more in {
        "say": {"text": "hello"},
        "join": {},
        "leave": {},
        "rename": {"fields": {"name": ["x"]}},
    }.items():
        assert do(program.ben, deed, 409, channel=program.coffee.id, **more)["problem"] == "#coffee is archived."
    assert "#coffee was archived" in words(program.alma.messages()[-1])

    do(program.dev, "unarchive", channel=program.coffee.id)
    assert "an archived channel" not in without_tags(look(program.ben, program.coffee.id))


def test_a_private_channel_is_seen_by_its_members_only(program, do, look, workspace):
    zoe = workspace.add_person("Zoe New")
    assert "private?" in do(program.ana, "make-private", channel=program.coffee.id)["confirm"]
    do(program.ana, "make-private", channel=program.coffee.id, confirmed=True)

    assert "#coffee" not in look(zoe)
    do(program.ana, "invite", channel=program.coffee.id, fields={"people": [zoe.id]})
    assert "#coffee" in look(zoe)
    assert do(zoe, "leave", channel=program.coffee.id) == {"goes_to": f"/as/{zoe.id}/home"}


def test_the_app_is_removed_from_a_channel_and_added_again(program, do, look, weft):
    do(program.ana, "remove-app", channel=program.coffee.id)
    weft.settle()
    assert "I was removed from #coffee" in words(program.alma.messages()[-1])
    assert "Add Weft" in look(program.ana, program.coffee.id)

    do(program.ana, "add-app", channel=program.coffee.id)
    assert "Remove Weft" in look(program.ana, program.coffee.id)


def test_people_are_added_to_a_channel_and_removed(program, workspace, do, look):
    zoe = workspace.add_person("Zoe New")
    do(program.ana, "invite", channel=program.coffee.id, fields={"people": [zoe.id]})
    assert "Welcome to" in zoe.reads()

    do(program.ana, "take-out", channel=program.coffee.id, person=zoe.id)
    assert zoe.id not in program.coffee.members


def test_somebody_who_is_deactivated_is_shown_as_such_and_comes_back(program, browser, do, look):
    program.ben.say(program.coffee, "I was here")
    assert "Deactivate Ben Okafor" in do(program.alma, "deactivate", person=program.ben.id)["confirm"]
    answer = do(program.alma, "deactivate", person=program.ben.id, confirmed=True)

    assert "Activate account" in answer["parts"]["members"]
    assert "Ben Okafor&#39;s account is deactivated" in look(program.ben, status=404)
    assert browser.get(f"/as/{program.ben.id}/home/parts").status_code == 404
    assert f'href="/as/{program.ben.id}"' not in browser.get("/").text
    assert "Ben Okafor" in browser.get("/").text
    shown = look(program.ana, program.coffee.id)
    assert "I was here" in shown
    assert "deactivated" in shown

    do(program.alma, "activate", person=program.ben.id)
    assert f'href="/as/{program.ben.id}"' in browser.get("/").text
    assert program.ben.id not in program.coffee.members, "Slack puts nobody back into their channels"


def test_whoever_is_deactivated_does_nothing_by_themselves(company, program):
    done = []
    company.play.life.plan_for(program.ben, company.clock.now(), lambda: done.append("something"))
    program.ben.deactivate()
    company.play.life.act(company.clock.now())

    assert done == []


def test_a_status_is_set_with_its_last_day_and_cleared(program, do, look, clock):
    until = clock.now().date() + timedelta(days=2)
    fields = {"status": ["vacation"], "text": ["At the sea <b>"], "until": [until.isoformat()]}
    answer = do(program.dev, "set-status", fields=fields)

    profile = program.dev.user.profile
    assert (profile["status_emoji"], profile["status_text"]) == (":palm_tree:", "At the sea <b>")
    assert f"until {until.day} " in without_tags(answer["parts"]["profile"])
    assert "23:59" in answer["parts"]["profile"], "the day ends where the person is"
    assert "At the sea &lt;b&gt;" in answer["parts"]["me"]
    clock.advance(timedelta(days=4))
    assert "At the sea" not in look(program.dev), "it ends by itself"

    do(program.dev, "clear-status")
    assert profile["status_emoji"] == ""


@pytest.mark.parametrize(
    ("chosen", "ends"),
    [("2", "Mon 2 Mar, 16:30"), ("tomorrow", "Tue 3 Mar, 09:00"), ("week", "Mon 9 Mar, 09:00")],
)
def test_notifications_are_paused_and_resumed(program, do, chosen, ends):
    answer = do(program.dev, "pause-notifications", fields={"until": [chosen]})

    assert f"Paused until {ends}" in without_tags(answer["parts"]["profile"])
    answer = do(program.dev, "resume-notifications")
    assert "Paused" not in answer["parts"]["profile"]
    assert program.dev.user.dnd_until is None


def test_whoever_moves_sees_the_time_of_the_new_place(program, do):
    answer = do(program.ana, "set-zone", fields={"zone": ["Asia/Tokyo"]})

    assert program.ana.user.tz == "Asia/Tokyo"
    assert "18:0" in answer["parts"]["clock"]


ODD = [
    ("rename", {}),
    ("rename", {"channel": "COFFEE"}),
    ("rename", {"channel": "COFFEE", "fields": {"name": ["!!!"]}}),
    ("rename", {"channel": "COFFEE", "fields": {"name": ["x" * 81]}}),
    ("rename", {"channel": "COFFEE", "fields": {"name": ["coffee"]}}),
    ("rename", {"channel": "COFFEE", "fields": {"name": "coffee"}}),
    ("rename", {"channel": "DIRECT", "fields": {"name": ["fine"]}}),
    ("rename", {"channel": "OTHERS", "fields": {"name": ["fine"]}}),
    ("archive", {"channel": "SECRET"}),
    ("archive", {"channel": "OTHERS", "confirmed": True}),
    ("unarchive", {"channel": "COFFEE"}),
    ("make-private", {"channel": ["COFFEE"]}),
    ("invite", {"channel": "COFFEE"}),
    ("invite", {"channel": "COFFEE", "fields": {"people": ["U0"]}}),
    ("invite", {"channel": "COFFEE", "fields": {"people": ["USLACKBOT"]}}),
    ("invite", {"channel": "COFFEE", "fields": {"people": ["BOT"]}}),
    ("invite", {"channel": "COFFEE", "fields": {"people": ["GONE"]}}),
    ("take-out", {"channel": "COFFEE", "person": "GONE"}),
    ("take-out", {"channel": "COFFEE", "person": {}}),
    ("add-app", {"channel": "OTHERS"}),
    ("remove-app", {"channel": "C0"}),
    ("deactivate", {"person": "BEN", "confirmed": True}),
    ("activate", {"person": "GONE"}),
    ("set-status", {}),
    ("set-status", {"fields": {"status": ["king"]}}),
    ("set-status", {"fields": {"status": ["sick"], "text": ["x" * 101]}}),
    *(
        ("set-status", {"fields": {"status": ["sick"], "until": [day]}})
        for day in ("tomorrow", "2026-02-30", "2026-03-01", "9999-12-31", "x" * 4000)
    ),
    ("pause-notifications", {"fields": {"until": ["999999"]}}),
    ("pause-notifications", {}),
    ("set-zone", {"fields": {"zone": ["Moon/Base"]}}),
    ("set-zone", {"fields": {"zone": ["../etc/passwd"]}}),
]


def test_what_makes_no_sense_or_is_not_theirs_is_answered_with_a_sentence(program, workspace, browser):
    known = {
        "COFFEE": program.coffee.id,
        "DIRECT": workspace.open_direct([program.ana.id]).id,
        "OTHERS": workspace.add_channel("others", members=[program.ben]).id,
        "SECRET": workspace.add_channel("secret", members=[program.ben], private=True).id,
        "GONE": workspace.add_person("Gil Gone", deactivated=True).id,
        "BEN": program.ben.id,
        "BOT": workspace.bot_user_id,
    }

    def filled(value):
        if isinstance(value, dict):
            return {name: filled(one) for name, one in value.items()}
        if isinstance(value, list):
            return [filled(one) for one in value]
        return known.get(value, value) if isinstance(value, str) else value

    for deed, body in ODD:
        answer = browser.post(f"/as/{program.ana.id}/do/{deed}", json=filled(body), headers=OURS)
        assert answer.status_code in (400, 409), (deed, body, answer.text)
        assert answer.json()["problem"].endswith("."), (deed, body)
        assert "Slack says" not in answer.text, (deed, body)
    assert program.coffee.name == "coffee"
    assert not program.ben.user.deleted


def test_admins_neither_lock_themselves_out_nor_the_owners(program, workspace, do):
    olga = workspace.add_person("Olga Owner", is_owner=True)
    for person in (program.alma, olga):
        assert do(program.alma, "deactivate", 409, person=person.id, confirmed=True)["problem"]
        assert not person.user.deleted
    assert "Manage members" not in do(program.ana, "clear-status")["parts"]["members"]
