"""Articles in, stories out: which articles of a moving window report one event.

`links` scores new articles against the window, `cluster` groups by the scores and `doubts`
tells where that was close, `follow` gives the groups numbers that last from one edition to the
next. No model is asked.
"""

from factcheck.digest.grouping.clusters import UNSURE, cluster, doubts, follow
from factcheck.digest.grouping.items import Item, Link
from factcheck.digest.grouping.links import links

__all__ = ["UNSURE", "Item", "Link", "cluster", "doubts", "follow", "links"]
