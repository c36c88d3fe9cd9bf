"""The JSON-LD blocks of a page that somebody uploaded or pasted. Nothing is ever fetched."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

LARGEST_PAGE = 5_000_000  # bytes, or characters of a pasted text
MOST_BLOCKS = 50
LONGEST_TAG = 500

# The page is walked with plain searches, each starting where the last one ended: html.parser, which in Python
# 3.11 needs time with the square of the length on broken pages, sees one short tag at a time.
OPENING = re.compile(r"<!--|<script(?=[\s/>])", re.IGNORECASE)
# Within LONGEST_TAG; a bracket between quotes is part of a value.
TAG_END = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
CLOSING = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)
# Old pages hide the data in a comment or a CDATA section, themselves in script comments.
_WRAPPER = r"(?:\s|//|/\*|\*/|<!--|-->|<!\[CDATA\[|<?!?\]\]>|>)"
BEFORE = re.compile(rf"{_WRAPPER}+")
BEHIND = re.compile(rf"(?:{_WRAPPER}|;)+\Z")
TAIL = 60
# Before a closing bracket: the commonest fault of data typed by hand.
LAST_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
VOCABULARY = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)")


class PageTooLarge(ValueError):
    """The page is larger than is read. The message is fit for a screen."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a page holds as data.

    Attributes
    ----------
    values
        The blocks that could be read, as JSON values, in the order of the page. Names are without the
        vocabulary's address: "title" for "schema:title" and "https://schema.org/title".
    problems
        Sentences about those that could not.
    """

    values: tuple[Any, ...]
    problems: tuple[str, ...]


class _StartTag(HTMLParser):
    """Reads the attributes of one start tag."""

    kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kind = dict(reversed(attrs)).get("type") or ""


def read_blocks(page: str | bytes) -> Blocks:
    """Read the JSON-LD blocks of a page.

    Parameters
    ----------
    page
        HTML, or JSON-LD by itself. Bytes are taken as UTF-16 or UTF-32 where they begin so,
        else as UTF-8, else as Windows-1252.

    Returns
    -------
    Blocks
        Blocks that cannot be read leave a sentence each; the others are read all the same.

    Raises
    ------
    PageTooLarge
        Above 5 MB, before anything is read.
    """
    if len(page) > LARGEST_PAGE:
        raise PageTooLarge(f"This page is {len(page) / 1_000_000:.1f} MB. The most that can be read is 5 MB.")
    text = page if isinstance(page, str) else _decode(page)
    alone = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    values, problems = [], []
    for number, source in enumerate([text] if alone else _scripts(text), start=1):
        if number > MOST_BLOCKS:
            problems.append(f"The page has more than {MOST_BLOCKS} blocks of data. The rest were not read.")
            break
        try:
            values.append(_parse(source))
        except (ValueError, RecursionError) as error:
            problems.append(f"Block {number} of the page's data is broken and was left out ({_why(error)}).")
    return Blocks(tuple(values), tuple(problems))


def _decode(page: bytes) -> str:
    try:
        # By the mark in front, or else by where the zeros are: a page begins with plain letters or brackets.
        encoding = json.detect_encoding(page)
        return page.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        return page.decode("cp1252", errors="replace")


def _scripts(text: str) -> Iterator[str]:
    """Give the content of each JSON-LD script. A script inside a comment is none."""
    at = 0
    while (opening := OPENING.search(text, at)) is not None:
        if opening[0] == "<!--":
            end = text.find("-->", opening.end())
            at = end + 3
        else:
            longest = opening.start() + LONGEST_TAG
            quoted = TAG_END.match(text, opening.end(), longest)
            # What was looked through in vain is not looked through again.
            end = quoted.end() - 1 if quoted else text.find(">", longest)
            closing = CLOSING.search(text, end)
            if _is_json_ld(text[opening.start() : end + 1]):
                yield text[end + 1 : closing.start() if closing else len(text)]
            at = closing.end() if closing else len(text)
        if end < 0:
            return


def _is_json_ld(tag: str) -> bool:
    if len(tag) > LONGEST_TAG or "ld+json" not in tag.casefold():
        return False
    reader = _StartTag()
    reader.feed(tag)
    return reader.kind.split(";")[0].strip().casefold() == "application/ld+json"


def _parse(source: str) -> Any:
    """Parse one block: bare, in a comment or CDATA, escaped, with a semicolon behind or a comma too many."""
    inner = source.strip("\ufeff \t\r\n")
    opening = BEFORE.match(inner)
    inner = inner[opening.end() :] if opening else inner
    inner = inner[:-TAIL] + BEHIND.sub("", inner[-TAIL:])
    try:
        return _loads(inner)
    except ValueError:
        mended = LAST_COMMA.sub("", html.unescape(inner) if "&quot;" in inner else inner)
        if mended == inner:
            raise
        return _loads(mended)


def _loads(text: str) -> Any:
    # strict=False: line breaks inside a text are the commonest fault, and harmless.
    return json.loads(text, strict=False, parse_constant=lambda _word: None, object_hook=_bare_names)


def _bare_names(node: dict[str, Any]) -> dict[str, Any]:
    return {bare(name): value for name, value in node.items()}


def bare(name: str) -> str:
    """Return a name without the address of the vocabulary: "title" for "schema:title"."""
    return VOCABULARY.sub("", name, count=1) if VOCABULARY.match(name) else name


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg.lower()}"
    return "too deep" if isinstance(error, RecursionError) else "a number in it is too long"
