"""Text out of markup, in time that grows with the length of the text and nothing else."""

from __future__ import annotations

import html
import re

# Each part of a tag stops at the next bracket, so that a text of "<" alone is read once, not once per "<".
# html.parser is not used on whole texts for that reason: Python 3.11's needs minutes for 100 kB of "<a ".
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])[^<>]*>|<![^<>]*>")
HIDDEN = ("script", "style", "template", "noscript")
ITEMS = ("li",)
BLOCKS = (
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "tr",
    "table",
    "section",
    "article",
    "hr",
    "blockquote",
    "dd",
    "dt",
)
ROUNDS = 3  # adverts are often escaped twice


def plain(text: str) -> str:
    """Return what a reader would see of a piece of markup.

    Parameters
    ----------
    text
        Text that may hold tags and entities, also escaped ones.

    Returns
    -------
    str
        Without tags, entities written out, list items with a dash, at most one empty line in a row.
    """
    shown = text
    for _round in range(ROUNDS):
        shown = html.unescape(_without_tags(shown))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in shown.split("\n"))
    # Control characters and halves of characters have no place in a record, and some databases refuse them;
    # marks that turn the direction of writing make a text look like another one.
    clean = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", clean).strip()


def _without_tags(text: str) -> str:
    parts: list[str] = []
    hidden = ""
    end = 0
    for match in TAG.finditer(text):
        if not hidden:
            parts.append(text[end : match.start()])
        end = match.end()
        name = (match["name"] or "").casefold()
        if name in HIDDEN:
            hidden = _hidden_after(hidden, name, bool(match["close"]))
        elif not hidden and (name in BLOCKS or re.fullmatch(r"h[1-6]", name)):
            parts.append("\n- " if name in ITEMS and not match["close"] else "\n")
    if not hidden:
        parts.append(text[end:])
    return "".join(parts)


def _hidden_after(hidden: str, name: str, closes: bool) -> str:
    """Return the element whose content stays hidden after one of its tags."""
    if closes:
        return "" if name == hidden else hidden
    return hidden or name
