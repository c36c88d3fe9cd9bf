"""What the client agreed to: each answer recorded, each withdrawn on its own, history kept."""

from __future__ import annotations

from datetime import date

from pacework.service.cases import permissions, policies
from pacework.service.cases.actions.episodes import close_because_withdrawn
from pacework.service.cases.models import Client, Consent
from pacework.service.cases.wording import current_version
from pacework.service.core import clock
from pacework.service.core.audit import action, trace
from pacework.service.core.records import hold
from pacework.service.people.models import Role, User


@action
def record_consent(
    client: Client,
    *,
    by: User | None,
    layer: str,
    given: bool,
    how: str = "spoken",
    recipient: User | None = None,
    on: date | None = None,
) -> Consent:
    """Record the client's answer about one layer. An earlier answer to the same ends.

    ``by=None`` is the person themselves before they have an account (self-referral).
    """
    if by is not None:
        permissions.check_may_record_consent(by, client)
        permissions.check_may_answer(by, layer)
    hold(client)
    given_on = on or clock.today()
    policies.check_consent_answer(client, layer=layer, recipient=recipient, on=given_on)
    _end_standing(client, layer, recipient, by=by)
    consent = Consent.objects.create(
        client=client,
        layer=layer,
        recipient=recipient,
        given=given,
        given_on=given_on,
        how="online" if by is not None and by.role == Role.CLIENT else how,
        recorded_by=by,
        wording_version=current_version(layer),
    )
    trace("consent.recorded", consent, by=by, fields=["layer", "recipient", "given", "given_on"])
    if layer == Consent.Layer.SERVICE and not given and by is not None:
        _stop_support(client, by=by)
    return consent


@action
def withdraw_consent(consent: Consent, *, by: User) -> Consent:
    """The client takes one yes back. Nothing else changes, except that support stops without its own yes."""
    client = consent.client
    permissions.check_may_record_consent(by, client)
    hold(consent)
    policies.check_withdrawable(consent)
    _end(consent, by=by)
    if consent.recipient_id is not None and policies.consents_to(client, consent.layer):
        # The whole health team may still see the record: this one person must be left out by name.
        refusal = Consent.objects.create(
            client=client,
            layer=consent.layer,
            recipient_id=consent.recipient_id,
            given=False,
            given_on=clock.today(),
            how="online" if by.role == Role.CLIENT else "spoken",
            recorded_by=by,
            wording_version=current_version(consent.layer),
        )
        trace("consent.recorded", refusal, by=by, fields=["layer", "recipient", "given", "given_on"])
    if consent.layer == Consent.Layer.SERVICE:
        _stop_support(client, by=by)
    return consent


def _end_standing(client: Client, layer: str, recipient: User | None, *, by: User | None) -> None:
    for earlier in Consent.objects.standing().filter(client=client, layer=layer, recipient=recipient):
        _end(earlier, by=by)


def _end(consent: Consent, *, by: User | None) -> None:
    consent.withdrawn_on, consent.withdrawn_by = clock.today(), by
    consent.save(update_fields=["withdrawn_on", "withdrawn_by"])
    trace("consent.ended", consent, by=by, fields=["withdrawn_on"])


def _stop_support(client: Client, *, by: User) -> None:
    client.forget_episode()
    episode = client.episode
    if episode is not None and episode.closed_on is None:
        close_because_withdrawn(episode, by=by)
