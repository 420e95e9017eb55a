"""What lets a reader check the report: its matrix, annotated articles and how it was made.

A report in, indexed; views out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from factcheck.models import (
    Article,
    Claim,
    Finding,
    Manifest,
    NotAssessed,
    OutletGroup,
    Position,
    Skipped,
    Source,
    Voice,
)
from factcheck.report import words
from factcheck.report.entries import Lookup
from factcheck.report.view import ClaimLine, Fact, Row, Text

UNREAD = "no claim was read here"


def cell(found: Lookup, finding: Finding, article: str) -> tuple[str, str]:
    """What one article says to a finding; silence is no contradiction."""
    kinds = dict.fromkeys(sign(voice) for voice in finding.voices if voice.article == article)
    if {words.CELLS["asserts"], words.REPORTED, words.PERHAPS_REPORTED} & kinds.keys():
        kinds.pop(words.IN_PART, None)
    distinct = [*(kinds or dict.fromkeys(beside(found, finding, article)))]
    distinct = distinct or [words.SILENT]
    symbols = dict.fromkeys(symbol for symbol, _ in distinct)
    return " ".join(symbols), ", ".join(text for _, text in distinct)


def beside(found: Lookup, finding: Finding, article: str) -> Iterator[tuple[str, str]]:
    """What an article that is silent on a finding says to the questions that this one answers."""
    for issue in (found.issues[ident] for ident in finding.issues):
        others = [one for one in issue.positions if finding.id not in one.findings]
        if len(others) == len(issue.positions):
            continue  # it answers nothing: it says that the question is open
        told = [one for one in others if article in list_asserting(found, one)]
        if any(one.withdrawn for one in told):
            yield words.RECALLED
        elif any(one.superseded for one in told):
            yield words.BEFORE
        elif told and issue.kind != "detail":
            yield words.OTHERWISE
        if any(v.article == article for i in issue.open for v in found.findings[i].voices):
            yield words.UNKNOWN


def list_asserting(found: Lookup, position: Position) -> set[str]:
    """The articles that tell a position, not only that it was taken back."""
    claims = (found.claims[claim] for claim in position.claims)
    return {claim.article for claim in claims if claim.kind != "retract"}


def sign(voice: Voice) -> tuple[str, str]:
    """The symbol and the word for one voice."""
    if voice.stance == "asserts" and voice.relation == "part":
        return words.IN_PART
    if voice.stance == "asserts" and voice.origin.kind == "author":
        return words.IN_COLUMN
    symbol, text = words.CELLS[voice.stance]
    if voice.stance == "asserts" and (voice.source or voice.after):
        symbol, text = words.REPORTED if voice.source else words.PERHAPS_REPORTED
    text += " with caution" if voice.stance == "asserts" and voice.modality == "hedged" else ""
    return symbol, f"{text} in passing" if voice.relation == "stand" else text


def matrix(found: Lookup, findings: Iterable[Finding]) -> tuple[Row, ...]:
    """Findings by article, in their order."""
    return tuple(
        Row(
            one.id,
            one.text,
            [cell(found, one, article) for article in found.articles],
            one.verdict,
            sides_of(one),
        )
        for one in findings
    )


def sides_of(finding: Finding) -> str:
    """Who answers for a finding, and who is against it: "A; B; against: C", "" for nobody."""
    names = [origin.label for origin in finding.origins]
    if finding.against:
        names.append(f"against: {'; '.join(origin.label for origin in finding.against)}")
    return "; ".join(names)


def list_uses(places: Iterable[tuple[str, str, int]]) -> dict[str, dict[int, list[str]]]:
    """By article and number of a sentence the ids of what rests on it, in order, each once.

    `places` are an id, an article and a number of a sentence each.
    """
    held: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for ident, article, number in dict.fromkeys(places):
        held[article][number].append(ident)
    return {article: dict(some) for article, some in held.items()}


def places(found: Lookup) -> Iterator[tuple[str, str, int]]:
    """Where each finding rests on a sentence: its id, the article and the number."""
    for finding in found.report.findings:
        claims = [found.claims[ident] for ident in finding.claims if ident in found.claims]
        evidence: list[Voice | Claim] = [*finding.voices, *claims]
        yield from ((finding.id, one.article, n) for one in evidence for n in one.sentences)


def list_remarks(found: Lookup) -> dict[str, dict[int, str]]:
    """By article and the number of a sentence why no finding rests on it."""
    report = found.report
    told: list[tuple[Claim | NotAssessed | Skipped, str]] = [
        *((claim, f"claim {claim.id} is in no finding") for claim in report.claims),
        *((gap, "not assessed") for gap in report.not_assessed),
        *((one, f"skipped: {words.spell(one.reason)}") for one in report.skipped),
    ]
    notes = {a.id: {one.number: UNREAD for one in a.sentences} for a in report.articles}
    for one, text in told:
        if one.article in notes:
            notes[one.article] |= dict.fromkeys(one.sentences, text)
    return notes


def claim_line(found: Lookup, claim: Claim, findings: Sequence[str]) -> ClaimLine:
    """One claim with everything that was read about it."""
    source = found.speakers.get(claim.speaker or "")
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
    homes = (found.findings[ident] for ident in findings)
    repeats = any(claim.id in one.claims and one.text == claim.text for one in homes)
    return ClaimLine(claim, " · ".join(filter(None, parts)), findings, repeats)


def text(
    article: Article,
    names: Mapping[str, str],
    groups: Sequence[OutletGroup],
    uses: Mapping[int, Sequence[str]],
    remarks: Mapping[int, str],
    claims: tuple[ClaimLine, ...] = (),
) -> Text:
    """One article with its provenance, what rests on its sentences, and its claims."""
    group = next((one for one in groups if article.id in one.articles), None)
    others = [name for name in group.articles if name != article.id] if group else []
    why = f" ({words.join_texts(group.reasons)})" if group and group.reasons else ""
    counts_with = f"{words.join_items(names[name] for name in others)}{why}" if others else ""
    return Text(
        article=article,
        name=names[article.id],
        counts_with=counts_with,
        aside=f"not counted: {words.join_texts(group.notes)}" if group and not group.counts else "",
        facts=provenance(article),
        uses=uses,
        remarks=remarks,
        claims=claims,
    )


def provenance(article: Article) -> tuple[Fact, ...]:
    """Where an article came from; empty facts are left out."""
    outlet = f"{article.outlet} (from the {words.spell(article.outlet_from)})"
    facts = (
        ("Outlet", outlet if article.outlet else "unknown"),
        ("Genre", words.GENRES[article.genre]),
        ("Byline", article.byline),
        ("Published", words.format_published(article)),
        ("Agency", article.agency),
        *((f"Warning: {words.spell(w.kind)}", f"{w.text} ({w.place})") for w in article.warnings),
        ("Language", article.language),
        ("Input", article.source),
        ("URL", article.url),
        ("SHA-256 as received", article.raw_sha256),
        ("SHA-256 as read", article.text_sha256),
    )
    return tuple(fact for fact in facts if fact[1])


def texts(found: Lookup) -> Iterator[Text]:
    """All articles, annotated."""
    used: defaultdict[str, list[str]] = defaultdict(list)
    for finding in found.report.findings:
        told = (voice.claim for voice in finding.voices if voice.claim)
        for ident in dict.fromkeys((*finding.claims, *told)):
            used[ident].append(finding.id)
    rests, remarks = list_uses(places(found)), list_remarks(found)
    for article in found.report.articles:
        own = (claim for claim in found.report.claims if claim.article == article.id)
        yield text(
            article,
            found.names,
            found.report.groups,
            rests.get(article.id, {}),
            remarks[article.id],
            tuple(claim_line(found, claim, used.get(claim.id, ())) for claim in own),
        )


def people(found: Lookup) -> Iterator[tuple[Source, str]]:
    """Who is quoted, under all names, each with the articles that quote it."""
    for one in found.report.sources:
        names = dict.fromkeys(found.names[speaker.partition(".")[0]] for speaker in one.speakers)
        yield one, words.join_items(names)


def stages(manifest: Manifest) -> tuple[Fact, ...]:
    """What each stage used."""
    return tuple(
        (
            use.stage,
            f"{words.many(use.calls, 'call')}, {words.many(use.reasks, 're-ask')}, "
            f"{use.cached:,} from the cache; {use.input_tokens:,} tokens in, "
            f"{use.output_tokens:,} out" + (f"; {cost(use.cost)}" if use.cost is not None else ""),
        )
        for use in manifest.use
    )


def made(manifest: Manifest, schema: str) -> tuple[Fact, ...]:
    """By which version, when and how the document was made."""
    return (
        ("Made by", f"factcheck {manifest.factcheck}, {schema}"),
        ("Made on", words.moment(manifest.created)),
        ("Engine", manifest.engine),
    )


def asked(manifest: Manifest) -> tuple[Fact, ...]:
    """Model, calls and cost; empty facts are left out."""
    tokens_in = sum(use.input_tokens for use in manifest.use)
    tokens_out = sum(use.output_tokens for use in manifest.use)
    facts = (
        ("Model", manifest.model),
        ("Endpoint", manifest.endpoint),
        ("Answer format", manifest.answer_format),
        ("Calls", f"{sum(use.calls for use in manifest.use):,}"),
        ("Tokens", f"{tokens_in:,} in, {tokens_out:,} out"),
        ("Cost", cost(manifest.cost)),
        ("Answers", "replayed from a recording" if manifest.replayed else ""),
    )
    return tuple(fact for fact in facts if fact[1])


def cost(dollars: float | None) -> str:
    """US dollars, or that the price is not known."""
    return "not known" if dollars is None else f"US$ {dollars:.4f}"
