"""The nouns of the website."""

from .number import PublicNumber
from .pages import ContentPage, HomePage, NewsListPage, NewsPage

__all__ = ["ContentPage", "HomePage", "NewsListPage", "NewsPage", "PublicNumber"]
