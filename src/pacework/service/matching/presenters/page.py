"""Everything the page of one job places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

from pacework.science.capacity.adjusting import Adjustment
from pacework.science.capacity.fits import Fit
from pacework.science.capacity.sustainability import Sustainability, by_gain
from pacework.science.capacity.sustainability_words import then
from pacework.service.cases.models import Client
from pacework.service.matching import forecasting, policies
from pacework.service.matching.models import JobCheck
from pacework.service.matching.presenters import results
from pacework.service.matching.sources import pays_legal_minimum

# How many changes stand in sight; the others are folded.
FEW_CHANGES = 5
# Of how many changes every two are tried together.
MOST_PAIRED = 5


def result_page(
    user: Any,
    client: Client,
    check: JobCheck,
    changes: Sequence[Adjustment],
    ticked: Collection[str],
    kept: Collection[str],
    *,
    own: bool,
) -> dict[str, Any]:
    """The result of a job, and of two or three changes tried together; `own`: as the client reads it.

    `ticked`: the keys of the changes that were chosen, also where they cannot be tried together.
    """
    hours = {name: getattr(check, name) for name in JobCheck.HOURS}
    job = policies.job_of(check.shifts, hours, pays_legal_minimum=pays_legal_minimum(client, check.vacancy))
    result = forecasting.would_hold(forecasting.hours_of(user, client), job)
    fit = result.together(*(change.key for change in changes)) if changes else None
    together = None
    if fit is not None:
        together = {
            "title": results.chosen_words([change.title for change in changes]),
            "words": f"{fit.words}." if fit.changes else fit.words,
            "then": then(fit, result.as_it_is) if fit.changes else "",
            "gain": results.shifts_gained(result.as_it_is, fit),
            "picture": results.weeks_picture(result, fit.job) if fit.changes else None,
        }
    # The funded outcome is the service's, not the client's.
    unsaid = result.few_words, result.funded_words if own else ""
    first, *more = (sentence for sentence in result.words if sentence not in unsaid)
    pair = best_pair(result)
    return {
        "job_words": results.job_words(job),
        "first": first,
        "more": more,
        "few": result.few_words,
        "holds": not result.poor and not result.help_words,
        "picture": results.weeks_picture(result, job),
        "together": together,
        "pair": results.pair_words(result, pair),
        "pair_keys": pair.key.split("+") if pair is not None else [],
        "changes": results.change_rows(result, ticked, kept),
        "few_changes": FEW_CHANGES,
        "no_use": results.no_use(result),
        "numbers_head": results.NUMBERS_HEAD[: -1 if own else None],
        "numbers": [row[: -1 if own else None] for row in results.numbers(result, fit)],
        "week_head": results.WEEK_HEAD,
        "rule": results.rule_words(result, own=own),
    }


def best_pair(result: Sustainability) -> Fit | None:
    """The two changes that gain most together: of those that help most alone, else of all of them."""
    useful = [fit.key for fit in result.ranked if fit.changes and fit.gain > 0][:MOST_PAIRED]
    if len(useful) < 2:
        return result.best_combined(2) if result.poor else None
    kinds = {each.key: each.kind for each in result.adjustments}
    pairs = [pair for pair in combinations(useful, 2) if kinds[pair[0]] != kinds[pair[1]]]
    fits = [result.together(*pair) for pair in pairs]
    return next(iter(by_gain(fits)), None)
