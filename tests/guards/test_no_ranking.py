"""Predictions are about jobs, for one person and their worker: nothing orders or labels people by them.

And employers never receive one. What is looked at is the code itself: who may ask the science for a forecast,
who may ask the room that does, what is stored, and what goes out.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from pacework.service.cases.matrix import expected
from pacework.service.cases.records import own_models, record_of
from pacework.service.core.access import ROLES, table
from pacework.service.matching.models import ForecastChoice, JobCheck, PassportLine
from tests.guards.source import SERVICE, imported_modules, python_files, tree
from tests.service.build import lead_of, make_user
from tests.service.matching.build import forecasting, look

# What of the science says how somebody's coming days may be. Jobs, changes to jobs, vacancies in columns
# and the past of a diary (`usual`, `variability`) are not among them; invented diaries are nobody's.
PREDICTING = {
    "chances",
    "drawn",
    "fits",
    "forecast",
    "hours",
    "hours_link",
    "levels",
    "model",
    "population",
    "sustainability",
    "sustainability_words",
    "weeks",
}
CAPACITY = "pacework.science.capacity"
# A constant about how many days are few, and the check that shifts can be: neither predicts anything.
HARMLESS = {("diary/presenters/weeks.py", "pacework.science.capacity.model.FEW_DAYS")}
# Who may know the room: itself, and the invented service.
MAY_KNOW_MATCHING = {"matching", "demo"}
# A server that starts reads the open vacancies: jobs, and nobody's.
VACANCIES_ALONE = ("wsgi.py", "pacework.service.matching.columns.kept")

STORED = re.compile(
    r"forecast|predict|probab|likel|chance|sustainab|capacity|quantile|held|workable|gain|variab",
    re.IGNORECASE,
)


def predictions_asked_for(file: Path) -> list[str]:
    """Imports of what predicts; the package itself counts too, for it brings everything along."""
    name = str(file.relative_to(SERVICE)) if file.is_relative_to(SERVICE) else file.name
    found = []
    for line, module in imported_modules(file):
        if not module.startswith(CAPACITY) or (name, module) in HARMLESS:
            continue
        rest = module.removeprefix(CAPACITY).strip(".").split(".")[0]
        if rest in PREDICTING or rest == "" or rest[:1].isupper() or rest in NAMED:
            found.append(f"{name}:{line} {module}")
    return found


# Functions that the package hands on under their own names.
NAMED = {"fit", "fit_many", "hours_model", "learn_population", "default_population", "sustainability"}


def test_only_matching_asks_the_science_for_what_may_come() -> None:
    asking = [one for file in python_files(SERVICE) for one in predictions_asked_for(file)]
    assert asking, "the room of forecasts asks for them"
    assert [one for one in asking if not one.startswith("matching/")] == []


def test_one_module_makes_the_forecasts_and_asks_who_reads_before_it_does() -> None:
    makers = {"fit", "hours_model", "sustainability", "sustainability_of_each"}
    found = {
        file.name
        for file in python_files(SERVICE / "matching")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in makers
    }
    assert found == {"forecasting.py"}
    source = (SERVICE / "matching" / "forecasting.py").read_text(encoding="utf-8")
    asked, made = source.index("permissions.may_forecast(user, client)"), source.index("model = fit(")
    assert asked < made


def rooms_that_know_matching() -> set[str]:
    return {
        file.relative_to(SERVICE).parts[0]
        for file in python_files(SERVICE)
        for _, module in imported_modules(file)
        if module.startswith("pacework.service.matching") and (file.name, module) != VACANCIES_ALONE
    }


def test_no_list_of_people_knows_of_forecasts() -> None:
    assert rooms_that_know_matching() <= MAY_KNOW_MATCHING


def relations_of_matching() -> set[str]:
    """The names under which a query could reach this room's rows from a client, a vacancy or a placement."""
    names = set()
    for model in (ForecastChoice, JobCheck, PassportLine):
        for field in model._meta.get_fields():
            remote = getattr(getattr(field, "remote_field", None), "related_name", None)
            if remote and not remote.endswith("+"):
                names.add(remote)
    return names


def test_no_query_elsewhere_reaches_the_choice_or_the_jobs_looked_at() -> None:
    names = relations_of_matching()
    assert {"forecast_choice", "job_checks", "passport_lines"} <= names
    # A path in a query joins names by underscores, so a letter beside one is what makes it another name.
    words = re.compile(rf"(?<![a-zA-Z])({'|'.join(sorted(names - {'lines'}))})(?![a-zA-Z])")
    found = [
        str(file.relative_to(SERVICE))
        for file in SERVICE.rglob("*")
        if file.suffix in (".py", ".jinja", ".sql") and words.search(file.read_text(encoding="utf-8"))
    ]
    assert found
    assert [name for name in found if not name.startswith("matching/")] == []


def predicted_fields(models: Any) -> list[tuple[str, str]]:
    return [
        (model._meta.model_name, field.name)
        for model in models
        for field in model._meta.concrete_fields
        if STORED.search(field.name) and record_of(model).scope is not None
    ]


# Facts whose names have such a word in them: a job held at the start of support, a referral that waits.
NO_PREDICTION = {("jobspell", "held_at_entry"), ("referral", "held")}


def test_no_field_of_any_record_stores_a_prediction() -> None:
    assert set(predicted_fields(own_models())) <= NO_PREDICTION


def test_the_room_stores_hours_of_jobs_and_words_alone() -> None:
    """Every field of the room's records by name: a new one has to be looked at here."""
    fields = {
        model: {field.name for field in model._meta.concrete_fields}
        for model in (ForecastChoice, JobCheck, PassportLine)
    }
    assert fields[ForecastChoice] == {"id", "client", "turned_on_at"}
    assert fields[JobCheck] == {
        "id", "version", "client", "title", "vacancy", "placement", "spell", "shifts",
        "commute_minutes", "home_days", "home_possible", "break_minutes", "swap_days", "build_up_weeks",
        "looked_at", "looked_by",
    }  # fmt: skip
    assert fields[PassportLine] == {
        "id", "version", "client", "words", "job", "key", "adjustment", "kept_at", "kept_by",
    }  # fmt: skip


def test_every_page_of_the_room_is_about_one_client_and_for_them_and_their_worker_alone() -> None:
    from pacework.service.matching.urls import urlpatterns

    names = {pattern.name for pattern in urlpatterns}
    rows = [row for row in table() if row.name in names]
    assert len(rows) == len(urlpatterns)
    for row in rows:
        assert row.access is not None
        assert row.access.kind == "case"
        assert row.access.get | row.access.post <= {"client", "esw"}
        for role in ROLES:
            if role not in ("client", "esw"):
                assert expected(row.access, role, "own", "GET") in ("not found", "no such method")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["hcp", "team_lead", "manager", "researcher", "administrator"])
def test_nobody_else_opens_a_result(role: str, client_for: Any) -> None:
    episode = forecasting()
    check = look(episode.client)
    user = lead_of(episode.team) if role == "team_lead" else make_user(role, episode.team)
    browser = client_for(user)
    for name, args in (("would-hold", ()), ("would-hold-job", (check.pk,)), ("matches", ())):
        assert browser.get(reverse(name, args=[episode.client_id, *args])).status_code in (403, 404)
    assert not JobCheck.objects.visible_to(user).exists()
    assert not ForecastChoice.objects.visible_to(user).exists()


# Files that make what employers receive or what leaves the service.
OUTGOING = ("employers", "exchange", "reports")


def test_what_goes_to_employers_or_leaves_the_service_is_made_without_the_room() -> None:
    rooms = rooms_that_know_matching()
    assert not rooms & set(OUTGOING)
    for room in OUTGOING:
        for file in python_files(SERVICE / room) if (SERVICE / room).exists() else ():
            assert predictions_asked_for(file) == [], file


def test_what_is_kept_and_proposed_says_what_changes_and_nothing_that_was_predicted() -> None:
    """The words of every change, as they are kept for the employer talk, for several kinds of job."""
    from pacework.science.capacity.adjustments import ADJUSTMENTS
    from pacework.science.capacity.job import Job

    jobs = [
        Job(shifts={"mon": ("09:00", "13:00"), "thu": ("09:00", "17:00")}, commute_minutes=40),
        Job(shifts={"fri": ("22:00", "06:00")}, home_days=(), swap_days=True),
    ]
    for job in jobs:
        for change in ADJUSTMENTS:
            said = change.words(job) if change.changes(job) else change.title
            assert not re.search(
                r"\bpain|flare|symptom|diary|forecast|likely|chance|weeks like|could not work|of 10\b|%",
                said,
                re.IGNORECASE,
            ), said


@pytest.mark.django_db
def test_the_download_of_a_record_holds_what_was_described_and_no_result(client_for: Any) -> None:
    from pacework.service.cases.records import own_models as every

    exported = {
        name
        for model in every()
        if model in (ForecastChoice, JobCheck, PassportLine)
        for name in record_of(model).export
    }
    assert exported
    assert not {name for name in exported if STORED.search(name)}


# Who may read ratings at all, and what of the science may be asked elsewhere: whether shifts can be a job.
MAY_READ_RATINGS = ("diary/", "matching/forecasting.py", "demo/")
MAY_ASK_CAPACITY = ("diary/", "matching/", "demo/")
SHIFTS = "pacework.science.capacity.job"
# Between two underscores of a query's path a name begins, too.
RATINGS_BY_NAME = re.compile(r"(?<![a-zA-Z])(DiaryEntry|diary_entries|diary_taps)(?![a-zA-Z])")
BY_STRING = ("pacework.science.capacity", "pacework.service.matching")
WITH_RESULTS = tuple(
    f"pacework.service.matching.{name}"
    for name in ("forecasting", "finding", "presenters.page", "presenters.results", "presenters.matches")
)
RATED = {"pain", "fatigue", "sleep", "mood", "hours"}


def sources() -> dict[str, Path]:
    files = (file for file in SERVICE.rglob("*") if file.suffix in (".py", ".jinja", ".sql"))
    return {str(file.relative_to(SERVICE)): file for file in sorted(files) if "migrations" not in file.parts}


def ratings_read_elsewhere(files: dict[str, Path]) -> list[str]:
    return [
        name
        for name, file in files.items()
        if not name.startswith(MAY_READ_RATINGS) and RATINGS_BY_NAME.search(file.read_text(encoding="utf-8"))
    ]


def capacity_asked_elsewhere(files: dict[str, Path]) -> list[str]:
    """By an import of any kind, or by a name in a string for a later one."""
    found = []
    for name, file in files.items():
        if file.suffix != ".py":
            continue
        if not name.startswith(MAY_ASK_CAPACITY):
            modules = [module for _, module in imported_modules(file)]
            found += [
                f"{name} {one}" for one in modules if one.startswith(CAPACITY) and not one.startswith(SHIFTS)
            ]
        if name.startswith("matching/"):
            continue
        texts = [node.value for node in ast.walk(tree(file)) if isinstance(node, ast.Constant)]
        found += [f"{name} {one}" for one in texts if isinstance(one, str) and one.startswith(BY_STRING)]
    return found


def ordered_by_ratings(files: dict[str, Path]) -> list[str]:
    """Calls of order_by that name a rating, in whatever row it stands."""
    found = []
    for name, file in files.items():
        if file.suffix != ".py":
            continue
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by"):
                continue
            words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
            named = {str(word).lstrip("-").rsplit("__", 1)[-1] for word in words}
            found += [f"{name}:{node.lineno}"] if named & RATED else []
    return found


def test_no_room_of_lists_reads_ratings_or_what_a_diary_was_like() -> None:
    files = sources()
    assert ratings_read_elsewhere(files) == []
    # The addresses of the room are named once, where all are.
    asked = [one for one in capacity_asked_elsewhere(files) if not one.startswith("urls.py ")]
    assert asked == []
    assert ordered_by_ratings(files) == []


def test_the_passport_and_every_write_are_made_without_asking_for_a_forecast() -> None:
    """What a client prints, and what goes into the register, is made by files that cannot ask."""
    files = [SERVICE / "matching/views/passport.py", *python_files(SERVICE / "matching/actions")]
    for file in files:
        modules = {module for _, module in imported_modules(file)}
        assert not {one for one in modules if one.startswith(WITH_RESULTS)}
        assert predictions_asked_for(file) == [], file


@pytest.mark.django_db
def test_passport_download_and_register_open_where_no_forecast_can_be_made(
    client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pacework.service.matching import forecasting as maker

    episode = forecasting()
    look(episode.client)

    def refuse(*_: Any) -> None:
        raise AssertionError("a forecast was asked for")

    monkeypatch.setattr(maker, "hours_of", refuse)
    browser = client_for(episode.client.user)
    for name in ("my-passport", "my-download", "my-work", "today", "my-would-hold"):
        assert browser.get(reverse(name)).status_code == 200
    assert browser.post("/my/record/file/").status_code == 200
    worker = client_for(episode.assignments.get().esw)
    for name in ("work", "person", "would-hold"):
        assert worker.get(reverse(name, args=[episode.client_id])).status_code == 200
    assert worker.get(reverse("caseload")).status_code == 200


# The guards can fail


def test_the_guards_see_people_ordered_by_ratings_and_a_forecast_asked_for_by_name(tmp_path: Path) -> None:
    file = tmp_path / "caseload.py"
    file.write_text(
        "from pacework.science.capacity.usual import usual\n"
        "rows = Episode.objects.order_by('stage', '-client__diary_entries__pain')\n"
        "rows.order_by(F('client__mood').desc())\n"
        "import_module('pacework.service.matching.forecasting')\n"
    )
    files = {"desk/caseload.py": file}
    assert ratings_read_elsewhere(files) == ["desk/caseload.py"]
    assert capacity_asked_elsewhere(files) == [
        "desk/caseload.py pacework.science.capacity.usual.usual",
        "desk/caseload.py pacework.service.matching.forecasting",
    ]
    assert ordered_by_ratings(files) == ["desk/caseload.py:2", "desk/caseload.py:3"]


def test_the_guard_sees_a_forecast_asked_for_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "caseload.py"
    file.write_text(
        "from pacework.science.capacity.sustainability import sustainability\n"
        "from pacework.science.capacity import fit_many\n"
        "from pacework.science import capacity\n"
        "from pacework.science.capacity.job import Job\n"
        "from pacework.science.capacity.usual import usual\n"
    )
    found = predictions_asked_for(file)
    assert [one.split()[0] for one in found] == ["caseload.py:1", "caseload.py:2", "caseload.py:3"]


def test_the_guard_sees_a_stored_prediction() -> None:
    class Field:
        name = "capacity_share"

    class Meta:
        model_name = "client"
        concrete_fields = (Field,)

    class Silent:
        _meta = Meta
        record = next(record_of(model) for model in own_models() if record_of(model).scope)

    assert predicted_fields([Silent]) == [("client", "capacity_share")]
