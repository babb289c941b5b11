"""What stands in the database, to look at after the transaction that read it."""

from types import SimpleNamespace

from sqlalchemy import inspect


def copy_of(row):
    """The columns and properties of a row as they are now; None for no row."""
    if row is None:
        return None
    names = [one.key for one in inspect(row).mapper.column_attrs]
    names += [name for name, value in vars(type(row)).items() if isinstance(value, property)]
    return SimpleNamespace(**{name: getattr(row, name) for name in names})


def copies(rows):
    return [copy_of(row) for row in rows]
