from tests.beginnings import begins_when
from tests.network.company import attributes


def four_teams(weft, team):
    """Ana and Alma are in Data, Ben and Cleo in Sales, Dev in Support, Eva in Legal; in three offices."""
    team.eva = team.alma.workspace.add_person("Eva Horak", tz="Europe/Berlin")
    team.everyone.append(team.eva)
    weft.tick()
    attributes(
        weft,
        {
            team.alma: ("Data", "Berlin"),
            team.ana: ("Data", "Berlin"),
            team.ben: ("Sales", "Berlin"),
            team.cleo: ("Sales", "Lisbon"),
            team.dev: ("Support", "Bengaluru"),
            team.eva: ("Legal", "Berlin"),
        },
    )
    return team


company = begins_when(four_teams)
