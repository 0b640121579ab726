"""The nouns of questionnaires."""

from .questionnaire import Questionnaire, Version
from .response import Answer, Response

__all__ = ["Answer", "Questionnaire", "Response", "Version"]
