"""The nouns of the website."""

from .number import PublicNumber
from .pages import ContentPage, HomePage, NewsListPage, NewsPage
from .visits import PageVisits

__all__ = ["ContentPage", "HomePage", "NewsListPage", "NewsPage", "PageVisits", "PublicNumber"]
