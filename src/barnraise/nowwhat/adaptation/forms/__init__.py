"""Forms of revisions, experiments, reviews and lessons."""

from .experiments import ExperimentForm, VerdictForm
from .fields import ReasonForm
from .reviews import FollowForm, LessonForm, NewReviewForm, ReviewForm
from .revisions import ApproveForm, MoveForm, RevisionForm

__all__ = [
    "ApproveForm",
    "ExperimentForm",
    "FollowForm",
    "LessonForm",
    "MoveForm",
    "NewReviewForm",
    "ReasonForm",
    "ReviewForm",
    "RevisionForm",
    "VerdictForm",
]
