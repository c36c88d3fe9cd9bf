#!/usr/bin/env python3
"""Copy the built NHS.UK frontend into the package: `python scripts/vendor_frontend.py`.

Takes the published npm package by name and version, keeps the style sheet, the script and the few pictures
the style sheet asks for, and removes what would reach outside: the font kept on another host, the source-map
comments (hashed static files fail on them). The result is committed, so nobody needs npm to run Pacework.
Run it again only to change the version; then change nhsuk-frontend-jinja with it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "nhsuk-frontend"
VERSION = "10.6.1"
TARGET = Path(__file__).resolve().parent.parent / "src/pacework/service/core/static/core/vendor/nhsuk"
BUILT = "package/dist/nhsuk/"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
IMPORT = re.compile(r"@import[^;]*;")
SOURCE_MAP_CSS = re.compile(r"/\*#\s*sourceMappingURL=[^*]*\*/")
SOURCE_MAP_JS = re.compile(r"//#\s*sourceMappingURL=\S*")
PICTURE = re.compile(r"url\(/assets/(images/[\w.-]+)\)")

# The npm package names its licence (MIT) but does not carry the text, so it is written out here.
LICENCE = """NHS.UK frontend {version}, built files, changed as described in scripts/vendor_frontend.py of
Pacework.

The MIT License (MIT)

Copyright (c) NHS England

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def style_sheet(text: str) -> tuple[str, list[str]]:
    """The style sheet without anything from outside, and the pictures it still asks for."""
    for unwanted in (FONT_FACE, IMPORT, SOURCE_MAP_CSS):
        text = unwanted.sub("", text)
    text = text.replace("Frutiger W01,arial,sans-serif", "arial,sans-serif")
    pictures = sorted(set(PICTURE.findall(text)))
    return PICTURE.sub(r"url(\1)", text).strip() + "\n", pictures


def checked(text: str, name: str) -> str:
    """Stop rather than ship a file that loads something from another host or needs a source map."""
    for trace in ("url(http", "url(//", "@import", "sourceMappingURL", "Frutiger"):
        if trace in text:
            raise SystemExit(f"{name} still holds {trace!r}: the package changed, look at it by hand")
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with tarfile.open(Path(folder) / f"{PACKAGE}-{VERSION}.tgz") as archive:

            def read(name: str) -> bytes:
                member = archive.extractfile(name)
                if member is None:
                    raise SystemExit(f"{name} is not in the package any more")
                return member.read()

            licence = json.loads(read("package/package.json"))["license"]
            if licence != "MIT":
                raise SystemExit(f"the licence is now {licence}: decide before vendoring")
            css, pictures = style_sheet(read(f"{BUILT}nhsuk-frontend.min.css").decode())
            script = SOURCE_MAP_JS.sub("", read(f"{BUILT}nhsuk-frontend.min.js").decode()).strip() + "\n"
            (TARGET / "images").mkdir(parents=True, exist_ok=True)
            (TARGET / "nhsuk-frontend.min.css").write_text(checked(css, "the style sheet"))
            (TARGET / "nhsuk-frontend.min.js").write_text(checked(script, "the script"))
            (TARGET / "LICENCE.txt").write_text(LICENCE.format(version=VERSION))
            for picture in pictures:
                (TARGET / picture).write_bytes(read(f"{BUILT}assets/{picture}"))
    sys.stdout.write(
        f"{PACKAGE} {VERSION}: {len(pictures)} pictures, {len(css) // 1000} kB of style, in {TARGET}\n"
    )


if __name__ == "__main__":
    main()
