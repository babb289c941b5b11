"""A company whose profiles have fields of its own."""

import pytest

FIELDS = {"Department": "text", "Location": "options_list", "Boss": "user", "Grade": "text", "Hired": "date"}


@pytest.fixture
def company(weft, team, workspace):
    for label, kind in FIELDS.items():
        workspace.add_profile_field(label, kind)
    weft.tick()
    return team
