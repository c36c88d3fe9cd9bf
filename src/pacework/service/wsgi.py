"""The entry point for web servers, `pacework run` among them."""

import gc
import os
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")


def loaded() -> WSGIHandler:
    """The application with all its pages loaded, and what was loaded set apart from the garbage collector.

    It lives as long as the process; walking it takes a tenth of a second in the middle of somebody's page.
    """
    found = get_wsgi_application()
    import_module("pacework.service.urls")
    compile_pages()
    read_vacancies()
    gc.collect()
    gc.freeze()
    return found


def compile_pages() -> None:
    """Have every template of ours ready: the first to open a page would wait for those of that page."""
    from django.template import engines

    jinja: Any = engines["jinja2"]
    for name in jinja.env.list_templates(filter_func=lambda name: not name.startswith("nhsuk")):
        jinja.get_template(name)


def read_vacancies() -> None:
    """Have the open vacancies in memory: of 100,000 the first to look for a job would wait a second.

    Processes that a server forks from here have them too, and no connection of this one.
    """
    from django.db import DatabaseError

    from pacework.service.connections import close_connections
    from pacework.service.matching.columns import kept

    # A database that does not answer, or is not made yet, is told by the pages.
    with suppress(DatabaseError):
        kept.now()
    close_connections()


application = loaded()
