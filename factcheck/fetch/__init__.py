"""Fetching: addresses in, feeds and articles out, past one guard; see `docs/fetching.md`.

Nothing is imported here, so that settings load quickly: the clients are `fetcher.Fetcher`,
`feeds.read_feed`, `pages.examine` and `articles.article_of`.
"""
