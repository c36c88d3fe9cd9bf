"""The sign-in library's forms with our words, drawn by our form layer."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms

from pacework.service.core.forms import FieldView, PageForm

GOOD_PASSWORDS = "At least 12 characters. Three words that do not belong together work well."


class AccountForm(PageForm):
    """A library form on our page. ``words`` gives labels, hints and what to say when nothing is typed."""

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, missing) in self.words.items():
            entry = self.fields[name]
            entry.label, entry.help_text = label, hint
            entry.error_messages["required"] = missing

    def view(self, name: str) -> FieldView:
        shown = super().view(name)
        shown.optional = False
        if isinstance(self.fields[name].widget, forms.PasswordInput):
            # A typed password is never sent back into a page.
            shown.value = ""
        return shown


class SignIn(AccountForm, account.LoginForm):
    submit_label = "Sign in"
    words = {
        "login": ("Email address or username", "", "Enter your email address or username."),
        "password": ("Password", "", "Enter your password."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


NEW_PASSWORD = {
    "password1": ("New password", GOOD_PASSWORDS, "Enter a new password."),
    "password2": ("New password again", "", "Enter the new password again."),
}


class ChangePassword(AccountForm, account.ChangePasswordForm):
    submit_label = "Change password"
    words = {"oldpassword": ("Current password", "", "Enter your current password."), **NEW_PASSWORD}


class SetPassword(AccountForm, account.SetPasswordForm):
    submit_label = "Save password"
    words = NEW_PASSWORD


class ResetPassword(AccountForm, account.ResetPasswordForm):
    submit_label = "Send me a link"
    words = {"email": ("Email address", "", "Enter your email address.")}


class ChoosePassword(AccountForm, account.ResetPasswordKeyForm):
    submit_label = "Save password"
    words = NEW_PASSWORD


class Confirm(AccountForm, account.ReauthenticateForm):
    submit_label = "Continue"
    words = {"password": ("Password", "", "Enter your password.")}


CODE = {
    "code": (
        "Code",
        "6 numbers from your authenticator app, or one of your recovery codes.",
        "Enter a code.",
    )
}


class SecondStep(AccountForm, mfa.AuthenticateForm):
    submit_label = "Continue"
    words = CODE


class ConfirmByCode(AccountForm, mfa.ReauthenticateForm):
    submit_label = "Continue"
    words = CODE


class AddApp(AccountForm, ActivateTOTPForm):
    submit_label = "Turn on"
    words = {
        "code": ("Code from the app", "The 6 numbers that it shows now.", "Enter the code from the app.")
    }


class AddPasskey(AccountForm, passkeys.AddWebAuthnForm):
    submit_label = "Add passkey"
    words = {"name": ("Name", "Such as “My phone” or “Office computer”.", "Enter a name.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = "Sign in with this passkey alone, without a password"
        self.fields["passwordless"].help_text = "The device asks for your finger, face or PIN."
        self.fields["passwordless"].initial = True


class RenamePasskey(AccountForm, passkeys.EditWebAuthnForm):
    submit_label = "Save"
    words = {"name": ("Name", "", "Enter a name.")}
