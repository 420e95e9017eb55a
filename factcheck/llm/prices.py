"""Prices: a model and its use in, US dollars out; and an estimate of tokens before a run.

Prices are those that the installed genai-prices carries; nothing is looked up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import datetime

from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from factcheck.settings.urls import is_local

NARROW = re.compile("[^\u3000-\U0010ffff]+")
BATCH_SHARE = 0.5
"""What a request in a batch costs, as a part of its price."""


def cost(model: ModelSettings, use: Iterable[StageUse], when: datetime) -> float | None:
    """US dollars for the use at the prices of `when`, None where no price is known.

    Prices that rise with the length of a prompt go by the average call of a stage.
    Rebates for repeated prefixes are not known here, so this is an upper bound.
    """
    paid = [stage for stage in use if stage.input_tokens or stage.output_tokens]
    if is_local(model.base_url):
        return None
    from genai_prices import Usage, calc_price  # noqa: PLC0415 (start-up)

    total = 0.0
    for stage in paid:
        calls = max(1, stage.calls)
        average = Usage(
            input_tokens=round(stage.input_tokens / calls),
            output_tokens=round(stage.output_tokens / calls),
        )
        try:
            price = calc_price(
                average,
                model.name,
                provider_api_url=model.base_url,
                genai_request_timestamp=when,
            )
        except LookupError:
            return None
        total += float(price.total_price) * calls
    return round(total * (BATCH_SHARE if model.batch else 1), 6)


def is_priced(model: ModelSettings, when: datetime) -> bool:
    """Whether a limit of costs can be kept: a price is known, or the model is on this machine."""
    one = StageUse(stage="extract", calls=1, input_tokens=1, output_tokens=1)
    return is_local(model.base_url) or cost(model, [one], when) is not None


def estimate_tokens(text: str) -> int:
    """About how many tokens a text has, without a tokenizer.

    Four ASCII characters a token is the usual rule of thumb. Letters of other
    alphabets come at about two a token, Chinese, Japanese and Korean characters
    at one each.
    """
    wide = len(NARROW.sub("", text))
    ascii_ = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_ / 4 + (len(text) - ascii_ - wide) / 2 + wide)
