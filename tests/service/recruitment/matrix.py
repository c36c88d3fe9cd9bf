"""The objects that recruitment's addresses name by id, for the access matrix."""

from __future__ import annotations

from typing import Any

from pacework.service.recruitment.actions.incoming import listed_referral
from pacework.service.recruitment.models import PossibleDuplicate
from tests.service.build import make_client, make_programme


def referral(case: Any) -> int:
    programme = make_programme()
    one = listed_referral(case.client, route="record_search", team=case.team, programme=programme, by=None)
    one.save()
    return one.pk


def pair(case: Any) -> int:
    other = make_client(case.team)
    pair = PossibleDuplicate.objects.create(client=case.client, other=other, reasons=["Same name"], score=70)
    return pair.pk


KWARGS = {"referral_id": referral, "pair_id": pair}
