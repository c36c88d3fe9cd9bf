"""Markup becomes what a reader would see."""

import time

import pytest

from pacework.science.vacancies.plain_text import plain


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>Fish &amp; chips</p>", "Fish & chips"),
        ("&lt;p&gt;Twice &amp;amp; over&lt;/p&gt;", "Twice & over"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n\n- Two"),
        ("<h2>Title</h2>text<br/>more", "Title\ntext\nmore"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("a<script>x<style></style>y</script>b", "ab"),
        ("a<script>never closed", "a"),
        ("a</script>b", "ab"),
        ("a<!-- hidden -->b<b>c</b>", "abc"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("a\x00b\x07c\ud800d", "abcd"),
        ("a\n\n\n\n\nb  \t c", "a\n\nb c"),
        ("", ""),
    ],
)
def test_tags_go_and_text_stays(markup: str, shown: str) -> None:
    assert plain(markup) == shown


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", "&", "&#", "<script>", "</", '<a b="', "<li>", " ", "\n"]
)
def test_broken_markup_takes_no_longer_than_sound_markup(piece: str) -> None:
    began = time.perf_counter()
    plain(piece * (400_000 // len(piece)))
    assert time.perf_counter() - began < 3
