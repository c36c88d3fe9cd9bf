"""Every kind of dirt that is sent to every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.guards.sent import Watched, is_text, right_answers, somebody_elses

MARKUP = "<script>alert(1)</script>"
SQL = "'; DROP TABLE cases_client; --"
NUL = "a\x00b\x07\x1b[31mc"
BIDI = "\u0627\u202eevil\u202c \U0001f469\u200d\U0001f9bd e\u0301 \u200b\ufeff \u01c4 \ufdfd"
LONG = "x" * 100_000

# Sent under every name at once, and as the words in a form that is right otherwise.
TEXTS = {"markup": MARKUP, "sql": SQL, "hidden": NUL, "scripts": BIDI, "long": LONG}
VALUES = {
    "numbers": ("1e309", "NaN", "-1", "９", "1" * 400, "0x10"),
    "dates": ("0000-00-00", "9999-12-31", "2026-02-31", "2099-01-01", "1066-10-14", "25:61"),
    "codes": ("no_such_code", "9" * 21, "[]", "../../etc/passwd"),
}


# What is sent


Bodies = Iterator[tuple[Any, dict[str, Any]]]


def bodies(seen: Watched) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """(kind, what to post, more for the browser): all the dirt for one page, nothing of it twice.

    A button without boxes has only one right answer, whatever words other forms are given.
    """
    sent: set[str] = set()
    for kind in KINDS:
        for body, more in of_kind(kind, seen):
            same = repr((sorted(body.items()) if isinstance(body, dict) else body, more))
            if kind == "uploads" or same not in sent:
                sent.add(same)
                yield kind, body, more


def of_kind(kind: str, seen: Watched) -> Bodies:
    """(what to post, more for the browser) for one kind of dirt."""
    if kind in TEXTS:
        return texts(TEXTS[kind], seen)
    if kind in VALUES:
        return values(kind, seen)
    others: dict[str, Callable[[Watched], Bodies]] = {
        "nothing": nothing,
        "bytes": raw_bodies,
        "drafts": drafts,
        "uploads": odd_files,
    }
    return others[kind](seen)


def nothing(seen: Watched) -> Bodies:
    names = seen.asked()
    yield {}, {}
    yield dict.fromkeys(names, ""), {}
    yield {"submission": "not a token", "version": "not a version", "typed_by": "x"}, {}
    yield {name: ["1", "2", "3"] for name in names}, {}


def texts(text: str, seen: Watched) -> Bodies:
    # One box takes all of it; together they stay within what a server takes at once.
    yield {name: text if index == 0 else text[:3000] for index, name in enumerate(seen.asked())}, {}
    yield right_answers(seen, text[:5000]), {}
    yield right_answers(seen, text[:40]), {}


def values(kind: str, seen: Watched) -> Bodies:
    # A field is read the same whatever the others hold; what is read past the form may not be.
    everywhere = kind == "codes" or not set(seen.asked()) <= set(seen.fields)
    for value in VALUES[kind]:
        yield right_answers(seen, "Some words.") | not_chosen(seen, value), {}
        if everywhere:
            yield dict.fromkeys(seen.asked(), value), {}
    if kind == "codes":
        yield from others_objects(seen)


def drafts(seen: Watched) -> Bodies:
    for text in (MARKUP, NUL, LONG):
        yield {**dict.fromkeys(seen.asked() or ["words"], text[:60_000]), "save_draft": "1"}, {}
    yield {"discard_draft": "1"}, {}


def not_chosen(seen: Watched, value: str) -> dict[str, str]:
    """``value`` in every box that is typed into but holds no words."""
    return {
        name: value
        for name, entry in seen.fields.items()
        if not is_text(entry) and not hasattr(entry, "choices") and name in seen.names
    }


def others_objects(seen: Watched) -> Bodies:
    for name, entry in seen.fields.items():
        if hasattr(entry, "queryset"):
            yield right_answers(seen, "Some words.") | {name: str(somebody_elses(entry))}, {}


FORM = "application/x-www-form-urlencoded"


def raw_bodies(seen: Watched) -> Bodies:
    """Bytes that are text in no encoding we read."""
    junk = b"&".join(name.encode() + b"=%FF%FE%ED%A0%80\xc3\x28" for name in seen.asked() or ["words"])
    yield junk, {"content_type": FORM}
    yield junk, {"content_type": f"{FORM}; charset=utf-16"}
    yield b'{"words": "x"}', {"content_type": "application/json"}


def unreadable_bodies() -> Bodies:
    """Bodies that are not what they say, or more than a form can be."""
    yield b"words=%FF", {"content_type": f"{FORM}; charset=no-such-charset"}
    yield b"words=x", {"content_type": "multipart/form-data"}
    yield b"--x\r\nbroken", {"content_type": "multipart/form-data; boundary=x"}
    yield urlencode({f"field{number}": "" for number in range(1_100)}).encode(), {"content_type": FORM}
    yield b"words=" + b"x" * 2_700_000, {"content_type": FORM}


def odd_files(seen: Watched) -> Bodies:
    files = [name for name, entry in seen.fields.items() if hasattr(entry, "max_bytes")]
    text = [name for name in seen.asked() if name not in files]
    for name in files:
        answers = {key: value for key, value in right_answers(seen, "Words").items() if key != name}
        for file in (
            SimpleUploadedFile("list.csv", b""),
            SimpleUploadedFile(
                "list.csv", b"First name,Last name\n" + b"x" * (seen.fields[name].max_bytes + 1)
            ),
            SimpleUploadedFile("list.exe", b"MZ\x90\x00"),
            SimpleUploadedFile("list.csv", b"PK\x03\x04\x00\x00"),
            SimpleUploadedFile("../../list.csv", b"a\x00b"),
            SimpleUploadedFile("<script>alert(1)</script>.csv", b"\xff\xfe\x00"),
            SimpleUploadedFile("x" * 400 + ".csv", b"\x00" * 100),
            SimpleUploadedFile("list", b"First name"),
        ):
            yield answers | {name: file}, {}
        yield answers | {name: "not a file"}, {}
    if not files and text:  # a file where words are asked for
        yield {text[0]: SimpleUploadedFile("words.txt", b"words")}, {}


KINDS = ("nothing", *TEXTS, *VALUES, "bytes", "drafts", "uploads")
