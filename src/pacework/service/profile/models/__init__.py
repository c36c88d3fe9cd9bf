"""The client's situation: profile sections with their history, body maps, needs, and short readings."""

from pacework.service.profile.models.body import BodyMap
from pacework.service.profile.models.needs import Need
from pacework.service.profile.models.sections import ProfileSection, ProfileVersion
from pacework.service.profile.models.summaries import (
    Headline,
    Preferences,
    goal_part,
    headline,
    headlines,
    preferences,
    profile_started_on,
)

__all__ = [
    "BodyMap",
    "Headline",
    "Need",
    "Preferences",
    "ProfileSection",
    "ProfileVersion",
    "goal_part",
    "headline",
    "headlines",
    "preferences",
    "profile_started_on",
]
