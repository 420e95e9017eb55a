"""Reading articles: files, folders and texts in, `Article` and `Excluded` out."""

from factcheck.articles.build import article_from_text
from factcheck.articles.numbered import numbered, windows
from factcheck.articles.read import read_articles

__all__ = ["article_from_text", "numbered", "read_articles", "windows"]
