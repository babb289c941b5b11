"""A CSV file says more of people than Slack does."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot import __main__ as command_line
from bot.people import service
from bot.people.attributes import UnreadableTableError
from bot.people.service import import_attributes, record_values
from storage.kinds import Attribute, Source
from storage.people import people
from tests.rows import copy_of

HEADING = "email,team,department,office,manager,level,started_on,country\n"


@pytest.fixture
def team(weft, workspace):
    """Ana, Ben and Cleo, whom Weft knows."""
    there = [workspace.add_person(name) for name in ("Ana Ruiz", "Ben Okafor", "Cleo Martin")]
    weft.tick()
    return there


def bring(weft, text):
    with weft.bot.begin() as work:
        return import_attributes(work, text)


def hears(weft, source, someone, **said):
    with weft.bot.begin() as work:
        record_values(work, source, {someone.id: {Attribute(name): value for name, value in said.items()}})


def person(weft, someone):
    with weft.bot.look() as work:
        return copy_of(people.get(work, person_id=someone.id))


def conflicts(weft):
    with weft.bot.look() as work:
        return people.conflicts(work, offset=0, limit=10)


def test_all_attributes_of_a_person_are_kept(weft, team):
    ana, ben, _ = team
    bring(weft, HEADING + "ana.ruiz@acme.test,Data,Tech,Berlin,BEN.OKAFOR@acme.test,3,2024-05-31,de\n")

    kept = person(weft, ana)
    assert (kept.team, kept.department, kept.office, kept.manager_id) == ("Data", "Tech", "Berlin", ben.id)
    assert (kept.level, kept.started_on, kept.country) == (3, date(2024, 5, 31), "DE")


def test_rows_that_do_not_fit_are_named_and_the_others_kept(weft, team):
    ana, ben, _ = team
    table = bring(
        weft, "email,team,level\nana.ruiz@acme.test,Data,3\nnobody@acme.test,Data,3\nben.okafor@acme.test,X,x\n"
    )

    assert [rejected.line for rejected in table.rejected] == [3, 4]
    assert (person(weft, ana).team, person(weft, ben).team) == ("Data", None)


@pytest.mark.parametrize("level", ["9" * 5000, "-1", "21", "1.5", "\u0663"])
def test_a_level_that_is_none_is_named(weft, team, level):
    [rejected] = bring(weft, f"email,level\nana.ruiz@acme.test,{level}\n").rejected

    assert "level" in rejected.reason


def test_marks_that_nobody_can_see_make_no_other_team(weft_on_both, workspace):
    ana, ben = workspace.add_person("Ana Ruiz"), workspace.add_person("Ben Okafor")
    bring(weft_on_both, "email,team\nana.ruiz@acme.test,Data\nben.okafor@acme.test,\u200bDa\x00ta\u202e\n")

    assert person(weft_on_both, ana).team == person(weft_on_both, ben).team == "Data"


def test_of_two_with_the_same_address_the_one_who_is_here_is_meant(weft, workspace):
    before = workspace.add_person("Ana Ruiz", email="ana@acme.test")
    after = workspace.add_person("Ana Ruiz", email="ana@acme.test")
    last = workspace.add_person("Zoe Last", email="zoe@acme.test")
    zoe = workspace.add_person("Zoe Last", email="zoe@acme.test")
    before.deactivate()
    zoe.deactivate()

    bring(weft, "email,team\nana@acme.test,Data\nzoe@acme.test,Sales\n")

    assert [person(weft, one).team for one in (before, after, last, zoe)] == [None, "Data", "Sales", None]


def test_nothing_is_imported_when_the_heading_is_wrong(weft, team):
    with pytest.raises(UnreadableTableError, match="There's no column 'salary'"):
        bring(weft, "email,team,salary\nana.ruiz@acme.test,Data,1\n")

    assert person(weft, team[0]).team is None


def test_an_import_that_fails_midway_leaves_nothing(weft, team):
    def fail(_connection, _cursor, statement, _parameters, _context, _many):
        if statement.startswith("UPDATE people"):
            raise OperationalError(statement, {}, Exception("disk I/O error"))

    event.listen(weft.bot.db.engine, "before_cursor_execute", fail)
    with pytest.raises(OperationalError):
        bring(weft, "email,team\nana.ruiz@acme.test,Data\nben.okafor@acme.test,Sales\n")
    event.remove(weft.bot.db.engine, "before_cursor_execute", fail)

    assert [person(weft, one).team for one in team] == [None, None, None]
    with weft.bot.look() as work:
        ids = [one.id for one in team]
        assert people.values_on(work, person_ids=ids) == []


# Who is believed


def test_the_file_goes_before_the_profile_the_group_and_the_person(weft, team):
    ana = team[0]
    for source, said in [
        (Source.PERSON, "said by herself"),
        (Source.USER_GROUP, "said by a group"),
        (Source.SLACK_PROFILE, "said by her profile"),
        (Source.CSV, "said by the file"),
    ]:
        hears(weft, source, ana, team=said)
        assert person(weft, ana).team == said

    hears(weft, Source.PERSON, ana, team="said by herself again")
    assert person(weft, ana).team == "said by the file"


def test_an_empty_value_takes_the_word_back_and_the_next_source_is_believed(weft, team):
    ana = team[0]
    hears(weft, Source.PERSON, ana, team="Sales")
    bring(weft, "email,team,level\nana.ruiz@acme.test,Data,3\n")
    assert (person(weft, ana).team, person(weft, ana).level) == ("Data", 3)

    bring(weft, "email,team,level\nana.ruiz@acme.test,,\n")

    assert (person(weft, ana).team, person(weft, ana).level) == ("Sales", None)


def test_a_column_that_is_not_there_takes_nothing_back(weft, team):
    bring(weft, "email,team\nana.ruiz@acme.test,Data\n")
    bring(weft, "email,office\nana.ruiz@acme.test,Berlin\n")

    assert (person(weft, team[0]).team, person(weft, team[0]).office) == ("Data", "Berlin")


def test_sources_that_disagree_are_listed(weft, team):
    ana, ben, _ = team
    bring(weft, "email,team,office\nana.ruiz@acme.test,Data,Berlin\nben.okafor@acme.test,Sales,Berlin\n")
    hears(weft, Source.PERSON, ana, team="Sales", office="BERLIN")
    hears(weft, Source.SLACK_PROFILE, ana, team="Platform")

    [conflict] = conflicts(weft)
    assert (conflict.person_id, conflict.attribute) == (ana.id, Attribute.TEAM)
    assert conflict.said == (
        (Source.CSV, "Data"),
        (Source.SLACK_PROFILE, "Platform"),
        (Source.PERSON, "Sales"),
    )
    assert person(weft, ben).team == "Sales"


# The command


@pytest.fixture
def command(weft, team, sqlite_url, monkeypatch, tmp_path, capsys):
    """Import a file with these words in it; returns the exit code and what was said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)

    def type_it(text, file="people.csv"):
        (tmp_path / "people.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        code = command_line.main(["people", "import", file])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return type_it


def test_the_command_says_how_many_were_imported(weft, team, command):
    assert command("email,team\nana.ruiz@acme.test,Data\nben.okafor@acme.test,Sales\n") == (
        0,
        "2 people imported. All done.\n",
    )
    assert person(weft, team[0]).team == "Data"


def test_the_command_names_the_lines_that_were_rejected(command):
    code, said = command("email,team\nana.ruiz@acme.test,Data\n[red]nobody[/]@acme.test,Data\n")

    assert code == 1
    assert said.splitlines() == [
        "1 person imported, 1 line skipped:",
        "line 3: no one here has the email '[red]nobody[/]@acme.test'",
    ]


def test_the_command_names_the_first_of_very_many(command):
    code, said = command("email,team\n" + "nobody@acme.test,Data\n" * 80)

    assert code == 1
    assert len(said.splitlines()) == 52
    assert said.endswith("and 30 more\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("email,name\na@acme.test,Ana\n", "Nothing was imported. There's no column 'name'"),
        ("team\nData\n", "Nothing was imported. The first line must name the columns"),
        ("", "Nothing was imported."),
        (b"email,team\n\xff\xfe,Data\n", "Can't read people.csv as text"),
    ],
)
def test_a_file_that_can_not_be_used_ends_with_a_sentence(weft, team, command, text, sentence):
    code, said = command(text)

    assert code == 1
    assert sentence in said
    assert person(weft, team[0]).team is None


def test_a_file_that_is_not_there_ends_with_a_sentence(command):
    code, said = command("", file="elsewhere.csv")

    assert code == 1
    assert "Can't read elsewhere.csv" in said


def test_before_the_first_run_the_command_says_what_to_do(command, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.sqlite3")

    code, said = command("email,team\nana.ruiz@acme.test,Data\n")

    assert code == 1
    assert "Run `weft run` once" in said


def test_what_slack_tells_later_does_not_take_an_attribute_away(weft, team, clock):
    bring(weft, "email,team\nana.ruiz@acme.test,Data\n")

    team[0].change(title="Head of data")
    with weft.bot.begin() as work:
        service.finish_sync(work, began_at=clock.now(), previous_at=None)

    assert person(weft, team[0]).team == "Data"
