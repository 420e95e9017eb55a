"""What the checks take for the text of an article."""

from __future__ import annotations

from factcheck.models import Claim
from factcheck.pipeline.checks import doubt_claim, doubt_members
from factcheck.pipeline.wire import WireClaim
from tests.pipeline.world import article, claim


def test_the_time_of_a_live_entry_is_part_of_what_is_cited() -> None:
    live = article(("Live", "The foreman is on her feet."))
    stamped = live.sentence(2).model_copy(update={"moment": "14:08"})
    live = live.model_copy(update={"sentences": (live.sentence(1), stamped)})
    told = WireClaim.model_validate(claim("The foreman was on her feet at 14:08.", 2))
    other = WireClaim.model_validate(claim("The foreman was on her feet at 14:38.", 2))
    assert doubt_claim(live, told) == []
    assert [d.text for d in doubt_claim(live, other)] == [
        'the number "14:38" is not in the article'
    ]


def test_clock_times_of_two_zones_are_not_held_against_each_other() -> None:
    local, zoned, other = (
        Claim(id=i, article=i[:2], text=text, kind="fact", core=True, sentences=(2,), speaker=None)
        for i, text in (
            ("a1.c1", "It began at 19:40."),
            ("a2.c1", "It began at 1740 GMT."),
            ("a3.c1", "It began at 20:10."),
        )
    )
    assert doubt_members([local, zoned]) == []
    assert len(doubt_members([local, other])) == 1
