"""Rules of the pages that the sign-in library serves. The library enforces them; the matrix shows them."""

from __future__ import annotations

from pacework.service.core.access import THIRD_PARTY, Access, public, signed_in

ENTRANCE = public(post=True)
OWN = signed_in(post=True)

RULES: dict[str, Access] = {
    "account_login": ENTRANCE,
    "account_logout": ENTRANCE,
    "account_inactive": public(),
    "account_reset_password": ENTRANCE,
    "account_reset_password_done": public(),
    "account_reset_password_from_key": ENTRANCE,
    "account_reset_password_from_key_done": public(),
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_reauthenticate": OWN,
    # The second step of signing in: without the first, it leads back to the sign-in page.
    "mfa_authenticate": ENTRANCE,
    "mfa_login_webauthn": ENTRANCE,
    "mfa_reauthenticate": OWN,
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_index": signed_in(),
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN,
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": signed_in(),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": OWN,
    "mfa_edit_webauthn": OWN,
    "mfa_remove_webauthn": OWN,
    "openid_connect_login": ENTRANCE,
    "openid_connect_callback": ENTRANCE,
    "socialaccount_login_cancelled": public(),
    "socialaccount_login_error": public(),
}


def declare() -> None:
    """Put the library's pages into the access matrix. Called once, when the app is ready."""
    THIRD_PARTY.update(RULES)
