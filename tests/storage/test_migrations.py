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
