"""Every setting is declared, documented and read; a production service that is not safe does not start."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pacework.service import env
from pacework.service.env import BY_NAME, Environment, SettingError
from pacework.service.settings_database import database
from tests.guards.source import PACKAGE, ROOT, python_files, tree

SAFE = {
    "PACEWORK_MODE": "production",
    "PACEWORK_SECRET_KEY": "k" * 20 + "Q7-long-and-random-enough-for-a-test-0123456789",
    "PACEWORK_ALLOWED_HOSTS": "pacework.example",
}


def start(command: list[str], tmp_path: Path, **values: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with exactly these settings."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PACEWORK_")}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    surroundings |= {"PACEWORK_DATA": str(tmp_path), **values}
    return subprocess.run(
        [sys.executable, "-m", "pacework", *command],
        env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_settings_page_is_current() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == env.as_markdown(), "type `make docs`"


def test_every_setting_says_what_it_is_for() -> None:
    for setting in env.SETTINGS:
        assert setting.name.startswith("PACEWORK_")
        assert setting.help.endswith("."), setting.name
    assert len(BY_NAME) == len(env.SETTINGS)


def test_only_one_module_reads_the_environment() -> None:
    readers = {
        str(file.relative_to(PACKAGE))
        for file in python_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    # The other two only name Django's settings module before it is loaded, or show what is set.
    assert readers == {"service/env.py", "service/wsgi.py", "cli.py"}


def test_every_declared_setting_is_read_and_every_read_one_declared() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in python_files() if file.name != "env.py")
    read = set(re.findall(r"env\.(?:text|flag|number|items|folder|is_set)\(\s*\"(PACEWORK_\w+)\"", text))
    assert read == set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "value", "reader"),
    [
        ("PACEWORK_MODE", "live", "text"),
        ("PACEWORK_DEMO", "perhaps", "flag"),
        ("PACEWORK_PORT", "-1", "number"),
        ("PACEWORK_PORT", "eighty", "number"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(name: str, value: str, reader: str) -> None:
    with pytest.raises(SettingError, match=name):
        getattr(Environment({name: value}), reader)(name)


def test_an_empty_variable_counts_as_not_set() -> None:
    values = Environment({"PACEWORK_PORT": "  ", "PACEWORK_DEMO": ""})
    assert values.number("PACEWORK_PORT") == 8000
    assert values.flag("PACEWORK_DEMO", default=True) is True


def test_a_misspelt_variable_is_noticed() -> None:
    assert Environment({"PACEWORK_PROT": "1", "PATH": ""}).undeclared() == ["PACEWORK_PROT"]


def test_the_demo_is_refused_in_production_with_the_reason(tmp_path: Path) -> None:
    refused = start(["run"], tmp_path, **SAFE, PACEWORK_DEMO="yes")
    assert refused.returncode == 2
    assert "demo cannot be on in production" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert start(["manage", "check"], tmp_path, **SAFE).returncode == 0


@pytest.mark.parametrize("missing", ["PACEWORK_SECRET_KEY", "PACEWORK_ALLOWED_HOSTS"])
def test_production_does_not_start_without(missing: str, tmp_path: Path) -> None:
    values = {name: value for name, value in SAFE.items() if name != missing}
    refused = start(["migrate", "--check"], tmp_path, **values)
    assert refused.returncode == 2
    assert missing in refused.stderr


def test_the_production_settings_pass_djangos_deployment_checks(tmp_path: Path) -> None:
    checked = start(["manage", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **SAFE)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_key_is_made_once_in_development_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    ask = ["manage", "shell", "-v0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)"]
    first = start(ask, tmp_path)
    assert first.returncode == 0, first.stderr
    assert start(ask, tmp_path).stdout == first.stdout
    assert len(first.stdout.strip()) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    shown = start(["settings"], tmp_path, PACEWORK_SECRET_KEY="very-secret-indeed")
    assert "PACEWORK_SECRET_KEY" in shown.stdout
    assert "very-secret-indeed" not in shown.stdout


def test_the_content_policy_allows_nothing_from_elsewhere(settings: object) -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]
    assert directives["default-src"] == ["'none'"]
    stated = {"connect-src", "worker-src", "manifest-src", "form-action", "base-uri", "frame-ancestors"}
    assert stated <= directives.keys()
    allowed = {str(source) for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'", "csp.constants.NONCE"}


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("", "sqlite3", "/data/pacework.sqlite3"),
        ("sqlite:////srv/a%20b.sqlite3", "sqlite3", "/srv/a b.sqlite3"),
        ("postgresql://ann:p%40ss@db.example:6543/care", "postgresql", "care"),
        ("postgresql:///care?host=/run/postgresql", "postgresql", "care"),
    ],
)
def test_a_database_address_is_read(url: str, engine: str, name: str) -> None:
    made = database(url, data=Path("/data"), pool=4, test=False)
    assert made["ENGINE"].endswith(engine)
    assert made["NAME"] == name


def test_the_parts_of_a_postgresql_address_arrive() -> None:
    made = database(
        "postgresql://ann:p%40ss@db.example:6543/care?sslmode=require", data=Path("/d"), pool=4, test=False
    )
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == (
        "ann",
        "p@ss",
        "db.example",
        "6543",
    )
    assert made["OPTIONS"]["sslmode"] == "require"
    assert made["OPTIONS"]["pool"]["max_size"] == 4


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "sqlite://", "postgresql://host:port/x"])
def test_a_database_address_that_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="PACEWORK_DATABASE_URL"):
        database(url, data=Path("/data"), pool=4, test=False)
