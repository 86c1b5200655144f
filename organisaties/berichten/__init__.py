"""The outbox: a row for each e-mail, written in the transaction of its cause (`queue`) and sent later (`send_due`).

So no mail leaves for something that did not happen, and none is lost when a process or the mail server dies
(docs/decisions/014-uitgaande-mail.md).
"""

from __future__ import annotations

from organisaties.berichten.opstellen import LINK, MOST_PER_DAY, MOST_PER_HOUR, link_of, may_mail, queue, text_of
from organisaties.berichten.versturen import Ronde, message_of, requeue, send_due

__all__ = (
    "LINK",
    "MOST_PER_DAY",
    "MOST_PER_HOUR",
    "Ronde",
    "link_of",
    "may_mail",
    "message_of",
    "queue",
    "requeue",
    "send_due",
    "text_of",
)
