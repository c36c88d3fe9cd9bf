"""Every environment variable that Pacework reads, declared in one place.

Nothing else reads ``os.environ`` (a guard test looks). ``pacework settings --markdown`` prints this list as
docs/settings.md, so an undocumented setting cannot exist.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["text", "whole number", "yes or no", "list", "folder", "choice"]

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class SettingError(Exception):
    """A setting that Pacework cannot start with, in a sentence for whoever starts it."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: what it is for, in words, and what holds when it is not set."""

    name: str
    group: str
    help: str
    default: str = ""
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    secret: bool = False
    shown_default: str = ""


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "PACEWORK_MODE",
        "How it runs",
        "`development` on your own machine, `production` for a real service over HTTPS, `test` for tests.",
        default="development",
        kind="choice",
        choices=("development", "production", "test"),
    ),
    Setting(
        "PACEWORK_DATA",
        "How it runs",
        "Folder for everything Pacework writes: the SQLite database, uploads, collected static files.",
        default="var",
        kind="folder",
    ),
    Setting(
        "PACEWORK_DEMO",
        "How it runs",
        "Fill the service with synthetic people and offer sign-in by one click. Refused in production.",
        kind="yes or no",
        shown_default="yes in development, no otherwise",
    ),
    Setting(
        "PACEWORK_HOST",
        "How it runs",
        "Address that `pacework run` listens on.",
        default="127.0.0.1",
    ),
    Setting(
        "PACEWORK_PORT",
        "How it runs",
        "Port that `pacework run` listens on; the next free one of the following hundred when it is taken.",
        default="8000",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_WEB_PROCESSES",
        "How it runs",
        "Processes that answer pages.",
        default="2",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_WEB_THREADS",
        "How it runs",
        "Threads in each of those processes.",
        default="4",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_LOG_LEVEL",
        "How it runs",
        "How much is logged to standard error.",
        default="INFO",
        kind="choice",
        choices=("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Setting(
        "PACEWORK_DEBUG",
        "How it runs",
        "Django's debugging pages. Only in development.",
        default="no",
        kind="yes or no",
    ),
    Setting(
        "PACEWORK_DATABASE_URL",
        "Database",
        "`sqlite:///path/to/file` or `postgresql://name:password@host:5432/database`.",
        secret=True,
        shown_default="`pacework.sqlite3` in the data folder",
    ),
    Setting(
        "PACEWORK_DATABASE_POOL",
        "Database",
        "Most PostgreSQL connections that one process keeps open.",
        default="8",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_SECRET_KEY",
        "Security",
        "Long random text that signs sessions and links. Required in production.",
        secret=True,
        shown_default="made once and kept in the data folder; in production none",
    ),
    Setting(
        "PACEWORK_ALLOWED_HOSTS",
        "Security",
        "Host names that the service answers to, separated by commas. Required in production.",
        kind="list",
        shown_default="`localhost,127.0.0.1,[::1]` in development",
    ),
    Setting(
        "PACEWORK_TRUST_PROXY",
        "Security",
        "Believe `X-Forwarded-Proto` and `X-Forwarded-For`. Only behind a proxy that sets them itself.",
        default="no",
        kind="yes or no",
    ),
    Setting(
        "PACEWORK_HSTS_SECONDS",
        "Security",
        "How long browsers remember to use HTTPS only (production).",
        default="31536000",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_SESSION_HOURS",
        "Security",
        "Hours without using it after which one has to sign in again.",
        default="12",
        kind="whole number",
    ),
    Setting(
        "PACEWORK_EMAIL_HOST",
        "E-mail",
        "Server that sends e-mail. Without one, messages are written to standard error (development).",
    ),
    Setting("PACEWORK_EMAIL_PORT", "E-mail", "Its port.", default="587", kind="whole number"),
    Setting("PACEWORK_EMAIL_USER", "E-mail", "Name to sign in there with."),
    Setting("PACEWORK_EMAIL_PASSWORD", "E-mail", "Password to sign in there with.", secret=True),
    Setting(
        "PACEWORK_EMAIL_TLS",
        "E-mail",
        "Encrypt with STARTTLS.",
        default="yes",
        kind="yes or no",
    ),
    Setting(
        "PACEWORK_EMAIL_FROM",
        "E-mail",
        "Sender of the messages.",
        default="Pacework <pacework@localhost>",
    ),
    Setting(
        "PACEWORK_ADDRESS",
        "E-mail",
        "Where people open the service, like `https://pacework.example.org/`: the link in diary reminders.",
        shown_default="nothing: reminders then have no link",
    ),
    Setting(
        "PACEWORK_OIDC_SERVER",
        "Single sign-on",
        "Address of an OpenID Connect provider; people who already have an account can then sign in with it.",
    ),
    Setting(
        "PACEWORK_OIDC_NAME",
        "Single sign-on",
        "What the sign-in button calls it.",
        default="your organisation",
    ),
    Setting("PACEWORK_OIDC_CLIENT_ID", "Single sign-on", "Client id that the provider gave Pacework."),
    Setting(
        "PACEWORK_OIDC_CLIENT_SECRET",
        "Single sign-on",
        "Client secret that the provider gave Pacework.",
        secret=True,
    ),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}


class Environment:
    """Reads declared settings and says in words what is wrong with a value."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def _raw(self, name: str) -> str:
        return self._values.get(name, "").strip() or BY_NAME[name].default

    def is_set(self, name: str) -> bool:
        """Whether somebody gave this setting a value."""
        return bool(self._values.get(BY_NAME[name].name, "").strip())

    def text(self, name: str) -> str:
        """The value as it was written."""
        value = self._raw(name)
        choices = BY_NAME[name].choices
        if choices and value not in choices:
            raise SettingError(f"{name} must be one of {', '.join(choices)}; it is “{value}”.")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """A yes or no; ``default`` where it depends on other settings."""
        if default is not None and not self.is_set(name):
            return default
        value = self._raw(name).lower()
        if value in YES:
            return True
        if value in NO:
            return False
        raise SettingError(f"{name} must be yes or no; it is “{value}”.")

    def number(self, name: str) -> int:
        """A whole number, 0 or more."""
        value = self._raw(name)
        if not value.isdecimal():
            raise SettingError(f"{name} must be a whole number; it is “{value}”.")
        return int(value)

    def items(self, name: str) -> list[str]:
        """A list separated by commas."""
        return [part.strip() for part in self._raw(name).split(",") if part.strip()]

    def folder(self, name: str) -> Path:
        """A folder, as an absolute path."""
        return Path(self._raw(name)).expanduser().resolve()

    def undeclared(self) -> list[str]:
        """Variables that look like ours but that nothing reads: most often a typing mistake."""
        return sorted(n for n in self._values if n.startswith("PACEWORK_") and n not in BY_NAME)


def as_markdown() -> str:
    """docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Pacework is set up with environment variables. This page is made by `pacework settings --markdown`;",
        "`pacework settings` shows the values in force, secrets left out.",
    ]
    for group in dict.fromkeys(setting.group for setting in SETTINGS):
        lines += ["", f"## {group}", "", "| Variable | What it does | When not set |", "| --- | --- | --- |"]
        for setting in (s for s in SETTINGS if s.group == group):
            default = setting.shown_default or (f"`{setting.default}`" if setting.default else "nothing")
            note = " One of: " + ", ".join(f"`{c}`" for c in setting.choices) + "." if setting.choices else ""
            secret = " **Secret.**" if setting.secret else ""
            lines.append(f"| `{setting.name}` | {setting.help}{note}{secret} | {default} |")
    return "\n".join(lines) + "\n"
