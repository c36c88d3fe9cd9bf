"""Making the demo service: a believable one, wholly invented, anchored on today.

Everything is written by the product's own actions under the clock of its day, in one transaction, so history,
audit, milestones and rules agree. The same seed on the same day gives the same content; only the audit's
salts and what is hashed with them differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from pacework.service.cases.models import Client
from pacework.service.core import clock
from pacework.service.core.audit import transaction_with_trace
from pacework.service.core.errors import DomainError
from pacework.service.core.models import AuditEvent
from pacework.service.demo import diaries, holding
from pacework.service.demo.cast import Cast
from pacework.service.demo.models import DemoService
from pacework.service.demo.plot import CLIENTS, LENGTH, ON_LISTS, Plot
from pacework.service.demo.stories import (
    arrival,
    changes,
    openings,
    preparing,
    present,
    search,
    support,
    working,
)
from pacework.service.demo.timeline import Story, Timeline, moment
from pacework.service.demo.words import rows
from pacework.service.demo.world import Case, World, set_up
from pacework.service.people.models import Role, User

SEED = 20


def ensure(*, again: bool = False, clients: int = CLIENTS) -> bool:
    """Make the demo if there is none, or anew if it is older than today and nobody has touched it.

    A touched demo, and data that are no demo at all, are kept. ``again`` throws a demo away, touched or not.
    Returns whether the demo was made.
    """
    present_one = DemoService.objects.order_by("-pk").first()
    if present_one is None:
        if not User.objects.exists() and not Client._base_manager.exists():
            make(clients=clients)
            return True
        if again:
            raise DomainError("What is in this database is not a demo, so it is not thrown away.")
        return False
    if again or (present_one.made_on < clock.today() and not is_touched(present_one)):
        make(clients=clients)
        return True
    return False


def is_touched(demo: DemoService) -> bool:
    """Whether anything was written since, a sign-in included."""
    return AuditEvent.objects.filter(pk__gt=demo.last_event).exists()


def make(*, seed: int = SEED, clients: int = CLIENTS, today: date | None = None) -> DemoService:
    """Empty the database and make the demo in it; all of it or nothing."""
    today = today or clock.today()
    with transaction.atomic():
        wipe()
        with transaction_with_trace("demo", whole=True):
            tell(seed=seed, clients=clients, today=today)
        return DemoService.objects.create(
            made_on=today,
            seed=seed,
            clients=clients,
            last_event=AuditEvent.objects.aggregate(last=Max("pk"))["last"],
            made_at=clock.now(),
        )


def wipe() -> None:
    """Delete every row of the product, with accounts' addresses and everybody's sessions."""
    tables = {EmailAddress._meta.db_table, Session._meta.db_table}
    for room in settings.ROOMS:
        for model in apps.get_app_config(room).get_models():
            tables.add(model._meta.db_table)
            tables |= {field.m2m_db_table() for field in model._meta.local_many_to_many}
    statements = connection.ops.sql_flush(
        no_style(),
        sorted(tables),
        reset_sequences=True,
        allow_cascade=connection.vendor == "postgresql",
    )
    if connection.vendor == "postgresql":
        # A table with foreign keys still to be checked in this transaction cannot be emptied.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tell(*, seed: int, clients: int, today: date) -> World:
    """Play every story up to this morning."""
    begin, end = moment(today - LENGTH, 8), moment(today, 7)
    world = World(seed, today, Timeline(begin, end), Cast(Random(f"{seed}:cast"), today))  # noqa: S311
    with clock.at(begin):
        set_up(world)
    plot = Plot(Random(f"{seed}:plot"), today, clients)  # noqa: S311
    for story, at in (*_clients(world, plot), *_employers(world, plot), *_service(world)):
        world.timeline.begin(story, at)
    world.timeline.run()
    return world


Begun = Iterator[tuple[Story, datetime | None]]


def _clients(world: World, plot: Plot) -> Begun:
    """Those who come, and those on the lists of practices, most of whom do not."""
    for journey in plot.draw():
        yield arrival.come(world, journey, lambda case: welcome(world, case)), None
    for number in range(len(arrival.LISTS)):
        yield arrival.mail_out(world, number, plot.scaled(ON_LISTS // len(arrival.LISTS))), None


def _employers(world: World, plot: Plot) -> Begun:
    """Employers, in a small demo not all of them, with what they offer."""
    places = rows("employers")[:: max(1, round(1 / plot.share / 2))]
    for number, data in enumerate(places):
        yield openings.visit(world, data, number), None
    known = {data["key"] for data in places}
    for data in rows("vacancies"):
        if data["employer"] in known:
            yield openings.advertise(world, data), None
    for number, data in enumerate(places[::5]):
        yield openings.offer_placements(world, data, number), None


def _service(world: World) -> Begun:
    """What the service does about itself, and what makes today a day like others."""
    for team in world.teams:
        yield openings.reviews(world, team), None
    yield changes.leaver(world), None
    yield changes.covers(world), None
    for number in range(4):
        yield present.newcomers(world, number), None
    yield present.seems_known(world), None
    yield present.steps_of_hcps(world), None
    yield present.stated(world), moment(world.today - timedelta(days=40))
    for user in world.staff.values():
        if user.role == Role.ESW:
            yield present.diary(world, user), None


GOING_ON = (support.meetings, support.plans, search.searching)


def welcome(world: World, case: Case) -> None:
    """A client is on a caseload: everything that goes on from here."""
    case.afresh = GOING_ON
    for story in (
        *GOING_ON,
        support.profile,
        preparing.preparing,
        search.disclosure,
        search.waiting_for_place,
        search.placement,
        working.jobs,
        changes.handover,
        changes.closing,
        changes.sensitive,
        diaries.keep,
        holding.look,
    ):
        world.timeline.begin(story(world, case))
