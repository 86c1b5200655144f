"""What people do: each deed shows all that it does, in order, in one transaction."""

from organisaties.actions.aanvragen import (
    MOST_ANSWERS,
    Veranderd,
    answer_aanvraag,
    approve_aanvraag,
    ask_aanvraag,
    clear_aanvraag,
    close_gesprek,
    confirm_aanvraag,
    note_aanvraag,
    reject_aanvraag,
    reopen_aanvraag,
    start_gesprek,
    submit_aanvraag,
    take_aanvraag,
    withdraw_aanvraag,
)
from organisaties.actions.bewerken import (
    bring_back,
    change_activiteit,
    confirm_activiteit,
    copy_activiteit,
    put_version_back,
    store_entry,
    take_away,
)
from organisaties.actions.meldingen import close_melding, release_melding, submit_melding
from organisaties.actions.organisaties import change_status, remove_logo, replace_logo, store_logo
from organisaties.actions.personen import erase_persoon, export_persoon, find_persoon, steps_to_erase
from organisaties.actions.uitnodigingen import accept_uitnodiging, invite_collega, remove_beheerder, renew_uitnodiging
from organisaties.actions.zoeken import count_missed

__all__ = (
    "MOST_ANSWERS",
    "Veranderd",
    "accept_uitnodiging",
    "answer_aanvraag",
    "approve_aanvraag",
    "ask_aanvraag",
    "bring_back",
    "change_activiteit",
    "change_status",
    "clear_aanvraag",
    "close_gesprek",
    "close_melding",
    "confirm_aanvraag",
    "confirm_activiteit",
    "copy_activiteit",
    "count_missed",
    "erase_persoon",
    "export_persoon",
    "find_persoon",
    "invite_collega",
    "note_aanvraag",
    "put_version_back",
    "reject_aanvraag",
    "release_melding",
    "remove_beheerder",
    "remove_logo",
    "renew_uitnodiging",
    "reopen_aanvraag",
    "replace_logo",
    "start_gesprek",
    "steps_to_erase",
    "store_entry",
    "store_logo",
    "submit_aanvraag",
    "submit_melding",
    "take_aanvraag",
    "take_away",
    "withdraw_aanvraag",
)
