"""The shape of the repository: names, sizes, one clock, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

from tests.guards.source import PACKAGE, ROOT, python_files, tree

NO_SUCH_FILES = {"helpers.py", "utils.py", "misc.py", "manager.py"}
LONGEST = 440  # "about 400"
CLOCK = PACKAGE / "service" / "core" / "clock.py"
# Reading the time anywhere else would escape the demo's and the tests' clock.
TIME_READERS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
}
TIME_READERS |= {("timezone", "localdate"), ("timezone", "localtime"), ("time", "time")}


def test_no_file_is_called_after_nothing() -> None:
    found = [str(file.relative_to(ROOT)) for file in python_files() if file.name in NO_SUCH_FILES]
    assert not found


def test_files_are_short_enough_to_read() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in python_files()
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def time_reads(file: Path) -> list[int]:
    """Lines that read the machine's clock. ``localtime(x)`` only converts, and is fine."""
    return [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and (getattr(node.func.value, "id", getattr(node.func.value, "attr", "")), node.func.attr)
        in TIME_READERS
        and not (node.func.attr in {"localtime", "localdate"} and node.args)
        and not (node.func.attr == "now" and getattr(node.func.value, "id", "") == "clock")
    ]


def test_the_time_is_read_from_the_products_clock_only() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in python_files()
        if file != CLOCK
        for line in time_reads(file)
    ]
    assert not found, "use pacework.service.core.clock: " + ", ".join(found)


def test_the_clock_guard_sees_a_read(tmp_path: Path) -> None:
    file = tmp_path / "actions.py"
    file.write_text(
        "today = date.today()\nnow = timezone.now()\nshown = timezone.localtime(row.at)\n"
        "fine = clock.now()\nbad = datetime.datetime.now()\n"
    )
    assert time_reads(file) == [1, 2, 5]


def committed() -> list[Path]:
    """Every text file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_nothing_names_one_machine_or_where_packages_come_from() -> None:
    # Spelt in pieces so that this file does not find itself.
    hosts = [
        "pypi" + r"\.org",
        "files\\.pythonhosted" + r"\.org",
        "registry\\.npmjs" + r"\.org",
        "proxy\\.golang" + r"\.org",
    ]
    # "people/<int:client_id>/…" is an address of the service, not a folder.
    paths = [r"(?<![\w.])(?<!_id>)/wor" + r"k/", r"(?<![\w.])/hom" + r"e/\w", r"(?<![\w.])/roo" + "t/"]
    pattern = re.compile("|".join(hosts + paths))
    found = []
    for file in committed():
        if not file.is_file():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert not found, "\n".join(found)


def test_the_locked_requirements_all_have_hashes() -> None:
    for name in ("uv.txt", "base.txt", "dev.txt"):
        blocks = re.split(r"\n(?=[a-z])", (ROOT / "requirements" / name).read_text().strip())
        assert blocks
        for block in blocks:
            assert "==" in block, block[:80]
            assert "--hash=sha256:" in block, block[:80]
