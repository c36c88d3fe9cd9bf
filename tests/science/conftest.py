"""Settings for generated examples: the time one takes says nothing about the rule it tests."""

from hypothesis import HealthCheck, settings

settings.register_profile("science", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("science")
