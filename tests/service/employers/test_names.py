"""Employers named in somebody's own words are found, and no others."""

from __future__ import annotations

import pytest

from pacework.service.employers.models import Employer
from tests.service.employers.build import make_employer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Quillfeather Books", "not Quillfeather Books again"),
        ("Quillfeather Books Ltd.", "QUILLFEATHER BOOKS, they let me go"),
        ("Quillfeather Books (UK)", "Never at Quillfeather!"),
        ("Quillfeather Books", "Marlow, Quillfeather"),
        ("The Quill Group plc", "Not the quill group please"),
        ("Marlow & Sons", "Marlow and Sons"),
        ("Marlow & Sons", "Marlow"),
        ("Marlow’s", "I fell out with Marlow's last year"),
        ("Marlows", "marlow"),
        ("QB", "not QB"),
        ("Café Quill", "cafe quill or Marlow"),
        ("Quill", "Quill\nMarlow"),
    ],
)
def test_an_employer_is_found_however_the_name_is_written(name: str, text: str) -> None:
    employer = make_employer(name)
    assert Employer.objects.named_in(text) == {employer.pk: name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Quillfeather Books", ""),
        ("Quillfeather Books", "No"),
        ("No Limits Ltd", "No, none."),
        ("Not Only Bread", "not any that I know"),
        ("Quill", "Quilliams"),
        ("Books", "a bookseller"),
        ("Quillfeather Books", "We went past Quillfeather Street"),
        ("Quillfeather Books", "Books"),
    ],
)
def test_what_names_nobody_finds_nobody(name: str, text: str) -> None:
    make_employer(name)
    assert Employer.objects.named_in(text) == {}
