"""What went wrong with a call: an endpoint's status and words in, our error with a hint out.

Nothing here knows the library that makes the call. Endpoints agree on little but
the status, so their wordings are recognised too: OpenAI, Azure, vLLM, llama.cpp,
Ollama, LM Studio, OpenRouter and the gateways in front of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.errors import (
    AuthenticationError,
    BadRequestError,
    ContentFilteredError,
    ContextOverflowError,
    ModelError,
    ModelNotFoundError,
    NoKeyError,
    OverloadedError,
    UnreachableError,
)
from factcheck.language.visible import shorten
from factcheck.settings.model import ModelSettings
from factcheck.settings.urls import public_url

TOO_LARGE = "response too large"
"""The code of a fault for a response that was not read to its end."""

NOT_SENT = "not sent"
"""The code of a fault for a request that this machine could not make."""

TIMED_OUT = "not finished"
"""The code of a fault for an answer that did not come in time, and may be paid for."""

IN_ANSWER = "no status"
"""The code of a fault that is told with status 200, in words alone."""

LONGEST_WAIT = 120.0
"""Seconds that an endpoint may ask for before it is asked again."""

RETRIED = frozenset({408, 409, 425, 429})
MAY_REJECT_FORMAT = frozenset({400, 404, 415, 422, 501})

# Words of size beside words of excess; a limit on the tokens of the answer is another thing.
OVERFLOW = re.compile(
    r"(?i)context[_ ](?:length|window|size|limit)|n_ctx|num_ctx|max_model_len|reduce the length"
    r"|maximum (?:context|prompt length|input)|too many (?:input )?tokens"
    r"|\b(?:prompt|input) (?:is )?too long|\b(?:prompt|input) length (?:should|must) be"
    r"|\b(?:prompt|input|request|token)\b(?:(?!max_)[^.]){0,40}\b(?:too (?:long|large)|exceed\w*)\b"
    r"[^.]{0,60}(?:tokens?|context|limit|length|maximum)"
    r"|(?<!output )(?<!completion )\btokens\b[^.]{0,60}\b(?:larg|long|great|mo)(?:er|re) than\b"
    r"[^.]{0,40}(?:limit|maximum|model|\d)"
    r"|\binputs\b[^.]{0,60}\bmust (?:be|have) (?:<|less|fewer|smaller|at most)"
    r"|exceed\w* (?:the )?(?:available |model'?s? )?(?:context|token limit|maximum input)"
)
RATE = re.compile(r"(?i)\brate\b|per (?:second|minute|hour|day)\b")
FORMAT = re.compile(
    r"(?i)response[_ ]format|json[_ ]schema|json[_ ]object|json[_ ]mode|structured[_ ]output"
    r"|grammar|guided[_ ](?:json|decoding)"
)
FILTERED = re.compile(
    r"(?i)content[_ ]?(?:filter|policy|management)|responsible ?ai|safety system|moderation"
)
NO_MODEL = re.compile(
    r"(?i)model\b.{0,120}\b(?:not found|does not exist|not exist|unknown|not available"
    r"|not loaded|invalid)|(?:no such|unknown|invalid) model|deployment\b.{0,60}not exist"
    r"|model_not_found|DeploymentNotFound|not a valid model"
)
NO_CREDIT = re.compile(
    r"(?i)insufficient[_ ](?:quota|credit|balance|fund)|exceeded your current quota"
)
# Gemini words the limit of a minute like an account without credit.
PASSING = re.compile(
    r'(?i)(?:(?:retry|try again) (?:in|after)(?: about)?|please wait|retryDelay":) "?(?=\d)'
    r"((?:(?:and )?\d{1,9}(?:\.\d{1,9})?\s?[a-z]+\s?){0,4})"
)
UNITS = {"ms": 0.001, "mi": 60.0, "mo": 2_592_000.0, "m": 60.0, "s": 1.0, "h": 3600.0, "d": 86400.0}
NO_PATH = re.compile(r"(?i)unexpected endpoint|(?:unknown|no such) (?:endpoint|path|route|url)")
FORBIDDEN = (
    (
        re.compile(r"\A\s*<"),
        "a firewall in front of {endpoint} turned the request away",
        "Ask from another network, or without a proxy or VPN.",
    ),
    (
        re.compile(
            r"(?is)\A(?!.*\bkey\b).*(?:\b(?:country|region|territory|location)\b.{0,30}\bnot\b"
            r"|\bnot (?:\w+ ){1,3}(?:your|this) (?:country|region|territory|location)\b)"
        ),
        "{endpoint} does not serve this country or region",
        "Use an endpoint that does.",
    ),
    (
        re.compile(r"(?is)\A(?!.*\bkey\b).*(?:\borgani[sz]ation\b|\bmust be verified\b)"),
        "{endpoint} does not let this organisation use {model}",
        "Have it verified or allowed there, or use another model.",
    ),
)
"""Reasons for a 403 that no other key helps against: how each is worded, what to say and to do."""
NO_KEY = re.compile(r"(?i)invalid[_ ]api[_ ]key|incorrect api key|api key not valid")


@dataclass(frozen=True)
class Fault:
    """A call that failed: HTTP status (0 without an answer), code, message, wait in seconds."""

    status: int
    message: str
    code: str = ""
    wait: float | None = None

    @property
    def text(self) -> str:
        """Code and message, for looking at the wording."""
        return f"{self.code} {self.message}"

    @property
    def transient(self) -> bool:
        """Whether the same request may well succeed later."""
        if self.no_credit or self.rejects_format or self.too_long:
            return False
        if self.code in {TOO_LARGE, NOT_SENT} or NO_PATH.search(self.message):
            return False
        return self.code == IN_ANSWER or self.status in {0, *RETRIED} or self.status >= 500

    def waits_too_long(self, retries: int) -> bool:
        """Whether the endpoint asks for a longer wait than all tries together may take."""
        return (self.wait or 0.0) > LONGEST_WAIT * max(1, retries)

    @property
    def no_credit(self) -> bool:
        """Whether the account has no credit left, which waiting does not fix."""
        passing = PASSING.search(self.message) or (self.wait and "insufficient" not in self.text)
        spent = self.status == 429 and not passing and NO_CREDIT.search(self.text)
        return self.status == 402 or bool(spent)

    @property
    def too_long(self) -> bool:
        """Whether the prompt was too long; a limit on the rate is another thing."""
        if self.status == 429:
            return "too large" in self.message
        if self.code == TOO_LARGE or self.status in {401, 402, 403}:
            return False
        overflows = OVERFLOW.search(self.text) and not RATE.search(self.message)
        return self.status == 413 or bool(overflows)

    @property
    def may_be_format(self) -> bool:
        """Whether it may be the format or pass: a bare 500, as of llama-cpp-python to a schema."""
        return self.status == 500 and self.transient

    @property
    def names_format(self) -> bool:
        """Whether the endpoint says that it does not take the answer format."""
        return self.status in MAY_REJECT_FORMAT | {500} and bool(FORMAT.search(self.text))

    @property
    def known(self) -> bool:
        """Whether the words name a reason, the answer format aside, that no other try mends."""
        reasons = (FILTERED, NO_MODEL, NO_KEY, NO_PATH)
        return self.too_long or any(reason.search(self.text) for reason in reasons)

    @property
    def rejects_format(self) -> bool:
        """Whether it may be the answer format that was turned down.

        Some servers say so, some only answer 400 to what they do not know; a
        request that was rejected for a reason that is recognised is not one of them.
        """
        return self.names_format or (self.status in MAY_REJECT_FORMAT and not self.known)


def read_wait(text: str) -> float | None:
    """Seconds that an endpoint asks to wait in its words, as in "try again in 7m12s"."""
    found = PASSING.search(text)
    parts = re.findall(r"([\d.]+)\s?([a-z]+)", found[1].lower()) if found else []
    waits = [float(n) * (UNITS.get(unit[:2]) or UNITS.get(unit[:1], 0.0)) for n, unit in parts]
    return sum(waits) or None


class CallFailedError(Exception):
    """One call failed; never leaves `factcheck.llm`."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.message)
        self.fault = fault


def to_unsent(error: BaseException) -> Fault:
    """The fault for what a library raises that makes no request of what it was given.

    Such as a proxy of an unknown kind, a header that is no ASCII or an address that is none.
    The value of a header is not repeated: it may be a secret.
    """
    said = re.sub(r"(header value) b.*", r"\1", str(error))
    return Fault(0, said or type(error).__name__, code=NOT_SENT)


def to_error(fault: Fault, settings: ModelSettings) -> ModelError:
    """The error of our own tree for a fault, with a hint that fits it."""
    endpoint, model = public_url(settings.base_url), settings.name
    said = f": {shorten(fault.message)}" if fault.message else ""
    text, status = fault.text, fault.status
    if fault.code in {NOT_SENT, TOO_LARGE} or status == 0 or 300 <= status < 400:
        return _to_transport_error(fault, endpoint, said)
    if NO_KEY.search(text) or (status in {401, 403} and not FILTERED.search(text)):
        return _to_key_error(fault, settings, said)
    if fault.too_long:
        return make_overflow(f"the prompt does not fit {model}{said}")
    if FILTERED.search(text) and status < 500:
        return ContentFilteredError(
            f"a content filter of {endpoint} stopped the prompt{said}",
            "The article cannot be read with this endpoint; try another model.",
        )
    return _to_status_error(fault, settings, said)


def _to_key_error(fault: Fault, settings: ModelSettings, said: str) -> ModelError:
    """The error for who asks: for a place, an account, no key, or a key that is not accepted."""
    endpoint, model = public_url(settings.base_url), settings.name
    for words, what, hint in FORBIDDEN if fault.status == 403 else ():
        if words.search(fault.message):
            shown = what.format(endpoint=endpoint, model=model)
            return AuthenticationError(f"{shown} (403){said}", hint)
    key = settings.api_key_env
    if settings.api_key is None and not settings.header_values:
        return AuthenticationError(
            f"{endpoint} wants a key, and none was sent ({fault.status}){said}",
            f"Set {key} to a key of this endpoint.",
        )
    return AuthenticationError(
        f"{endpoint} did not accept the key ({fault.status}){said}",
        f"Check the key in {key}, and that it may use {model}.",
    )


def _to_transport_error(fault: Fault, endpoint: str, said: str) -> ModelError:
    """The error for a request not made, a response not come or not read, a redirect."""
    if fault.code == NOT_SENT:
        return UnreachableError(
            f"{endpoint} could not be asked{said}",
            "Check [model] base_url and headers, and the environment: ALL_PROXY, HTTP_PROXY, "
            "HTTPS_PROXY, OPENAI_ORG_ID, OPENAI_PROJECT_ID, OPENAI_CUSTOM_HEADERS.",
        )
    if fault.code == TOO_LARGE:
        return BadRequestError(
            f"{endpoint} sent an answer of {fault.message}, which was not read to its end",
            "Check the base URL and what runs there; for a model that does not come to an end "
            "set [model] max_output_tokens.",
        )
    if fault.code == TIMED_OUT:
        return UnreachableError(
            f"{endpoint} did not finish an answer {fault.message}",
            "Raise [model] timeout for a slow model.",
        )
    if fault.status == 0:
        return UnreachableError(
            f"{endpoint} did not answer{said}",
            "Check the base URL and that the server runs.",
        )
    return ModelNotFoundError(
        f"{endpoint} redirects to {shorten(fault.message) or 'another address'} "
        f"({fault.status}); keys and articles are not sent on",
        "If you trust that address, set [model] base_url to it.",
    )


def _to_status_error(fault: Fault, settings: ModelSettings, said: str) -> ModelError:
    """The error for an answer that is none, by its status and the words that say which."""
    endpoint, model = public_url(settings.base_url), settings.name
    if fault.no_credit:
        return OverloadedError(
            f"{endpoint} has no credit left for this key{said}",
            "Add credit or use another key; what was answered is in the cache.",
        )
    if fault.transient:
        return _to_overloaded(fault, settings, said)
    if fault.status == 200 or (fault.status == 400 and NO_PATH.search(fault.message)):
        return BadRequestError(
            f"{endpoint} answered, but not with a chat completion{said}",
            "Check the base URL: most end in /v1.",
        )
    if fault.status == 404 and not NO_MODEL.search(fault.text):
        return ModelNotFoundError(
            f"{endpoint} has no chat completions or no model {model} (404){said}",
            "Most base URLs end in /v1; check it, and the model's name.",
        )
    if fault.status in {400, 404, 422} and NO_MODEL.search(fault.text):
        return ModelNotFoundError(
            f"{endpoint} does not know the model {model}{said}",
            "Set [model] name or FACTCHECK_MODEL to one that the endpoint serves.",
        )
    return BadRequestError(
        f"{endpoint} rejected the request ({fault.status}){said}",
        "If it names an option, take that option out of [model].",
    )


def _to_overloaded(fault: Fault, settings: ModelSettings, said: str) -> OverloadedError:
    """The error for a failure that may pass: after all retries, or with too long a wait."""
    endpoint, minutes = public_url(settings.base_url), (fault.wait or 0.0) / 60
    if fault.waits_too_long(settings.retries):
        return OverloadedError(
            f"{endpoint} asks to wait {minutes:.0f} minutes ({fault.status}){said}",
            "Try again then; what was answered is in the cache.",
        )
    answered = "with an error" if fault.code == IN_ANSWER else fault.status
    return OverloadedError(
        f"{endpoint} answered {answered} after all retries{said}",
        "Try again later; what was answered is in the cache. A lower [model] concurrency helps.",
    )


def make_overflow(message: str) -> ContextOverflowError:
    """The error for a prompt that is too long, or was cut without a word."""
    return ContextOverflowError(
        message,
        "Use a model or server setting with a larger context (Ollama: "
        "OLLAMA_CONTEXT_LENGTH=32768; llama.cpp: --ctx-size; vLLM: --max-model-len), or a "
        "smaller [extract] window and [compare] tokens.",
    )


def make_no_key(settings: ModelSettings) -> NoKeyError:
    """The error where no model can be asked, with the possible ways to set one up."""
    key_name = settings.api_key_env
    lacking = f"no key in {key_name}" if settings.name else "no model is named"
    return NoKeyError(
        f"no model can be asked: {lacking}",
        f"Set {key_name} (and --model or FACTCHECK_MODEL); or use a local server, e.g. "
        "--base-url http://localhost:11434/v1 --model NAME for Ollama (llama.cpp: port 8080, "
        "vLLM: port 8000); or replay a recording with --replay FILE; or read side by side, without "
        "verdicts, with --engine reading.",
    )
