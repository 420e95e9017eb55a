"""Who told whom: what is drawn is what the voices say, and the words say what is drawn."""

from __future__ import annotations

from factcheck.models import Report
from factcheck.report.diagram import MOST_SOURCES, RIGHT, tellings, who_told_whom
from factcheck.report.entries import Lookup
from factcheck.report.view import Diagram
from tests.samples import empty_report, sample_report


def drawn(report: Report) -> Diagram:
    """The drawing of a report, its articles in the order of the report."""
    made = who_told_whom(Lookup(report), [article.id for article in report.articles])
    assert made is not None
    return made


def first_voices(update: dict[str, object]) -> Report:
    """The sample report with one finding, of which the first voice is changed."""
    report = sample_report()
    finding = next(one for one in report.findings if one.id == "f6")
    voices = (finding.voices[0].model_copy(update=update), *finding.voices[1:])
    only = finding.model_copy(update={"voices": voices})
    return report.model_copy(update={"findings": (only,)})


def test_a_report_without_sources_has_no_drawing() -> None:
    assert who_told_whom(Lookup(empty_report()), ["a1"]) is None


def test_an_own_voice_a_column_and_a_denial_tell_nobody() -> None:
    report = sample_report()
    keys = {source for source, _, _ in tellings(Lookup(report))}
    own = {
        voice.origin.key
        for finding in report.findings
        for voice in finding.voices
        if voice.origin.kind in {"outlet", "author"}
    }
    assert own
    assert not keys & own
    told = tellings(Lookup(first_voices({"stance": "denies"})))
    assert sum(told.values()) == sum(tellings(Lookup(first_voices({}))).values()) - 1


def test_a_relay_stands_between_source_and_article() -> None:
    made = drawn(first_voices({"via": ("Harbour Wire",)}))
    assert "Harbour Wire" in [one.text for one in made.names]
    assert "(via Harbour Wire)" in " ".join(made.told)
    assert "Harbour Wire" not in [one.text for one in drawn(first_voices({})).names]


def test_every_line_drawn_is_told_in_words() -> None:
    report = sample_report()
    made = drawn(report)
    names = Lookup(report).names
    sources = [one.text for one in made.names if one.ends]
    assert all(
        line.startswith(f"{name} to ") for name, line in zip(sources, made.told, strict=True)
    )
    reached = {one.text for one in made.names if one.x > RIGHT}
    assert reached == set(names.values())
    assert made.strokes


def test_no_more_sources_are_drawn_than_can_be_read_and_the_rest_is_counted() -> None:
    report = sample_report()
    made = drawn(report)
    everybody = {source for source, _, _ in tellings(Lookup(report))}
    assert len(made.told) == min(MOST_SOURCES, len(everybody))
    assert made.more == len(everybody) - len(made.told)


def test_articles_that_count_as_one_are_joined() -> None:
    report = sample_report()
    assert len(drawn(report).joined) == sum(len(one.articles) > 1 for one in report.groups)
