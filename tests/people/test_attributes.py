import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.attributes import UnreadableTableError, read_table
from storage.kinds import Attribute

BY_EMAIL = {"ana@acme.test": "U1", "ben@acme.test": "U2"}


def read(text):
    return read_table(text, people=frozenset({"U1", "U2"}), by_email=BY_EMAIL)


def test_people_are_found_by_their_email_or_id():
    by_email = read("email,team,level\nAna@acme.test,Data,3\n")
    by_id = read("\ufeffperson_id, Team ,level\r\nU1,Data,3\r\n")

    assert by_email.said == by_id.said == {"U1": {Attribute.TEAM: "Data", Attribute.LEVEL: "3"}}


def test_rows_that_do_not_fit_are_named_by_their_line_and_the_others_are_taken():
    table = read(
        "email,team,started_on,country,manager,level\n"
        "ana@acme.test,Data,2024-05-31,de,ben@acme.test,2\n"
        "\n"
        "nobody@acme.test,Data,,,,\n"
        "ben@acme.test,Data,31.5.2024,,,\n"
        "ben@acme.test,Data,,Germany,,\n"
        "ben@acme.test,Data,,,boss@acme.test,\n"
        "ben@acme.test,Data,,,,-1\n"
        "ben@acme.test\n"
        "ana@acme.test,Sales,,,,\n"
        ",Sales,,,,\n"
        "ben@acme.test," + "x" * 101 + ",,,,\n"
    )

    assert table.said["U1"][Attribute.MANAGER] == "U2"
    assert table.said["U1"][Attribute.COUNTRY] == "DE"
    assert list(table.said) == ["U1"]
    assert [rejected.line for rejected in table.rejected] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert "31.5.2024" in table.rejected[1].reason


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "first line must name"),
        ("team,office\nData,Berlin\n", "email or person_id"),
        ("email,salary\nana@acme.test,1\n", "There's no column 'salary'"),
        ("email,team,team\nana@acme.test,A,B\n", "appears twice"),
        ('email,team\n"ana@acme.test,Data\n', "as CSV"),
        ("email,team\nana@acme.test,\0\n", ""),
        ("x" * 20_000_001, "too large"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_in_a_sentence(text, sentence):
    try:
        table = read(text)
    except UnreadableTableError as problem:
        assert sentence in str(problem)
    else:
        assert sentence == ""
        assert set(table.said) <= {"U1"}


@given(st.text())
def test_no_text_makes_it_fail_in_any_other_way(text):
    try:
        table = read("email,team\n" + text)
    except UnreadableTableError:
        return
    assert set(table.said) <= {"U1", "U2"}
