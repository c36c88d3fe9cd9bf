"""What is installed from the wheel is whole: pages, styles, scripts, code lists and migrations are inside."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from tests.guards.source import PACKAGE, ROOT

LEFT_OUT = {".pyc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("pacework-*.whl")))


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    listed = subprocess.run(
        ["git", "ls-files", "src/pacework"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    wanted = {name.removeprefix("src/") for name in listed if (ROOT / name).exists()}
    assert any("/static/" in name for name in wanted)
    assert any("/jinja2/" in name for name in wanted)
    assert any(name.endswith(".toml") for name in wanted)
    assert not wanted - inside


def test_the_wheel_brings_the_command(wheel: zipfile.ZipFile) -> None:
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "pacework = pacework.cli:main" in wheel.read(entry_points).decode()


def test_no_style_or_script_names_another_host() -> None:
    found = [
        str(file.relative_to(ROOT))
        for file in sorted(PACKAGE.rglob("*"))
        if file.suffix in {".css", ".js"}
        and any(
            mark in file.read_text(encoding="utf-8")
            for mark in ("url(http", "url(//", "@import", "sourceMappingURL")
        )
    ]
    assert not found
