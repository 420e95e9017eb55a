"""Lines and who says them go in; the sentences that quote a denial or a rejection come out.

Places to look, never conflicts: what is denied is not looked for. What counts as a
denial is told by `text.cues.denial_cue`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.language.cues import denial_cue, hedges
from factcheck.sidebyside.lines import Line, is_english
from factcheck.sidebyside.models import Denial, SaidBy


def denials(
    lines: Sequence[Line], said: Mapping[tuple[str, int], tuple[SaidBy, ...]]
) -> tuple[Denial, ...]:
    """The denials and rejections that the articles quote, in their order; ids `d1`, `d2`, …"""
    found = [
        (line, cue)
        for line in lines
        if is_english(line.article)
        and (cue := denial_cue(line.sentence.text, said=bool(said.get(line.key))))
    ]
    return tuple(
        Denial(
            id=f"d{number}",
            article=line.article.id,
            sentence=line.sentence.number,
            cue=cue,
            said=said.get(line.key, ()),
            hedges=hedges(line.sentence.text),
        )
        for number, (line, cue) in enumerate(found, start=1)
    )
