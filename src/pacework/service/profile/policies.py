"""Does the state allow it? Rules about sections, body maps and needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pacework.service.core.codes import Codes, codes
from pacework.service.core.errors import DomainError
from pacework.service.profile.models import Need, ProfileSection
from pacework.service.profile.questions import Section, sections


def section_called(key: str) -> Section:
    """The section, or a refusal: unknown ones hold nothing."""
    found = sections().get(key)
    if found is None:
        raise DomainError("The profile has no such section.")
    return found


def check_repeats(section: Section, *, repeat: bool) -> None:
    """Jobs and lessons are entries; everything else is one set of answers."""
    if section.repeat != repeat:
        raise DomainError(f"“{section.title}” is not filled in this way.")


def check_says_something(section: ProfileSection) -> None:
    """A first save with nothing in it would start a profile that says nothing."""
    if section.version == 0 and section.is_empty:
        raise DomainError("Answer at least one question, or leave this page.")


def check_saved(section: ProfileSection) -> None:
    if section.version == 0:
        raise DomainError("Nothing is written here yet, so there is nothing to confirm.")


def known_regions(keys: Iterable[str]) -> list[str]:
    """The regions in the order of the map; one that is not on the map is refused."""
    chosen, known = set(keys), codes("profile", "body_regions", "regions")
    if chosen - set(known):
        raise DomainError("Choose only regions of the map.", field="regions")
    return [key for key in known if key in chosen]


def listed_needs() -> Codes:
    return codes("profile", "needs", "needs")


def check_need(*, key: str, domain: str, words: str) -> None:
    """A need from the list, or one in own words with its area."""
    if key:
        if key not in listed_needs():
            raise DomainError("Choose a need from the list.", field="key")
        return
    if domain not in codes("profile", "needs", "domains"):
        raise DomainError("Choose one of the areas in the list.", field="domain")
    if not words.strip():
        raise DomainError("Choose a need from the list, or write it in the client’s words.", field="words")


def check_named_first(made: bool) -> None:
    """A need of the list is named once in an episode; own words as often as they are said."""
    if not made:
        raise DomainError("This need is named already. Look at the list of needs.", field="key")


def check_undecided(need: Need) -> None:
    if need.action_id is not None:
        raise DomainError("This need is in the plan already.")
    if need.set_aside_on is not None:
        raise DomainError("This need was set aside. Take it up again first.")


def check_set_aside(need: Need) -> None:
    if need.set_aside_on is None:
        raise DomainError("This need is not set aside.")


def check_reason(why: str) -> None:
    if not why.strip():
        raise DomainError("Say in a few words why, so that nobody asks again.", field="why")


def check_entry(answers: dict[str, object]) -> None:
    if not answers:
        raise DomainError("Answer at least one question, or leave this page.")


def check_entry_exists(section: ProfileSection, number: int) -> None:
    if section.entry(number) is None:
        raise DomainError("This was taken out by somebody else. Go back and look at the list.")


def check_any_chosen(chosen: Sequence[object]) -> None:
    if not chosen:
        raise DomainError("Tick at least one need to put in the plan.")
