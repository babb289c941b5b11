"""What admins choose about where teams and offices come from, and what comes of it."""

from bot.people import service
from storage.people import people
from tests.rows import copy_of
from tests.weft import turn_to


def person(weft, someone):
    with weft.bot.look() as work:
        return copy_of(people.get(work, person_id=someone.id))


def sources_of(weft, someone, attribute):
    with weft.bot.look() as work:
        rows = people.values_on(work, person_ids=[someone.id])
        return {row.source: row.value for row in rows if row.attribute is attribute}


def choose_fields(admin, **chosen):
    admin.press("Choose profile fields", turn_to(admin, "Admin"))
    admin.fill({label.replace("_", " "): field for label, field in chosen.items()})
    return admin.submit()


def choose_groups(admin, **chosen):
    admin.press("Choose user groups", turn_to(admin, "Admin"))
    admin.fill(chosen)
    return admin.submit()


def edit_team(someone, team):
    someone.press("Edit my details", turn_to(someone, "Settings"))
    someone.fill({"Team": [team]})
    assert someone.submit() == {}


def import_file(weft, **teams):
    with weft.bot.begin() as work:
        service.import_attributes(
            work, "\n".join(["person_id,team", *(f"{one},{team}" for one, team in teams.items())])
        )


def calls(workspace, method):
    return [call for call in workspace.calls if call.method == method]
