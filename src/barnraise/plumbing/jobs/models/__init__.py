"""The nouns of jobs: a job, a chore that comes round, and the workers that do them."""

from .chore import Chore
from .job import OVER, Job
from .worker import Worker

__all__ = ["OVER", "Chore", "Job", "Worker"]
