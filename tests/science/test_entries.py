"""Referrals and vocational profiles of a period."""

from datetime import date

from pacework.science.measures.rules import Entrant, profiles_started, quarter_of, referrals_accepted

Q1 = quarter_of(date(2026, 1, 1))
Q2 = Q1.shift(1)


def test_a_referral_counts_in_the_quarter_in_which_it_was_accepted() -> None:
    people = [Entrant(id=1, accepted_on=date(2026, 4, 1)), Entrant(id=2, accepted_on=Q1.last), Entrant(id=3)]
    first, second = (referrals_accepted(people, q.first, q.last) for q in (Q1, Q2))
    assert (first.rows, second.rows) == ((2,), (1,))
    assert first.missing_rows == second.missing_rows == (3,)


def test_a_profile_counts_in_its_quarter_and_a_blank_one_is_a_gap() -> None:
    people = [
        Entrant(id=1, profile_started_on=Q1.first),
        Entrant(id=2, profile_started_on=Q1.last, closed_on=Q2.first),
        Entrant(id=3, profile_started_on=Q2.first),
        Entrant(id=4),
    ]
    found = profiles_started(people, Q1.first, Q1.last)
    assert (found.rows, found.missing_rows) == ((1, 2), (4,))


def test_an_episode_closed_in_the_quarter_is_left_out_by_the_published_rule_and_shown_by_the_other() -> None:
    people = [Entrant(id=1, profile_started_on=Q1.first, closed_on=Q1.last)]
    literal = profiles_started(people, Q1.first, Q1.last)
    everybody = profiles_started(people, Q1.first, Q1.last, leave_out_closed=False)
    assert (literal.value, everybody.value) == (0, 1)
    assert literal.rule != everybody.rule
