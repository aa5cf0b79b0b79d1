"""What a password must be, told in the portal's own words; the checks are the framework's."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotAboutYou(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password close to the person's own data."""

    def get_help_text(self) -> str:
        return _("Not your own name, address or staff number.")


class LongEnough(password_validation.MinimumLengthValidator):
    """Refuses a short password."""

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(number)d character. A short sentence is easy to remember.",
            "At least %(number)d characters. A short sentence is easy to remember.",
            self.min_length,
        ) % {"number": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """Refuses what many people choose."""

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")
