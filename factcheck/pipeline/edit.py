"""Edit: ask a model what an editor must see first, and bind what it says to the findings.

One call after the verdicts. The model orders ids, notices what stands there twice, and
words the calls; it judges nothing. If the call fails, the first page is made by rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factcheck.llm import prompts
from factcheck.llm.client import ModelClient, Prompt
from factcheck.models import FirstPage, Report
from factcheck.pipeline.compare_prompt import on_one_line
from factcheck.pipeline.edit_prompt import Listing, show_article
from factcheck.pipeline.edit_reply import ReplyReader
from factcheck.pipeline.rank import find_alone, find_solid
from factcheck.pipeline.wire import EditReply

OUTPUT_OF_EDIT = 1_500  # tokens of an answer


@dataclass(frozen=True)
class Edited:
    """The first page, and lists of findings that the model takes for one proposition."""

    page: FirstPage
    twins: tuple[tuple[str, ...], ...] = ()


async def edit(report: Report, client: ModelClient) -> Edited:
    """Ask for the first page of a report.

    Raises the client's `ModelError` if the call fails in the end.
    """
    listing = Listing(report)
    reader = ReplyReader(listing)
    reply = (await client.ask(edit_prompt(listing, reader))).value
    return Edited(reader.to_page(reply), reader.to_twins(reply))


def edit_prompt(listing: Listing, reader: ReplyReader) -> Prompt[EditReply]:
    """The request: instructions, articles, findings and questions as lines, the task."""
    report = listing.report
    return Prompt(
        stage="edit",
        label="",
        system=prompts.instructions("edit.system"),
        user=prompts.task(
            "edit",
            event=on_one_line(report.title),
            articles=[show_article(article) for article in report.articles],
            findings=listing.finding_lines(),
            questions=listing.question_lines(),
        ),
        schema=EditReply,
        check=reader.find_faults,
        answer=OUTPUT_OF_EDIT,
    )


def renumber_page(page: FirstPage, ids: Mapping[str, str]) -> FirstPage:
    """The first page with other ids of findings, each id once in a section."""

    def renamed(many: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids.get(one, one) for one in many))

    return page.model_copy(
        update={
            "rests": tuple(s.model_copy(update={"ids": renamed(s.ids)}) for s in page.rests),
            "changed": renamed(page.changed),
            "solid": renamed(page.solid),
            "alone": renamed(page.alone),
            "heads": tuple(n.model_copy(update={"id": ids.get(n.id, n.id)}) for n in page.heads),
            "notes": tuple(n.model_copy(update={"id": ids.get(n.id, n.id)}) for n in page.notes),
            "careful": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.careful),
            "calls": tuple(c.model_copy(update={"ids": renamed(c.ids)}) for c in page.calls),
        }
    )


def refit_page(page: FirstPage, report: Report) -> FirstPage:
    """The first page where findings were judged again: what is solid now moves there."""
    solid_now, alone_now = find_solid(report), find_alone(report)
    solid = dict.fromkeys(i for i in (*page.solid, *page.alone) if i in solid_now)
    alone = tuple(i for i in page.alone if i in alone_now)
    return page.model_copy(update={"solid": tuple(solid), "alone": alone})
