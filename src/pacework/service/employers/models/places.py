"""Employers, their sites and the people met there. None of these rows is about a client."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import dropwhile
from typing import Any, Self

from django.conf import settings
from django.db import models
from rapidfuzz import fuzz, process

from pacework.service.core import clock
from pacework.service.core.records import Record, Versioned

EMPLOYER_KEPT = "as long as the service runs"
PERSON_KEPT = "2 years after the last contact with this person"

# rapidfuzz score from 0 to 100. Below this, two names share little more than an ordinary word.
ALIKE = 86


class EmployerQuerySet(models.QuerySet["Employer"]):
    def matching(self, words: str) -> Self:
        """Employers whose name, or a site's name or postcode, holds every word typed."""
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(name__icontains=word)
                | models.Q(
                    pk__in=Site.objects.filter(
                        models.Q(name__icontains=word) | models.Q(postcode__icontains=word)
                    ).values("employer")
                )
            )
        return found

    def likely_same(self, name: str, limit: int = 5) -> list[Employer]:
        """Employers whose name looks like this one, most alike first: shown before a new one is added."""
        key = employer_key(name)
        if not key:
            return []
        keys = dict(self.order_by("pk").values_list("pk", "name_key"))
        alike = process.extract(key, keys, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=limit)
        rows = self.in_bulk([pk for _, _, pk in alike])
        return [rows[pk] for _, _, pk in alike]

    def alike_to(self, names: Iterable[str], limit: int = 2) -> dict[str, tuple[str, ...]]:
        """For each of many names, those of employers it looks like: one look at the table for all."""
        rows = list(self.order_by("pk").values_list("name_key", "name"))
        keys = [key for key, _ in rows]
        return {
            name: tuple(
                rows[place][1]
                for _, _, place in process.extract(
                    employer_key(name), keys, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=limit
                )
            )
            for name in names
        }

    def named_in(self, text: str) -> dict[int, str]:
        """Employers whom somebody names in a text, number → name, however their names are written there.

        The whole name within a sentence ("never Quill Books again"), or its first words standing alone in a
        list ("Quill, Marlow"). Legal forms, marks and an s at the end make no difference.
        """
        whole = f" {_without_s(_name_words(text))} "
        parts = (dropwhile(_DENIALS.__contains__, _name_words(part)) for part in _BETWEEN.split(text))
        alone = {piece for part in parts if len(piece := _without_s(part)) > 1}
        found = {}
        for pk, key, name in self.values_list("pk", "name_key", "name") if alone else ():
            bare = f"{_without_s(key.split())} "
            if f" {bare}" in whole or any(bare.startswith(f"{piece} ") for piece in alone):
                found[pk] = name
        return found


class Employer(Versioned):
    """A business or other organisation that gives people work."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    name = models.CharField(max_length=120)
    # Folded name for search-before-create, kept by save().
    name_key = models.CharField(max_length=130, editable=False, db_index=True)
    sector = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=200, blank=True)
    disability_confident = models.CharField(max_length=12, default="unknown")
    disability_confident_until = models.DateField(null=True, blank=True)
    about = models.TextField(blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["sector", "name_key"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = employer_key(self.name)
        super().save(*args, **kwargs)


# Words that say what kind of company it is, not which one.
_LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "llp", "cic", "co", "company", "inc", "the", "and"})


# Where one name in a list ends, and the words before it that are no part of it.
_BETWEEN = re.compile(r"[,;:\n/.!?()]+|\band\b|\bor\b", re.IGNORECASE)
_DENIALS = frozenset({"no", "not", "never", "nor", "at", "for", "with"})


def _without_s(words: Iterable[str]) -> str:
    return " ".join(word.rstrip("s") or word for word in words)


def _name_words(text: str) -> list[str]:
    """Words without case, marks and, where others are left, legal form."""
    folded = unicodedata.normalize("NFKD", text).casefold().replace("'", "").replace("’", "")
    letters = "".join(
        letter if letter.isalnum() else " " for letter in folded if not unicodedata.combining(letter)
    )
    words = letters.split()
    return [word for word in words if word not in _LEGAL_FORMS] or words


def employer_key(name: str) -> str:
    """An employer's name without case, punctuation and legal form, for finding the same one again."""
    return " ".join(_name_words(name))[:130]


class Site(Versioned):
    """A place where an employer's people work."""

    record = Record(scope=None, erase="keep", retain=EMPLOYER_KEPT)

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    getting_there = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "name"], name="site_name_once_an_employer")
        ]

    def __str__(self) -> str:
        return self.name


class EmployerPerson(Versioned):
    """Someone who works for an employer and whom we talk with."""

    record = Record(
        scope=None, erase="keep", retain=PERSON_KEPT, scrub=("name", "job_title", "phone", "email", "note")
    )

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="people")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=80)
    job_title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name
