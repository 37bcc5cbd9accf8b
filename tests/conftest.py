"""Properties are about answers: a slow machine must not make one fail."""

from hypothesis import settings

settings.register_profile("answers", deadline=None)
settings.load_profile("answers")
