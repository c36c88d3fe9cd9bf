"""Plain words: what the client's own pages and scripts say reads like a book for a nine-year-old."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from pacework.service.diary import actions
from tests.service.diary.build import keep, start, supported

SCRIPTS = Path(actions.__file__).parents[1] / "static" / "diary"
PAGES = (
    "my-diary",
    "my-weeks",
    "my-flare",
    "my-flares",
    "my-flare-new",
    "my-flare-plan",
    "my-flare-plan-edit",
    "my-diary-delete",
    "my-phone",
    "diary-offline",
    "my-reminders",
)
LONGEST = 20  # words in a sentence
GRADE = 3.5  # years of school, by Flesch and Kincaid; four are a reading age of nine


def sentences(text: str) -> list[str]:
    """What ends like a sentence; names of links and boxes are none."""
    found = [one.strip() for one in re.split(r"(?<=[.?!:;])\s|\n", text)]
    return [one for one in found if one.endswith((".", "?", "!", ":", ";")) and len(one.split()) > 2]


def on_page(html: str) -> list[str]:
    """Those in the main part of a page."""
    main = re.sub(r"(?s)^.*<main[^>]*>|</main>.*$|<svg.*?</svg>|<table.*?</table>", "", html)
    lines = re.sub(r"<(?!/?(a|strong|b|span)\b)[^>]*>", "\n", main)
    return sentences(re.sub(r"<[^>]*>", "", lines).replace("’", "'"))


def in_script(source: str) -> list[str]:
    """Those among the texts of a script."""
    code = re.sub(r"(?s)/\*.*?\*/|(?m:^\s*//.*$)", "", source)
    texts = [one or other for one, other in re.findall(r'"([^"\n]+)"|`([^`\n]+)`', code)]
    return sentences("\n".join(re.sub(r"\$\{[^}]*\}", "2 entries", text) for text in texts))


def syllables(word: str) -> int:
    return max(len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e[sd]?$", "", word))), 1)


def grade(found: list[str]) -> float:
    words = [word for one in found for word in re.findall(r"[a-z']+", one.lower())]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def check(found: list[str]) -> None:
    assert found
    assert not [one for one in found if len(one.split()) > LONGEST]
    print(grade(found))
    [print(len(o.split()), round(grade([o]), 1), o) for o in found]
    assert grade(found) <= GRADE, "\n".join(found)


@pytest.mark.django_db
def test_the_pages_are_in_plain_words(client_for):
    person = supported().client
    keep(person, [4, 5, 6] * 8)
    browser = client_for(person.user)
    found = [one for name in PAGES for one in on_page(browser.get(reverse(name)).text)]
    start(person)
    check(found + on_page(browser.get(reverse("my-flare")).text))


def test_the_scripts_are_in_plain_words():
    check([one for script in SCRIPTS.glob("*.js") for one in in_script(script.read_text())])


def test_hard_words_and_long_sentences_are_found():
    with pytest.raises(AssertionError):
        check(in_script('say("Synchronisation encountered unanticipated authentication difficulties.")'))
    with pytest.raises(AssertionError):
        check(in_script(f'say("I {"go on and " * 9}on.")'))
