"""What a result comes to in plain words: weeks drawn, shifts counted, what would help. Never a judgement."""

from __future__ import annotations

from pacework.science.capacity.assumptions import number
from pacework.science.capacity.fits import NOTICEABLE, Fit
from pacework.science.measures.rules import funded_rule


def about(share: float, of: int = 10) -> str:
    """Return a share as a count of so many: ``"about 3"``, ``"hardly any"``, ``"nearly all"``."""
    count = round(share * of)
    if share == 0:
        return "none"
    if count == 0:
        return "hardly any"
    if count == of:
        return "all" if share == 1 else "nearly all"
    return f"about {count}"


def then(fit: Fit, was: Fit) -> str:
    """Return what a change leaves, beside the job as it was: in weeks, where those differ, else in shifts.

    Long hours miss a day in nearly every week with most changes too. Weeks would then not tell one change
    from another: ``"Then about 25 of 39 shifts could not be worked instead of 38."``.
    """
    counted = about(fit.week_with_miss)
    if counted == "none":
        return "Then no day is missed."
    if counted == "hardly any":
        return "Then a day is missed in hardly any week."
    if _most(counted) != _most(about(was.week_with_miss)):
        often = "nearly every week" if _most(counted) == "nearly all" else f"{counted} of 10 weeks"
        return f"Then a day is missed in {often}."
    if not fit.missed:
        return f"Then all {fit.shifts} shifts could most likely be worked."
    if (fit.missed, fit.shifts) == (was.missed, was.shifts) or nearly_all_missed(fit):
        return f"Then {_so_many(fit)} still could not be worked."
    before = f"{was.missed}" if was.shifts == fit.shifts else f"{was.missed} of {was.shifts}"
    return f"Then {_so_many(fit)} could not be worked instead of {before}."


def _most(counted: str) -> str:
    """Return the count, with all taken for nearly all: nobody feels the difference."""
    return "nearly all" if counted == "all" else counted


def _so_many(fit: Fit) -> str:
    if nearly_all_missed(fit):
        return f"nearly all of the {fit.shifts} shifts"
    return f"about {fit.missed} of {fit.shifts} shifts"


def nearly_all_missed(fit: Fit) -> bool:
    """Return whether so many shifts could not be worked that their number says no more than "nearly all"."""
    return _most(about(fit.missed / fit.shifts)) == "nearly all"


def shifts_words(fit: Fit, weeks: int) -> str:
    """Return how many shifts could not be worked: ``"Over 13 weeks, about 4 of 39 shifts could not …"``."""
    over = f"Over {_weeks(weeks)}"
    if not fit.missed_high:
        return f"{over}, all {fit.shifts} shifts could be worked."
    if fit.missed_low == fit.shifts:
        return f"{over}, none of the {fit.shifts} shifts could be worked."
    if not fit.missed:
        rarely = f"9 times in 10, at most {fit.missed_high} could not"
        return f"{over}, all {fit.shifts} shifts could most likely be worked; {rarely}."
    said = f"{over}, {_so_many(fit)} could not be worked"
    if fit.missed_low == fit.missed_high:
        return f"{said}."
    if nearly_all_missed(fit):
        return f"{said} (9 times in 10, at least {fit.missed_low})."
    return f"{said} (4 times in 5, between {fit.missed_low} and {fit.missed_high})."


def _miss(fit: Fit) -> str:
    if fit.job.swap_to:
        return "a shift you could neither work nor make up"
    return "a day you could not work these hours"


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def sentences(
    as_it_is: Fit, best: Fit | None, *, poor: bool, weeks: int, diary_days: int, answers: int
) -> tuple[str, ...]:
    """Return a result in sentences for the person and their worker.

    Parameters
    ----------
    as_it_is
        The job as it is.
    best
        The adjustment that gains most.
    poor
        Whether the hours would rather not hold: the adjustment is then said at once, and in any case.
    weeks
        Weeks that the counts of shifts are about.
    diary_days, answers
        What it rests on.
    """
    said = [f"In 10 weeks like these, {about(as_it_is.week_with_miss)} would have {_miss(as_it_is)}."]
    if poor:
        said.append(help_words(best, as_it_is, poor=True))
    said.append(shifts_words(as_it_is, weeks))
    if as_it_is.job.pays_legal_minimum is False:
        said.append("The pay does not reach the legal minimum.")
    said.append(funded_words(as_it_is))
    if not poor:
        said.append(help_words(best, as_it_is, poor=False))
    if as_it_is.job.commute_minutes is None:
        said.append("The travel is not known and is left out, so the days are likely harder than shown.")
    said.append(few_words(diary_days, answers))
    return tuple(sentence for sentence in said if sentence)


def help_words(best: Fit | None, was: Fit, *, poor: bool) -> str:
    """Return what would help most; empty for hours that hold where no change would be noticed."""
    if not poor and (best is None or best.gain < NOTICEABLE):
        return ""
    if best is None:
        return (
            "None of the changes tried here alone would help. Other hours, or several changes at once, are "
            "worth talking about."
        )
    words = f"What would help most: {change_words(best, was)}. {then(best, was)}"
    if best.gain < NOTICEABLE:
        words += " That is only a little better."
    if too_few_hours(best) and (best.gain_funded or 0) < 0:
        words += f" Its weeks would have fewer than {funded_rule().minutes / 60:g} paid hours."
    return words


def change_words(fit: Fit, was: Fit) -> str:
    """Return what a change is, within a sentence, with the paid hours that it costs."""
    words = f"{fit.words[0].lower()}{fit.words[1:]}"
    left, had = round(fit.hours_a_week, 1), round(was.hours_a_week, 1)
    return words if left >= had else f"{words} ({left:g} paid hours a week instead of {had:g})"


def funded_words(fit: Fit) -> str:
    """Return how likely the service's funded outcome is; empty where that is not known."""
    rule = funded_rule()
    hours = f"{rule.minutes / 60:g}"
    if fit.funded is None:
        return ""
    if not fit.job.pays_legal_minimum:
        return "No week counts towards the funded outcome: the pay is too low."
    if too_few_hours(fit):
        return f"A week needs {hours} paid hours to count towards the funded outcome; this job has fewer."
    return (
        f"Of 10 times through these weeks, {about(fit.funded)} would reach the funded outcome: "
        f"{rule.weeks_needed} weeks of at least {hours} paid hours within {rule.window_weeks}."
    )


def too_few_hours(fit: Fit) -> bool:
    """Return whether even a full week has too few hours to count towards the funded outcome."""
    return fit.hours_a_week * 60 < funded_rule().minutes


def few_words(diary_days: int, answers: int) -> str:
    """Return that diary or answers are too few to say much about this person; empty where they are not."""
    enough = number("words", "few_days")
    if diary_days < enough:
        kept = "1 day" if diary_days == 1 else f"{diary_days} days"
        said = f"Your diary has {kept} so far. Until it has {enough:g}, this mostly reflects other people"
        return f"{said} and can be far off."
    if answers < enough:
        given = "no answers" if not answers else "1 answer" if answers == 1 else f"{answers} answers"
        said = f"You have given {given} so far about the hours you could work. Until there are {enough:g}, "
        return f"{said}this mostly reflects other people’s hours."
    return ""
