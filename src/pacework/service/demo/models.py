"""What is known about the demo in this database: enough to tell whether anybody has used it."""

from __future__ import annotations

from django.db import models

from pacework.service.core.records import Record


class DemoService(models.Model):
    """The demo that is in the database; there is one row, or none where the data are a service's own.

    ``last_event`` is the id of the newest audit event when the demo was finished: a later one means that
    somebody has signed in or written something.
    """

    record = Record(scope=None, erase="keep", retain="until the demo is made anew")

    made_on = models.DateField()
    seed = models.PositiveIntegerField()
    clients = models.PositiveIntegerField()
    last_event = models.BigIntegerField()
    made_at = models.DateTimeField()
