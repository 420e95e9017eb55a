"""Articles in, stories out: which articles of a moving window report one event.

`links` scores new articles against the window, `cluster` groups by the scores, `follow`
gives the groups stable ids from one edition to the next. No model is asked. The heavy
libraries are imported when `links` is called.
"""

from factcheck.stories.clusters import cluster
from factcheck.stories.follow import follow
from factcheck.stories.items import WINDOW, Item, Link, Merge, Regrouped, Split, Story
from factcheck.stories.links import links

__all__ = [
    "WINDOW",
    "Item",
    "Link",
    "Merge",
    "Regrouped",
    "Split",
    "Story",
    "cluster",
    "follow",
    "links",
]
