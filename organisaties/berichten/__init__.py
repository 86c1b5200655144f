"""The outbox: a row for each e-mail, written in the transaction of its cause (`queue`) and sent later (`send_due`).

So no mail leaves for something that did not happen, and none is lost when a process or the mail server dies
(docs/decisions/014-uitgaande-mail.md).
"""

from __future__ import annotations

from organisaties.berichten.opstellen import (
    CODE_GELDIG,
    LINK,
    MOST_PER_DAY,
    MOST_PER_HOUR,
    code_of,
    link_of,
    may_mail,
    may_mail_melding,
    new_message_id,
    queue,
    queue_code,
    queue_melding,
    taal_of,
    text_of,
)
from organisaties.berichten.versturen import Ronde, message_of, requeue, send_due

__all__ = (
    "CODE_GELDIG",
    "LINK",
    "MOST_PER_DAY",
    "MOST_PER_HOUR",
    "Ronde",
    "code_of",
    "link_of",
    "may_mail",
    "may_mail_melding",
    "message_of",
    "new_message_id",
    "queue",
    "queue_code",
    "queue_melding",
    "requeue",
    "send_due",
    "taal_of",
    "text_of",
)
