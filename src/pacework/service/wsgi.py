"""The entry point for web servers other than `pacework run`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pacework.service.settings")

application = get_wsgi_application()
