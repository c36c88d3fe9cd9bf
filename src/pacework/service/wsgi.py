"""The entry point for web servers, `pacework run` among them."""

import gc
import os
from importlib import import_module

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")


def loaded() -> WSGIHandler:
    """The application with all its pages loaded, and what was loaded set apart from the garbage collector.

    It lives as long as the process; walking it takes a tenth of a second in the middle of somebody's page.
    """
    found = get_wsgi_application()
    import_module("pacework.service.urls")
    gc.collect()
    gc.freeze()
    return found


application = loaded()
