"""What a visitor does as somebody happens to the bot; what makes no sense is answered with a sentence."""

import pytest

from bot.slacksim import Person, View, finding
from tests.demo.page.conftest import OURS, without_tags
from tests.weft import turn_to


def place_of(shown, label):
    """The name under which the page knows the element with this label."""
    block, element = finding.find(shown.blocks, label)
    return f"{block['block_id']}|{element['action_id']}", element.get("value", "")


def press(do, person, shown, label, **more):
    where = f"view|{shown.id}" if isinstance(shown, View) else f"message|{shown.channel_id}|{shown.ts}"
    place, value = place_of(shown, label)
    return do(person, "use", shown=where, place=place, value=value, **more)


@pytest.fixture
def zoe(program, workspace):
    """New here, and not in the program yet."""
    return workspace.add_person("Zoe New", tz="Europe/Berlin")


def test_an_admin_sets_up_a_program_on_the_page(weft, team, do, look, company):
    weft.tick()
    look(team.alma)
    press(do, team.alma, team.alma.home, "Set up program")
    view = team.alma.modal
    fields = {
        place_of(view, "Channel")[0]: [team.coffee.id],
        place_of(view, "Time zone")[0]: ["Europe/Berlin"],
    }
    answer = do(team.alma, "submit", shown=f"view|{view.id}", fields=fields)

    assert "A draft" in answer["parts"]["modal"]
    press(do, team.alma, team.alma.modal, "Start")

    assert "#<bdi>coffee" in look(team.alma)
    assert "Welcome to" in team.ana.reads()


def test_a_form_that_misses_something_says_so_beside_the_field(weft, team, do, look):
    weft.tick()
    look(team.alma)
    press(do, team.alma, team.alma.home, "Set up program")
    view = team.alma.modal
    name = place_of(view, "Name")[0]
    answer = do(team.alma, "submit", shown=f"view|{view.id}", fields={name: ["Tea & <b>cake</b>"]})

    assert list(answer["problems"].values()) == ["Please complete this required field."]
    assert 'class="problem"' in answer["parts"]["modal"]
    assert "Tea &amp; &lt;b&gt;cake&lt;/b&gt;" in answer["parts"]["modal"], "what was typed is still there"


def test_the_bot_is_asked_for_what_fits_the_letters(weft, team, do, look):
    weft.tick()
    look(team.alma)
    press(do, team.alma, team.alma.home, "Set up program")
    view = team.alma.modal
    place, _ = place_of(view, "Time zone")
    offered = do(team.alma, "suggest", shown=f"view|{view.id}", place=place, typed="kolk")["options"]

    assert offered == [["Asia/Kolkata", "Asia/Kolkata"]]
    fields = {place: ["Asia/Kolkata"], place_of(view, "Channel")[0]: [team.coffee.id]}
    do(team.alma, "submit", shown=f"view|{view.id}", fields=fields)
    assert "Asia/Kolkata" in without_tags(look(team.alma))


def test_a_command_is_answered_privately_where_it_was_typed(program, zoe, do, look):
    program.ana.join(program.coffee)
    answer = do(program.ana, "say", channel=program.coffee.id, text="/coffee status", place_shown=program.coffee.id)

    assert "Only visible to you" in answer["parts"]["main"]
    assert "Only visible to you" not in look(program.ben, program.coffee.id)
    [private] = [each for each in program.ana.sees() if each.only_for]
    answer = do(program.ana, "dismiss", channel=program.coffee.id, ts=private.ts, place_shown=program.coffee.id)
    assert "Only visible to you" not in answer["parts"]["main"]


def test_names_in_a_command_become_mentions(workspace, program, do):
    heard = []
    workspace.deliveries.transport = Overhearing(workspace.deliveries.transport, heard)
    do(program.ana, "say", channel=program.coffee.id, text="/weft thank @ben.okafor and @nobody in #coffee")

    [payload] = [each.payload for each in heard if each.kind == "slash_commands"]
    assert payload["text"] == f"thank <@{program.ben.id}|ben.okafor> and @nobody in <#{program.coffee.id}|coffee>"


class Overhearing:
    in_background, is_listening = False, True

    def __init__(self, real, heard):
        self.real, self.heard = real, heard

    def deliver(self, envelope):
        self.heard.append(envelope)
        return self.real.deliver(envelope)


def test_what_somebody_writes_is_only_text(program, do, look):
    words = "<!channel> <script>alert(1)</script> hello @ben.okafor \u202eevil"
    do(program.ana, "say", channel=program.coffee.id, text=words)
    shown = look(program.ben, program.coffee.id)

    assert program.coffee.messages[-1].text.startswith("&lt;!channel&gt; &lt;script&gt;")
    assert "<script>alert" not in shown
    assert "&lt;!channel&gt;" in shown
    assert 'class="mention me">@<bdi>Ben Okafor' in shown


def test_a_thread_and_reactions(program, do, look):
    do(program.ana, "say", channel=program.coffee.id, text="Who is in?")
    asked = program.coffee.messages[-1]
    do(program.ben, "say", channel=program.coffee.id, text="Me", thread=asked.ts)
    do(program.ben, "react", channel=program.coffee.id, ts=asked.ts, emoji=":tada:")

    shown = look(program.cleo, program.coffee.id, thread=asked.ts)
    assert "1 reply" in shown
    assert shown.count("Who is in?") == 2
    assert asked.reactions == {"tada": [program.ben.id]}
    do(program.ben, "react", channel=program.coffee.id, ts=asked.ts, emoji="tada")
    assert asked.reactions == {}


def test_a_button_that_asks_first_acts_only_after_yes(program, do, look):
    look(program.ana)
    asked = press(do, program.ana, program.ana.home, "Leave")
    assert "Leave this program?" in asked["confirm"]
    assert "Skip this round" in look(program.ana)

    press(do, program.ana, program.ana.home, "Leave", confirmed=True)
    assert "Skip this round" not in look(program.ana)


def test_a_newcomer_joins_the_company_and_the_program(browser, company, workspace, program, weft, do):
    answer = browser.post("/people", json={"name": "Noa Levi", "zone": "Europe/Berlin"}, headers=OURS)
    [noa] = [user for user in workspace.users.values() if user.real_name == "Noa Levi"]
    assert answer.json() == {"goes_to": f"/as/{noa.id}"}
    assert "Noa Levi" in browser.get("/").text
    assert browser.get(f"/as/{noa.id}").status_code == 200

    person = Person(workspace, noa)
    do(person, "join", channel=program.coffee.id)
    assert "Welcome to" in person.reads()


def test_a_place_and_people_that_do_not_exist_are_answered_with_a_page(browser, program, look):
    secret = program.alma.workspace.add_channel("secret", members=[program.alma], private=True)
    ana = f"/as/{program.ana.id}"
    known = [f"{ana}/C0", f"{ana}/{secret.id}", f"{ana}/file/F0"]
    for address in ["/as/U0", "/as/U0/home", "/as/USLACKBOT/home", "/nowhere", *known]:
        answer = browser.get(address)
        assert answer.status_code == 404, address
        assert "Traceback" not in answer.text
    assert "#secret" not in look(program.ana)
    assert "#secret" in look(program.alma)


ODD = [
    ("use", {}),
    ("use", {"shown": "view|V0", "place": "a|b"}),
    ("use", {"shown": "message|C0|1.0", "place": "a|b"}),
    ("use", {"shown": ["view"], "place": {}}),
    ("use", {"shown": "HOME", "place": "nothing|there"}),
    ("submit", {"shown": "view|V0"}),
    ("submit", {"shown": "HOME"}),
    ("suggest", {"shown": "HOME", "place": "x|y", "typed": "a" * 999}),
    ("say", {"channel": "C0", "text": "hello"}),
    ("say", {"channel": "COFFEE", "text": "   "}),
    ("say", {"channel": "COFFEE", "text": "x" * 40_001}),
    ("say", {"channel": "COFFEE", "text": "hello", "thread": "1.0"}),
    ("say", {"channel": "COFFEE", "text": "/dance"}),
    ("say", {"channel": "COFFEE", "text": "/coffee", "thread": "1.0"}),
    ("react", {"channel": "COFFEE", "ts": "1.0", "emoji": "tada"}),
    ("react", {"channel": "COFFEE", "ts": "LAST", "emoji": "not an emoji"}),
    ("shortcut", {"callback_id": "nonsense"}),
    ("dismiss", {"channel": "COFFEE", "ts": "LAST"}),
    ("join", {"channel": "C0"}),
    ("join", {"channel": "SECRET"}),
    ("say", {"channel": "SECRET", "text": "hello"}),
    ("react", {"channel": "SECRET", "ts": "SAID", "emoji": "tada"}),
    ("leave", {"channel": "DIRECT"}),
    ("new-channel", {"name": "<>"}),
    ("new-channel", {"name": "coffee"}),
    ("fly", {}),
]


def test_what_makes_no_sense_is_answered_with_a_sentence(program, company, browser, look):
    look(program.ana)
    program.ben.say(program.coffee, "hello")
    secret = program.alma.workspace.add_channel("secret", members=[program.alma], private=True)
    known = {
        "SECRET": secret.id,
        "SAID": program.alma.say(secret, "hush").ts,
        "HOME": f"view|{program.ana.home.id}",
        "COFFEE": program.coffee.id,
        "LAST": program.coffee.messages[-1].ts,
        "DIRECT": program.ana.workspace.open_direct([program.ana.id]).id,
    }
    for deed, words in ODD:
        body = {name: known.get(value, value) if isinstance(value, str) else value for name, value in words.items()}
        answer = browser.post(f"/as/{program.ana.id}/do/{deed}", json=body, headers=OURS)
        assert answer.status_code in (400, 404, 409), (deed, words)
        assert answer.json()["problem"].endswith("."), (deed, words)
        assert "Traceback" not in answer.text


def test_a_request_that_is_no_object_is_refused(program, browser):
    for body in (b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 50_000, b'{"fields": 3}', b'{"fields": {"a": "b"}}'):
        answer = browser.post(f"/as/{program.ana.id}/do/use", content=body, headers=OURS)
        assert answer.status_code == 400
        assert answer.json()["problem"]


def test_choices_that_nobody_offered_are_refused(program, do, look):
    press(do, program.alma, turn_to(program.alma, "Admin"), "Set up program")
    view = program.alma.modal
    for label, value in {"Channel": "C0", "How often": "99", "Time": "25:99", "Time zone": "Moon/Base"}.items():
        place, _ = place_of(view, label)
        do(program.alma, "submit", 409, shown=f"view|{view.id}", fields={place: [value]})
    assert program.alma.modal is view


def test_a_form_that_is_closed_or_somebody_elses_takes_nothing(program, do, look):
    press(do, program.alma, turn_to(program.alma, "Admin"), "Set up program")
    view = program.alma.modal
    assert "closed" in do(program.ana, "submit", 400, shown=f"view|{view.id}")["problem"]
    do(program.alma, "close")
    assert "closed" in do(program.alma, "submit", 400, shown=f"view|{view.id}")["problem"]


def test_a_form_that_somebody_had_open_by_themselves_is_put_away(company, program, look, do):
    program.alma.press("Set up program", turn_to(program.alma, "Admin"))
    assert "How often" not in look(program.alma)

    press(do, program.alma, turn_to(program.alma, "Admin"), "Set up program")
    assert "How often" in look(program.alma), "one that the visitor opened stays"


def test_a_button_of_a_message_that_has_changed_is_gone(program, weft, do):
    message = program.ana.messages()[-1]
    place, value = place_of(message, "Skip this round")
    message.blocks.clear()

    said = do(program.ana, "use", 409, shown=f"message|{message.channel_id}|{message.ts}", place=place, value=value)
    assert said["problem"] == "This is no longer there."


def test_a_button_that_was_drawn_anew_meanwhile_is_the_same_button(program, do, look):
    look(program.ana)
    place, value = place_of(program.ana.home, "Skip this round")
    program.ana.press("Skip this round", program.ana.home)
    program.ana.press("Undo skip", program.ana.home)
    assert place_of(program.ana.home, "Skip this round") != (place, value)

    do(program.ana, "use", shown=f"view|{program.ana.home.id}", place=place, value=value)
    assert "Undo skip" in look(program.ana)


def test_only_what_is_new_is_sent_again(program, browser, company, look, do):
    look(program.ana)
    address = f"/as/{program.ana.id}/home/parts"
    first = browser.get(address, params={"since": -1, "seen": "0"}).json()

    assert browser.get(address, params={"since": first["version"]}).status_code == 204
    do(program.ben, "say", channel=program.coffee.id, text="Good morning")
    later = browser.get(address, params={"since": first["version"], "seen": first["seen"]}).json()
    assert [(each["where"], each["text"]) for each in later["news"]] == [("#coffee", "Good morning")]
    assert browser.get(address, params={"since": "banana", "seen": "x" * 5000}).status_code == 200
