"""Read articles from files, folders and texts, each as `Article` or as `Excluded`, with why."""

from factcheck.articles.build import article_from_text
from factcheck.articles.numbered import numbered, windows
from factcheck.articles.read import read_articles

__all__ = ["article_from_text", "numbered", "read_articles", "windows"]
