"""What lets a reader check the report: its matrix, annotated articles, gaps and method.

A report in, indexed; views out.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from factcheck.models import (
    Article,
    Claim,
    Excluded,
    Finding,
    Manifest,
    OutletGroup,
    Report,
    Sentence,
    Source,
    Voice,
)
from factcheck.report import words
from factcheck.report.entries import Lookup, anchor, sentence_links
from factcheck.report.view import (
    Cell,
    ClaimLine,
    Gap,
    Line,
    Link,
    Method,
    Pair,
    Row,
    Text,
)

Uses = Mapping[tuple[str, int], Sequence[str]]
"""Article and sentence number to the ids of what rests on the sentence."""

INTRO = (
    "A language model reads each article and says what it claims, on whose word, and in which "
    "numbered sentences. Quotes are looked up by these numbers and are verbatim. Independence, "
    "verdicts, counts and ids are computed by fixed rules. Summaries are worded by the model."
)


def cell(finding: Finding, article: str) -> Cell:
    """What one article says to a finding; silence is no contradiction."""
    kinds = dict.fromkeys(sign(voice) for voice in finding.voices if voice.article == article)
    if words.CELLS["asserts"] in kinds:
        kinds.pop(words.IN_PART, None)
    distinct = list(kinds) or [words.SILENT]
    symbols = dict.fromkeys(symbol for symbol, _ in distinct)
    return Cell(" ".join(symbols), ", ".join(text for _, text in distinct))


def sign(voice: Voice) -> tuple[str, str]:
    """The symbol and the word for one voice."""
    if voice.stance == "asserts" and voice.relation == "part":
        return words.IN_PART
    symbol, text = words.CELLS[voice.stance]
    return symbol, f"{text}, beside its claims" if voice.relation == "stand" else text


def matrix(found: Lookup, order: list[str]) -> tuple[Row, ...]:
    """All findings by article, in the order of the document."""
    return tuple(
        Row(
            finding=anchor(finding.id),
            text=finding.text,
            verdict=words.verdict(finding),
            style=finding.verdict,
            cells=tuple(cell(finding, article) for article in found.articles),
        )
        for finding in map(found.findings.__getitem__, order)
    )


def rests_on(found: Lookup) -> dict[tuple[str, int], list[str]]:
    """Article and sentence number to the findings that rest on the sentence."""
    uses: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for finding in found.report.findings:
        claims = [found.claims[ident] for ident in finding.claims if ident in found.claims]
        evidence: list[Voice | Claim] = [*finding.voices, *claims]
        places = {(one.article, number) for one in evidence for number in one.sentences}
        for place in places:
            uses[place].append(finding.id)
    return uses


def remarks(found: Lookup) -> dict[tuple[str, int], str]:
    """Article and sentence number to why no finding rests on the sentence."""
    notes = {
        (claim.article, number): f"claim {claim.id} is in no finding"
        for claim in found.report.claims
        for number in claim.sentences
    }
    for gap in found.report.not_assessed:
        notes |= {(gap.article, number): "not assessed" for number in gap.sentences}
    for skipped in found.report.skipped:
        notes |= {
            (skipped.article, number): f"skipped: {words.spell(skipped.reason)}"
            for number in skipped.sentences
        }
    return notes


def lines(article: Article, uses: Uses, remark: Callable[[Sentence], str]) -> tuple[Line, ...]:
    """The sentences of an article with what rests on each, or a remark where nothing does."""
    result, section, paragraph = [], "", 0
    for sentence in article.sentences:
        idents = uses.get((article.id, sentence.number), ())
        result.append(
            Line(
                id=f"{article.id}-{sentence.number}",
                number=sentence.number,
                text=sentence.text,
                kind="" if sentence.kind == "body" else sentence.kind,
                heading=sentence.section if sentence.section != section else "",
                opens=sentence.paragraph != paragraph,
                findings=tuple(map(anchor, idents)),
                remark="" if idents else remark(sentence),
            )
        )
        section, paragraph = sentence.section, sentence.paragraph
    return tuple(result)


def claim_line(found: Lookup, claim: Claim, used: dict[str, list[str]]) -> ClaimLine:
    """One claim with everything that was read about it."""
    source, idents = found.speakers.get(claim.speaker or ""), used.get(claim.id, [])
    parts = [
        claim.kind if claim.core else f"{claim.kind}, background",
        claim.speaker if claim.speaker and source is None else words.speaker("", "", source),
        words.via(claim.via),
        "" if claim.modality == "firm" else claim.modality,
        f"when: {claim.when}" if claim.when else "",
        f"as of: {claim.asof}" if claim.asof else "",
        *words.checks(claim.flags),
        f"sentence {', '.join(map(str, claim.sentences))}",
    ]
    return ClaimLine(
        id=claim.id,
        text=claim.text,
        when=claim.when,
        facts=" · ".join(filter(None, parts)),
        findings=tuple(map(anchor, idents)),
        repeats=any(
            claim.id in found.findings[i].claims and found.findings[i].text == claim.text
            for i in idents
        ),
    )


def text(
    article: Article,
    names: Mapping[str, str],
    groups: Sequence[OutletGroup],
    annotated: tuple[Line, ...],
    claims: tuple[ClaimLine, ...] = (),
) -> Text:
    """One article with its provenance, sentences, claims and dropped text."""
    group = next((one for one in groups if article.id in one.articles), None)
    others = [name for name in group.articles if name != article.id] if group else []
    return Text(
        id=article.id,
        name=names[article.id],
        title=Link(article.title or article.source, words.web_link(article.url)),
        published=words.published(article),
        genre=words.GENRES[article.genre],
        counts_with=words.listed(names[name] for name in others),
        aside=f"not counted: {words.join_texts(group.notes)}" if group and not group.counts else "",
        agency=article.agency,
        lang=article.language,
        facts=provenance(article),
        lines=annotated,
        claims=claims,
        dropped=tuple(Pair(words.spell(drop.reason), drop.text) for drop in article.dropped),
    )


def provenance(article: Article) -> tuple[Pair, ...]:
    """Where an article came from; empty facts are left out."""
    outlet = (
        f"{article.outlet} (from the {words.spell(article.outlet_from)})"
        if article.outlet
        else "unknown"
    )
    facts = (
        Pair("Outlet", outlet),
        Pair("Genre", words.GENRES[article.genre]),
        Pair("Byline", article.byline),
        Pair("Published", words.published(article)),
        Pair("Agency", article.agency),
        *(
            Pair(f"Warning: {words.spell(one.kind)}", f"{one.text} ({one.place})")
            for one in article.warnings
        ),
        Pair("Language", article.language),
        Pair("Input", article.source),
        Pair("URL", article.url),
        Pair("SHA-256 as received", article.raw_sha256),
        Pair("SHA-256 as read", article.text_sha256),
    )
    return tuple(fact for fact in facts if fact.value)


def texts(found: Lookup) -> tuple[Text, ...]:
    """All articles, annotated."""
    report, uses, notes = found.report, rests_on(found), remarks(found)
    used: defaultdict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        told = (voice.claim for voice in finding.voices if voice.claim)
        for ident in dict.fromkeys((*finding.claims, *told)):
            used[ident].append(finding.id)

    def annotated(article: Article) -> tuple[Line, ...]:
        unread = "no claim was read here"
        return lines(article, uses, lambda one: notes.get((article.id, one.number), unread))

    def claimed(article: Article) -> tuple[ClaimLine, ...]:
        inside = (claim for claim in report.claims if claim.article == article.id)
        return tuple(claim_line(found, claim, used) for claim in inside)

    return tuple(
        text(article, found.names, report.groups, annotated(article), claimed(article))
        for article in report.articles
    )


def people(found: Lookup) -> tuple[tuple[Source, str], ...]:
    """Who is quoted, under all names, each with the articles that quote it."""
    return tuple(
        (
            source,
            words.listed(
                dict.fromkeys(found.names[ident.partition(".")[0]] for ident in source.speakers)
            ),
        )
        for source in found.report.sources
    )


def not_assessed(found: Lookup) -> tuple[Gap, ...]:
    """What an answer held or lacked and the report does not rest on."""
    return tuple(
        Gap(
            text=gap.text,
            reason=gap.reason.text,
            where=" · ".join(filter(None, (found.names.get(gap.article, gap.article), gap.stage))),
            sentences=sentence_links(gap.article, gap.sentences),
        )
        for gap in found.report.not_assessed
    )


def excluded(inputs: Sequence[Excluded]) -> tuple[Gap, ...]:
    """Inputs that are no part of the comparison."""
    return tuple(Gap(one.source, words.spell(one.reason), one.detail) for one in inputs)


def method(report: Report) -> Method:
    """How the report was made."""
    manifest = report.manifest
    return Method(
        intro=INTRO,
        legend=words.LEGEND,
        facts=(*made(manifest, report.schema_), *asked(manifest)),
        stages=tuple(
            Pair(
                use.stage,
                f"{words.many(use.calls, 'call')}, {words.many(use.reasks, 're-ask')}, "
                f"{use.cached:,} from the cache; {use.input_tokens:,} tokens in, "
                f"{use.output_tokens:,} out"
                + (f"; {cost(use.cost)}" if use.cost is not None else ""),
            )
            for use in manifest.use
        ),
        prompts=tuple(Pair(name, digest) for name, digest in sorted(manifest.prompts.items())),
    )


def made(manifest: Manifest, schema: str) -> tuple[Pair, ...]:
    """By which version, when and how the document was made."""
    return (
        Pair("Made by", f"factcheck {manifest.factcheck}, {schema}"),
        Pair("Made on", words.moment(manifest.created)),
        Pair("Engine", manifest.engine),
    )


def asked(manifest: Manifest) -> tuple[Pair, ...]:
    """Model, calls and cost; empty facts are left out."""
    tokens_in = sum(use.input_tokens for use in manifest.use)
    tokens_out = sum(use.output_tokens for use in manifest.use)
    facts = (
        Pair("Model", manifest.model),
        Pair("Endpoint", manifest.endpoint),
        Pair("Answer format", manifest.answer_format),
        Pair("Calls", f"{sum(use.calls for use in manifest.use):,}"),
        Pair("Tokens", f"{tokens_in:,} in, {tokens_out:,} out"),
        Pair("Cost", cost(manifest.cost)),
        Pair("Answers", "replayed from a recording" if manifest.replayed else ""),
    )
    return tuple(fact for fact in facts if fact.value)


def cost(dollars: float | None) -> str:
    """US dollars, or that the price is not known."""
    return "not known" if dollars is None else f"US$ {dollars:.4f}"
