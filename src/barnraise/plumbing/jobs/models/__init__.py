"""The nouns of jobs: a job, and a chore that comes round."""

from .chore import Chore
from .job import Job

__all__ = ["Chore", "Job"]
