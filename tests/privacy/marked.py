"""A company in which Ana has everything that is hers alone, each with a mark that nobody can mistake."""

from dataclasses import dataclass
from datetime import timedelta

from bot.connections.service import record_contacts
from storage.connections import notes
from storage.kinds import ContactKind
from storage.programs import programs
from storage.rounds import rounds, written
from tests.coffee.stories import begin, hire
from tests.network.company import attributes, met, pin
from tests.network.test_asking import ask
from tests.weft import labels, turn_to

NOTE, BECAUSE, WRITTEN = "marked-note", "marked-because", "marked-answer"

NAMES = ("ana", "ben", "cleo", "dev", "alma", "mia", "pia", "tess", "kit", "bo", "fay")


@dataclass(frozen=True)
class Mark:
    """What may stand in no text that somebody else reads: these words, or two of these together."""

    what: str
    words: tuple[str, ...]
    together: tuple[str, ...] = ()
    """If given, only where one of these stands in the same line."""
    may: tuple[str, ...] = ()
    """Names of those who may read it besides Ana."""

    def is_in(self, line: str) -> bool:
        other = not self.together or any(word in line for word in self.together)
        return other and any(word in line for word in self.words)


def hired(workspace):
    """Alma is the admin, Ben looks after the program; Mia, Pia, Tess and Kit are in Ana's network, Bo she avoids."""
    there = hire(workspace)
    for name in ("Mia Metmark", "Pia Pinmark", "Tess Targetmark", "Kit Knotmark", "Bo Blockmark", "Fay Fademark"):
        person = workspace.add_person(name, tz="Europe/Berlin")
        setattr(there, name.split()[0].lower(), person)
    there.everyone.append(there.bo)
    there.bo.join(there.coffee)
    for number in range(4):  # So that the matches are shown to admins at all.
        there.everyone.append(workspace.add_person(f"Somebody {number}", tz="Europe/Berlin"))
        there.everyone[-1].join(there.coffee)
    return there


def marks(there):
    ana = (there.ana.id, there.ana.name)
    answered = ("No reply", "no_reply")
    return [
        Mark("a note", (NOTE,)),
        Mark("whom she met", (there.mia.id, there.mia.name), ana, ("mia",)),
        Mark("whom she met, and was not shown since", (there.fay.id, there.fay.name), may=("fay",)),
        Mark("whom she wants to stay in touch with", (there.pia.id, there.pia.name), may=("pia",)),
        Mark("whom she would like to be introduced to", (there.tess.id, there.tess.name), ana, ("kit", "tess")),
        Mark("who could introduce her", (there.kit.id, there.kit.name), ana, ("kit",)),
        Mark("why she would like to be introduced", (BECAUSE,), may=("kit",)),
        Mark("whom she would rather not meet", (there.bo.id, there.bo.name), ana),
        Mark("what she answered in writing", (WRITTEN,)),
        Mark("whether they met", answered, ana),
        Mark("of which team she would like to meet somebody", ("Wishmark",), ana),
    ]


def live(weft, there):
    """A round, nearly to its end."""
    begin(weft, there)
    teams = {there.ana: "Data", there.ben: "Sales", there.cleo: "Legal", there.dev: "Support"}
    teams[there.bo] = "Data"  # Of her team: the preview knows no private lists, and would bring the two together.
    teams |= {there.mia: "Mia's team", there.pia: "Wishmark", there.kit: "Kit's team", there.tess: "Wishmark"}
    teams |= {there.fay: "Fay's team", there.alma: "Board"}
    attributes(weft, {person: (team, "Berlin") for person, team in teams.items()})
    with weft.bot.begin() as work:
        [coffee] = programs.programs(work)
        programs.replace_admins(work, program=coffee, person_ids=[there.ben.id])
    her_wishes(weft, there)
    weft.live(days=2)
    her_coffee(weft, there)
    weft.live(days=9)
    [asked] = [message for message in there.ana.messages() if "No reply" in labels(message)][-1:]
    there.ana.press("No reply", asked)
    weft.live(days=1)
    return there


def her_wishes(weft, there):
    met(weft, there.ana, there.mia, there.kit)
    met(weft, there.ana, there.fay, on=weft.clock.now().date() - timedelta(days=100))
    met(weft, there.kit, there.tess)
    with weft.bot.begin() as work:
        days = [work.now.date() - timedelta(days=back) for back in range(1, 5)]
        for day in days:
            record_contacts(work, [(there.ana.id, there.mia.id, ContactKind.REPLY)], on=day)
    there.ana.press("Edit", turn_to(there.ana, "My people"))
    # Those who look as well: whoever comes to know her may be told whom she could introduce, and that is no leak.
    there.ana.fill({"People": [there.bo, there.ben, there.alma]})
    assert there.ana.submit() == {}
    assert pin(there.ana, [there.pia], "Every 2 weeks") == {}
    there.ana.close()
    there.ana.press("Match me with Wishmark", there.ana.command("/network").messages[0])
    there.ana.close()
    ask(weft, there.ana, because=BECAUSE, to=there.tess)
    there.ana.close()


def her_coffee(weft, there):
    """She keeps notes, and has answered in writing before the other has."""
    with weft.bot.begin() as work:
        about = {"person_id": there.ana.id}
        match = rounds.matches_of(work, **about)[-1]
        [partner, *_] = [one for one in there.everyone if one.id in seats(match) - {there.ana.id}]
        for number, other in enumerate((there.mia, there.fay, partner)):
            words = f"{NOTE} of {other.name}"
            notes.save_note(work, **about, other_id=other.id, origin=f"test:{number}", words=words, at=work.now)
        written.save_answer(work, **about, match_id=match.id, answers=[WRITTEN])


def seats(match):
    return {seat.person_id for seat in match.seats}
