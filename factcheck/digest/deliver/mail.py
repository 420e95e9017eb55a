"""Compose a mail of an edition, and send it to one recipient.

Each recipient gets a message and an SMTP transaction of their own, so that one bad
address stops nobody else's mail and the ledger is exact. The message depends on its
arguments alone: the same edition makes the same mail with the same Message-ID.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from factcheck.digest.deliver.ledger import Leaving, SendResult
from factcheck.digest.publish.mail import Mail
from factcheck.language.visible import clean_line, clean_text
from factcheck.settings.delivery import MailSettings

DATA_PATIENCE = 300.0  # seconds; servers look for spam and viruses before they answer
QUIT_PATIENCE = 5.0  # seconds; all is said by then
LONGEST_REPLY = 200


def compose(
    mail: Mail, edition: str, made: datetime, settings: MailSettings, recipient: str
) -> EmailMessage:
    """Compose the message for one recipient; `made` is an aware time. No text can become a header.

    Lines are at most 76 characters of ASCII (quoted-printable), so any server takes it.
    """
    domain = settings.sender.rpartition("@")[2]
    key = hashlib.sha256(f"{edition}\n{recipient}".encode()).hexdigest()[:32]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean_line(mail.subject)
    message["From"] = settings.sender
    message["To"] = recipient
    if settings.reply_to:
        message["Reply-To"] = settings.reply_to
    message["Date"] = made
    message["Message-ID"] = f"<{key}@{domain}>"
    message["List-Id"] = f"<factcheck-digest.{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes come back
    message.set_content(clean_text(mail.text), cte="quoted-printable")
    message.add_alternative(clean_text(mail.html), subtype="html", cte="quoted-printable")
    # The library would draw it at random.
    message.set_boundary(f"=_{key}")
    return message


def send_mail(
    message: EmailMessage, settings: MailSettings, environ: Mapping[str, str], leaving: Leaving
) -> SendResult:
    """Send a message to its recipient; never raises for trouble with the server.

    `leaving` is called once the server has accepted sender and recipient, before the text.
    What goes wrong earlier is a failure. What goes wrong later, other than by an answer of
    the server, is unknown; and what happens after the acceptance no longer matters.
    """
    password, problem = _find_password(settings, environ)
    if problem:
        return SendResult("failed", problem)
    try:
        with _session(settings, password) as smtp:
            _address(smtp, settings.sender, message["To"])
            leaving()
            return _data(smtp, message, password)
    except (OSError, ValueError) as error:
        return _failure(error, password)


def check_mail(settings: MailSettings, environ: Mapping[str, str]) -> str:
    """Log in without sending; return what prevents sending, "" for nothing."""
    password, problem = _find_password(settings, environ)
    if problem:
        return problem
    try:
        with _session(settings, password):
            return ""
    except (OSError, ValueError) as error:
        return _failure(error, password).detail


def _find_password(settings: MailSettings, environ: Mapping[str, str]) -> tuple[str, str]:
    """The password, and what is wrong with it, "" for nothing."""
    password = environ.get(settings.password_env or "", "").strip()
    problem = ""
    if settings.password_env and not password:
        problem = f"the environment variable {settings.password_env} is not set"
    elif not (password.isascii() and password.isprintable()):
        problem = f"{settings.password_env} holds a character that SMTP does not take"
    return password, problem


@contextmanager
def _session(settings: MailSettings, password: str) -> Iterator[smtplib.SMTP]:
    """An SMTP session that is encrypted and logged in as set, and closed with QUIT."""
    host, port, timeout = settings.host, settings.usual_port, settings.timeout
    context = ssl.create_default_context()
    with closing(
        smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
        if settings.security == "tls"
        else smtplib.SMTP(host, port, timeout=timeout)
    ) as smtp:
        smtp.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if settings.user:
            smtp.login(settings.user, password)
        yield smtp
        if smtp.sock is not None:
            smtp.sock.settimeout(min(QUIT_PATIENCE, timeout))
        with suppress(OSError):
            smtp.quit()


def _address(smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
    for code, reply in (smtp.mail(sender), smtp.rcpt(recipient)):
        if code not in {250, 251}:
            raise smtplib.SMTPResponseException(code, reply)


def _data(smtp: smtplib.SMTP, message: EmailMessage, password: str) -> SendResult:
    if smtp.sock is not None:
        smtp.sock.settimeout(max(DATA_PATIENCE, smtp.timeout))
    try:
        code, reply = smtp.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        return _failure(error, password)
    except OSError:
        return SendResult("unknown", "the connection broke while the mail was being sent")
    if code == 250:
        return SendResult("sent")
    return _failure(smtplib.SMTPDataError(code, reply), password)


def _failure(error: Exception, password: str) -> SendResult:
    """The outcome for an error before the mail was accepted: nothing went out."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # A server may repeat what it was sent, so its words are not shown here.
        detail = f"the server did not accept user and password ({error.smtp_code})"
        return SendResult("failed", detail, again=error.smtp_code < 500)
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
        detail = _show_words(f"the server answered {error.smtp_code} {words}", password)
        return SendResult("failed", detail, again=error.smtp_code < 500)
    if isinstance(error, ssl.SSLCertVerificationError):
        return SendResult("failed", f"the certificate is not accepted: {error.verify_message}")
    if type(error) is smtplib.SMTPException:
        return SendResult("failed", "the server and this program know no common way to log in")
    apart = isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError | ValueError)
    lacking = "common ground with" if apart else "connection to"
    detail = _show_words(f"no {lacking} the server: {error}", password)
    return SendResult("failed", detail, again=not apart, down=not apart)


def _show_words(words: str, password: str) -> str:
    """Words of a server, fit to be shown: one short line without the password."""
    return clean_line(words.replace(password, "…") if password else words)[:LONGEST_REPLY]
