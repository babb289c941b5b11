from alembic import command

from storage.db import Database
from storage.migrate import configuration, standing, upgrade


def test_migrations_make_the_tables_that_the_code_expects(database):
    with database.engine.connect() as connection:
        command.check(configuration(connection))


def test_migrations_go_down_and_up_again(database):
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        command.upgrade(configuration(connection), "head")


def test_a_database_says_where_it_stands(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")

    before = standing(database)
    upgrade(database)
    after = standing(database)

    assert (before.current, before.is_up_to_date, before.is_known) == (None, False, True)
    assert (after.current, after.is_up_to_date) == (after.head, True)
    database.close()


def test_a_file_that_was_left_when_nobody_sends_it_any_longer_goes_with_the_upgrade(database):
    values = "'T1', 'K', 'U1', 'post', '', '[]', 3, 'asked_for', {true}, {false}, {false}, 0, '2026-03-02 09:00:00'"
    columns = (
        "workspace_id, key, recipient, deed, text, blocks, importance, attention, has_file, shares, is_uncertain, "
        "attempts, due_at, state, id"
    )
    states = ["waiting", "sending", "sent", "given_up", "cancelled", "past"]
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0027")
        booleans = {"true": "1", "false": "0"} if database.is_sqlite else {"true": "TRUE", "false": "FALSE"}
        for number, state in enumerate(states):
            row = values.replace("'K'", f"'{state}'").format(**booleans)
            connection.exec_driver_sql(f"INSERT INTO outbox_messages ({columns}) VALUES ({row}, '{state}', {number})")
            connection.exec_driver_sql(
                "INSERT INTO outbox_files (message_id, workspace_id, name, title, alt, content) "
                f"VALUES ({number}, 'T1', '', '', '', '{state}')"
            )

        command.upgrade(configuration(connection), "head")

        left = connection.exec_driver_sql("SELECT message_id FROM outbox_files ORDER BY message_id").scalars()
        assert [states[number] for number in left] == ["waiting", "sending"]
