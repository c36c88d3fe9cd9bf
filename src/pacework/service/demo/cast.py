"""Invented people: names, birth dates, addresses, and NHS numbers of the synthetic range."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import nhs_number

from pacework.service.core.codes import document
from pacework.service.demo.words import chance, row, rows, weighted

# 999 000 0000 to 999 999 9999 is kept for synthetic data: no such number will ever be given to a person.
SYNTHETIC = "999"
# Postcodes of the area ZZ do not exist; letters that postcodes avoid are left out here too.
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
LANGUAGES = {
    "south_asia": ("Punjabi", "Urdu", "Bengali", "Gujarati"),
    "eastern_europe": ("Polish", "Romanian", "Lithuanian"),
    "east_asia": ("Cantonese", "Vietnamese"),
    "mediterranean_middle_east": ("Arabic", "Turkish", "Italian"),
    "africa_caribbean": ("French", "Somali"),
}
CONTACT_NOTES = (
    "Text first, then ring.",
    "Not before ten in the morning.",
    "Rings back after work.",
    "Best on Tuesdays and Thursdays.",
    "Partner may answer the phone.",
    "Please speak slowly on the phone.",
)
FORMATS = ("Large print", "Easy read", "Audio", "Coloured paper")


def synthetic_number(number: int) -> str | None:
    """The NHS number of the synthetic range with these six middle figures; None where no check digit fits."""
    body = f"{SYNTHETIC}{number:06d}"
    full = f"{body}{nhs_number.calculate_checksum(body)}"
    return full if len(full) == 10 and nhs_number.is_valid(full) else None


class Cast:
    """Draws people, each once. The same random source gives the same people in the same order."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self._names: set[tuple[str, str]] = {
            tuple(name.split(" ", 1)) for name in document("demo", "names")["never"]
        }  # type: ignore[misc]
        self._numbers = iter(rng.sample(range(1_000_000), 20_000))
        self._birthdays: set[date] = set()

    def nhs_number(self) -> str:
        """A valid number of the synthetic range, given to nobody else here."""
        return next(found for number in self._numbers if (found := synthetic_number(number)))

    def _name(self) -> tuple[str, str, str, str]:
        names = document("demo", "names")
        groups = {group["key"]: group for group in names["groups"]}
        weights = {key: float(group["weight"]) for key, group in groups.items()}
        while True:
            key = weighted(self.rng, weights)
            other = weighted(self.rng, weights) if chance(self.rng, names["mix"]) else key
            gender = weighted(self.rng, {"she": 0.58, "he": 0.39, "any": 0.03})
            if not groups[key].get(gender):
                continue
            first = self.rng.choice(groups[key][gender])
            last = self.rng.choice(groups[other]["family"])
            if (first, last) not in self._names:
                self._names.add((first, last))
                return first, last, names["pronouns"][gender], key

    def birth_date(self, age: int) -> date:
        """A birthday that makes somebody this old; nobody shares one, so no look-alikes by chance."""
        while True:
            born = self.today - timedelta(days=age * 365 + age // 4 + self.rng.randint(1, 360))
            if born not in self._birthdays:
                self._birthdays.add(born)
                return born

    def phone(self) -> str:
        """A number of the ranges kept for drama."""
        towns = document("demo", "towns")
        prefix = towns["mobile_prefix"] if chance(self.rng, 0.8) else towns["phone_prefix"]
        return f"{prefix}{self.rng.randint(0, 999):03d}"

    def postcode(self, outward: str) -> str:
        """A postcode in a town of the invented area ZZ."""
        return f"{outward} {self.rng.randint(1, 9)}{''.join(self.rng.choices(POSTCODE_LETTERS, k=2))}"

    def practice(self, team: str) -> dict[str, Any]:
        """A GP practice of the team."""
        found: dict[str, Any] = self.rng.choice([one for one in rows("practices") if one["team"] == team])
        return found

    def person(self, team: str, age: int) -> dict[str, Any]:
        """What is recorded about somebody when they come. The names of fields are those of a client."""
        rng = self.rng
        first, last, pronouns, group = self._name()
        practice = self.practice(team)
        town = row("towns", "towns", practice["town"])
        person: dict[str, Any] = {
            "first_name": first,
            "last_name": last,
            "pronouns": pronouns if chance(rng, 0.7) else "",
            "birth_date": self.birth_date(age),
            "nhs_number": self.nhs_number() if chance(rng, 0.94) else "",
            "phone": self.phone(),
            "postcode": self.postcode(town["outward"]),
            "gp_practice": practice["name"],
            "safe_to_leave_message": chance(rng, 0.6),
            "safe_to_write": chance(rng, 0.9),
        }
        called = document("demo", "names")["called"].get(first)
        if called and chance(rng, 0.6):
            person["preferred_name"] = called
        if chance(rng, 0.6):
            person["email"] = f"{_letters(first)}.{_letters(last)}@post.example"
        if chance(rng, 0.2):
            person["contact_notes"] = rng.choice(CONTACT_NOTES)
        if chance(rng, 0.06):
            person["accessible_format"] = rng.choice(FORMATS)
        if group in LANGUAGES and chance(rng, 0.4):
            person["language"] = rng.choice(LANGUAGES[group])
            person["needs_interpreter"] = chance(rng, 0.4)
        return person


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())
