"""One tree of errors: each has a message, a hint for the person, and an exit code.

What each exit code means stands in the README; 0 is a whole report.
"""

from __future__ import annotations

import copyreg

BUG, USAGE, NO_ARTICLES, PARTIAL, MODEL, RECORDING, INTERRUPTED = 1, 2, 3, 4, 5, 6, 130
UNDELIVERED, STORE, BUSY = 7, 8, 9


class FactcheckError(Exception):
    """Base of all errors that a person can do something about."""

    exit_code = BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and pickled by the attributes, for `__init__` differs between the errors."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class UsageError(FactcheckError):
    """Arguments or configuration cannot be used."""

    exit_code = USAGE


class MissingExtraError(UsageError):
    """A command needs an optional part of the program, such as "digest", that is not installed."""

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(
            f"this needs factcheck[{extra}]: {package} is not installed",
            f'Run: pip install "factcheck[{extra}]"',
        )


class NoArticlesError(FactcheckError):
    """Nothing that could be read is left to compare."""

    exit_code = NO_ARTICLES


class RecordingError(FactcheckError):
    """A recording is missing, unreadable, or does not hold the request made."""

    exit_code = RECORDING


class StoreError(FactcheckError):
    """The store of the digest cannot be opened or used."""

    exit_code = STORE


class BusyError(FactcheckError):
    """Another run makes an edition from the same store."""

    exit_code = BUSY


class InterruptedRunError(FactcheckError):
    """Somebody stopped the run; the hint says what is kept of it."""

    exit_code = INTERRUPTED


class ModelError(FactcheckError):
    """A call to the model failed in the end."""

    exit_code = MODEL


class NoKeyError(ModelError):
    """No endpoint or key is configured."""


class AuthenticationError(ModelError):
    """The endpoint did not accept the key."""


class ModelNotFoundError(ModelError):
    """The endpoint does not know the model."""


class UnreachableError(ModelError):
    """The endpoint did not answer, or broke off, after all retries."""


class OverloadedError(ModelError):
    """The endpoint answered 429 or 5xx after all retries."""


class BudgetReachedError(ModelError):
    """A live call was not made, for the limit of calls or costs is reached."""


class BadRequestError(ModelError):
    """The endpoint rejected the request for another reason."""


class RefusedError(ModelError):
    """The model refused to answer."""


class ContentFilteredError(ModelError):
    """A content filter of the endpoint stopped the prompt or the answer."""


class TruncatedError(ModelError):
    """The answer was cut off at the output limit."""


class ContextOverflowError(ModelError):
    """The prompt does not fit the model's context."""


class InvalidAnswerError(ModelError):
    """The answer did not fit the schema, also after a re-ask."""
