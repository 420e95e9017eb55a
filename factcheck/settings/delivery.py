"""Settings of delivery: to whom an edition goes, and through what.

Nothing here is a secret: passwords and chat URLs are named by the environment variables
that hold them. The names are upper case, so that a secret pasted in their place is
refused, and without being shown.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from factcheck.errors import UsageError
from factcheck.settings.table import Table
from factcheck.settings.urls import parse_address

USUAL_PORTS = MappingProxyType({"starttls": 587, "tls": 465, "none": 25})
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*")
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")


def check_variable(name: str) -> str:
    """The name of an environment variable; else a `UsageError` that does not repeat it."""
    if not VARIABLE.fullmatch(name):
        # No ValueError: pydantic would hand the value, maybe a secret, to whoever explains it.
        raise UsageError(
            "delivery: a name of an environment variable is needed, upper case such as CHAT_URL",
            "Secrets do not belong into the file: put the value into a variable, and name that.",
        )
    return name


def check_address(address: str) -> str:
    """A plain mail address in ASCII, without a display name; else a ValueError."""
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise ValueError("not a plain mail address such as desk@example.org")
    return address


def check_host(host: str) -> str:
    """A host name or an IP address; else a ValueError."""
    if not HOST.fullmatch(host) and parse_address(host) is None:
        raise ValueError("not a host name such as smtp.example.org")
    return host


Address = Annotated[str, AfterValidator(check_address)]
Variable = Annotated[str, AfterValidator(check_variable)]


class MailSettings(Table):
    """`[delivery.mail]`: the server that takes the mail, and who gets it.

    `security` "starttls" and "tls" both check the server's certificate; "none" is for a
    server on this machine, elsewhere only with `allow_plain`. `timeout` is in seconds, for
    each step up to the sending itself.
    """

    host: Annotated[str, AfterValidator(check_host)]
    port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    allow_plain: bool = False
    user: str = ""
    password_env: Variable | None = None
    sender: Address
    to: Annotated[tuple[Address, ...], Field(min_length=1)]
    reply_to: Address | None = None
    timeout: Annotated[float, Field(gt=0, le=600)] = 30

    @model_validator(mode="after")
    def check_login(self) -> Self:
        """Require a password for a user, and encryption for what leaves this machine."""
        if bool(self.user) != bool(self.password_env):
            raise ValueError("user and password_env are only of use together")
        if not (self.user.isascii() and self.user.isprintable()):
            raise ValueError("user holds a character that SMTP does not take")
        if self.security == "none" and not (self.allow_plain or _is_loopback(self.host)):
            raise ValueError('security "none" beyond this machine needs allow_plain = true')
        return self

    @property
    def usual_port(self) -> int:
        """The port that is set, else the usual one for the security."""
        return self.port or USUAL_PORTS[self.security]


class ChatSettings(Table):
    """`[delivery.chat]`: names of environment variables, each with one Apprise URL."""

    urls_env: tuple[Variable, ...] = ()


class DeliverySettings(Table):
    """`[delivery]`: where an edition is sent besides its pages; nowhere by default."""

    mail: MailSettings | None = None
    chat: ChatSettings = ChatSettings()


def _is_loopback(host: str) -> bool:
    address = parse_address(host)
    return host == "localhost" or bool(address and address.is_loopback)
