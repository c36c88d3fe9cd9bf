"""The command `pacework`: everything that is done to a service from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from pacework import __version__

Handler = Callable[[argparse.Namespace], int]

INTRODUCTION = """\
Pacework helps people with chronic pain find and keep work they want.

Try it out:            pacework run          then open the address it prints
Start a real service:  pacework settings     what can be set, and what is set now
                       pacework migrate      make or update the database
                       pacework user create  the first administrator
                       pacework run
Every hour:            pacework cron         from a timer; safe to run twice

Settings are environment variables; none is needed to try it out."""


def build_parser() -> argparse.ArgumentParser:
    """The commands with their help."""
    parser = argparse.ArgumentParser(
        prog="pacework", description=INTRODUCTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"pacework {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, handler: Handler, help: str, more: str = "") -> argparse.ArgumentParser:  # noqa: A002
        sub = commands.add_parser(
            name,
            help=help,
            description=f"{help}\n\n{more}".strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(handler=handler)
        return sub

    run = command(
        "run",
        _run,
        "Start the service on this machine; Ctrl-C stops it.",
        "Brings the database up to date, makes the demo service when the demo is on (it is, unless\n"
        "PACEWORK_DEMO=no or PACEWORK_MODE=production), then starts the web server and one worker.\n"
        "If the port is taken, the next free one is used and said.",
    )
    run.add_argument("--port", type=int, help="instead of PACEWORK_PORT")
    run.add_argument("--host", help="instead of PACEWORK_HOST")

    demo = command(
        "demo",
        _demo,
        "Make the synthetic demo service in the database.",
        "The people in it are invented. A demo nobody has touched is made anew when it is older than a day;\n"
        "one that somebody has worked in is kept. Refused in production.",
    )
    demo.add_argument("--again", action="store_true", help="throw the present demo away, touched or not")

    migrate = command("migrate", _migrate, "Make or update the database and collect the static files.")
    migrate.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if something is to be done"
    )

    command(
        "worker",
        _worker,
        "Work through background tasks (list imports, reports) until stopped.",
        "`pacework run` starts one already; in production run as many as you need beside your web server.",
    )

    imports = command(
        "import-referrals",
        _import_referrals,
        "Stage a CSV list of referrals, as the page “Import a list” does.",
        "Nothing is added to the service yet: someone who may import looks at the rows on the page that is\n"
        "printed at the end and confirms them there.",
    )
    imports.add_argument("file", type=Path, help="CSV file with one person a row and a header row")
    imports.add_argument(
        "--by", required=True, metavar="EMAIL", help="the team lead in whose name it is done"
    )
    imports.add_argument("--team", help="name of the team; needed when that person leads more than one")
    imports.add_argument(
        "--route", default="record_search", help="how these people were found (default: %(default)s)"
    )

    demands = command(
        "import-demands",
        _import_demands,
        "Bring in occupations and what they ask for, in the place of the table that comes with Pacework.",
        "FILE is the O*NET database as a zip of text files (what occupations ask for), or the SOC 2020\n"
        "workbook of the Office for National Statistics (titles of all unit groups). What was imported\n"
        "before from the same source is replaced; what somebody confirmed of a vacancy stays.",
    )
    demands.add_argument("file", type=Path, help="zip or xlsx")

    postcodes = command(
        "import-postcodes",
        _import_postcodes,
        "Bring in where postcode districts lie, for estimating travel.",
        "FILE is a CSV with the columns outward, latitude, longitude. It takes the place of the districts\n"
        "there are; without one, only the invented districts of the demo are known.",
    )
    postcodes.add_argument("file", type=Path, help="CSV file with a header row")

    audit = command("audit", _audit, "Check the record of who did what, or anchor it.")
    audit.add_argument(
        "what",
        choices=("verify", "anchor"),
        help="verify: recompute every chain, exit 1 if one is broken. anchor: store today's anchor over all",
    )

    user = command(
        "user",
        _user,
        "Make an account from the terminal.",
        "For the first administrator, who then makes the others in the browser. The password is asked\n"
        "for, or read from standard input when that is not a terminal.",
    )
    user.add_argument("what", choices=("create",))
    user.add_argument("--email", required=True)
    user.add_argument("--first-name", required=True)
    user.add_argument("--last-name", required=True)

    command(
        "cron",
        _cron,
        "Do the regular jobs: audit anchor, old drafts, diary reminders, stuck background tasks.",
        "Run it every hour from a timer: reminders leave at the hour that clients chose. Each job can be\n"
        "run twice without harm; one that fails does not stop the others, and the exit code is then 1.",
    )

    settings = command("settings", _settings, "Show every setting, what it is for and its value now.")
    settings.add_argument("--markdown", action="store_true", help="print docs/settings.md")

    command("matrix", _matrix, "Print the access matrix: which role may open and which may change each page.")

    manage = command("manage", _manage, "Pass a command on to Django, e.g. `pacework manage makemigrations`.")
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 for done, 1 for found wanting, 2 for could not be done."""
    args = build_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")
    from django.core.exceptions import ImproperlyConfigured

    from pacework.service.env import SettingError

    handler: Handler = args.handler
    try:
        return handler(args)
    except (CommandRefused, ImproperlyConfigured, SettingError) as refusal:
        print(f"pacework: {refusal}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `pacework settings | head`: whoever read has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class CommandRefused(Exception):
    """A command that cannot be done, in a sentence for whoever typed it."""


def _django() -> None:
    import django

    django.setup()


def _run(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_run

    return cli_run.run(host=args.host, port=args.port)


def _demo(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_setup

    cli_setup.migrate()
    cli_setup.demo(again=args.again)
    return 0


def _migrate(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_setup

    if args.check:
        waiting = cli_setup.pending_migrations()
        for name in waiting:
            print(name)
        return 1 if waiting else 0
    cli_setup.migrate()
    cli_setup.collect_static()
    print("The database is up to date.")
    return 0


def _worker(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_run

    cli_run.work()
    return 0


def _import_referrals(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_records

    return cli_records.import_referrals(args.file, by=args.by, team=args.team, route=args.route)


def _import_demands(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_tables

    return cli_tables.import_demands(args.file)


def _import_postcodes(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_tables

    return cli_tables.import_postcodes(args.file)


def _audit(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_records

    return cli_records.verify() if args.what == "verify" else cli_records.anchor()


def _user(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_records

    return cli_records.create_administrator(
        email=args.email, first_name=args.first_name, last_name=args.last_name
    )


def _cron(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_records

    return cli_records.daily()


def _settings(args: argparse.Namespace) -> int:
    from pacework.service import env

    if args.markdown:
        print(env.as_markdown(), end="")
        return 0
    now = env.Environment()
    for setting in env.SETTINGS:
        value = os.environ.get(setting.name, "").strip()
        if value and setting.secret:
            value = "(set, not shown)"
        shown = value or f"not set: {setting.shown_default or setting.default or 'nothing'}"
        print(f"{setting.name}\n    {setting.help}\n    now {shown}")
    for name in now.undeclared():
        print(f"\n{name} is set, but nothing reads it.")
    return 0


def _matrix(args: argparse.Namespace) -> int:
    _django()
    from pacework import cli_records

    print(cli_records.matrix(), end="")
    return 0


def _manage(args: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["pacework manage", *args.arguments])
    return 0
