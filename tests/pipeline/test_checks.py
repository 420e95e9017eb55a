"""What the checks take for the text of an article."""

from __future__ import annotations

from factcheck.pipeline.checks import doubt_claim
from factcheck.pipeline.wire import WireClaim
from tests.pipeline.world import article, claim


def test_the_time_of_a_live_entry_is_part_of_what_is_cited() -> None:
    live = article(("Live", "The foreman is on her feet."))
    stamped = live.sentence(2).model_copy(update={"moment": "14:08"})
    live = live.model_copy(update={"sentences": (live.sentence(1), stamped)})
    told = WireClaim.model_validate(claim("The foreman was on her feet at 14:08.", 2))
    other = WireClaim.model_validate(claim("The foreman was on her feet at 14:38.", 2))
    assert doubt_claim(live, told) == []
    assert doubt_claim(live, other) == ['the number "14:38" is not in the article']
