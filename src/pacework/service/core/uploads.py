"""A file a person sends: its size, its ending and its first bytes must agree before anything reads it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pacework.service.core.fields import Shown

# Ending -> what the first bytes look like. Text kinds have no signature: they must only look like text.
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "csv": (),
    "htm": (),
    "html": (),
    "json": (),
    "txt": (),
    "vtt": (),
}
_LOOKED_AT = 4096
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def size_words(size: int) -> str:
    """A file size as people say it."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
    return f"{max(1, round(size / 1000))} kB"


def looks_like(ending: str, start: bytes) -> bool:
    """Whether a file that begins so can be of this kind."""
    signatures = SIGNATURES[ending]
    if signatures:
        return start.startswith(signatures)
    # UTF-16 text (what some spreadsheets save) is full of NUL bytes: its reader says what to do about it.
    return start.startswith(_UTF_16) or b"\x00" not in start


class Upload(Shown, forms.FileField):
    """A file of one of ``types`` (endings, such as "csv") of at most ``max_bytes``."""

    kind = "upload"
    type = "file"
    verb = "Choose"

    def __init__(self, *, max_bytes: int, types: tuple[str, ...], **kwargs: Any) -> None:
        unknown = set(types) - set(SIGNATURES)
        if unknown:
            raise ValueError(f"no signature known for: {', '.join(sorted(unknown))}")
        self.max_bytes, self.types = max_bytes, types
        self.accept = ",".join(f".{ending}" for ending in types)
        super().__init__(**kwargs)
        self.error_messages["empty"] = "This file is empty. Choose another file."
        self.error_messages["invalid"] = "The file did not arrive. Choose it again."
        self.error_messages["missing"] = "The file did not arrive. Choose it again."
        self.error_messages["contradiction"] = "Either choose a file or ask to remove it, not both."

    def missing_sentence(self, label: str) -> str:
        return self.missing or "Choose a file."

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        kinds = " or ".join(ending.upper() for ending in self.types)
        if file.size > self.max_bytes:
            raise ValidationError(
                f"This file is {size_words(file.size)}. Choose one of at most {size_words(self.max_bytes)}."
            )
        name = file.name or ""
        ending = PurePath(name).suffix.lower().removeprefix(".")
        if ending not in self.types:
            raise ValidationError(f"Choose a {kinds} file. This one is called “{name[-60:]}”.")
        file.seek(0)
        start = file.read(_LOOKED_AT)
        file.seek(0)
        if not looks_like(ending, start):
            raise ValidationError(
                f"This file is named .{ending} but holds something else. Choose a {kinds} file."
            )
        return file
