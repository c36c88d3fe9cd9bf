"""Every template compiles, and holds nothing that the content security policy would block."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")

import django
from django.template import engines
from jinja2 import TemplateSyntaxError

SOURCE = Path(__file__).parents[1] / "src" / "pacework" / "service"

# What no template may hold, and why.
BLOCKED = {
    # Data for a script file (application/json) is not run, so it may stand in the page.
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=.application/json)": "a script inside the page: put it in a file",
    r"<style\b": "a style inside the page: put it in the style sheet",
    r"\sstyle\s*=": "a style attribute: put it in the style sheet",
    r"\son[a-z]+\s*=\s*[\"']": "an event attribute: bind it in a script file",
    r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//": "an address on another host",
    r"javascript:": "a script in an address",
}
# A link that a person chooses to follow loads nothing into the page.
LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE | re.DOTALL)


def faults(text: str) -> list[tuple[int, str]]:
    """(line, what is wrong) for a template's text."""
    without_links = LINK.sub(lambda match: re.sub(r"href\s*=\s*[\"']https://", 'to="', match[0]), text)
    return sorted(
        (without_links.count("\n", 0, match.start()) + 1, reason)
        for pattern, reason in BLOCKED.items()
        for match in re.finditer(pattern, without_links, re.IGNORECASE)
    )


def main() -> int:
    django.setup()
    environment = engines["jinja2"].env
    files = sorted(SOURCE.glob("*/jinja2/**/*.jinja"))
    count = 0
    for file in files:
        text = file.read_text()
        short = file.relative_to(SOURCE)
        try:
            environment.compile(text, filename=str(file))
        except TemplateSyntaxError as error:
            print(f"{short}:{error.lineno}: {error.message}")
            count += 1
        for line, reason in faults(text):
            print(f"{short}:{line}: {reason}")
            count += 1
    print(f"{len(files)} templates, {count} faults")
    return 1 if count or not files else 0


if __name__ == "__main__":
    sys.exit(main())
