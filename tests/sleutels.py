"""What tests of logging in share: a passkey in software, and an app that makes codes."""

import json
import os
import time
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

GEZIEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Passkey:
    """A key as a phone keeps one. `gezien` says whether it looked at a finger or a face."""

    gezien: int = GEZIEN
    nummer: bytes = field(default_factory=lambda: os.urandom(32))
    sleutel: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    van: str = ""

    def maak(self, opties) -> str:
        """The answer of a browser that makes this key, as JSON."""
        asked = opties["publicKey"]
        self.van = asked["user"]["id"]
        public = AttestedCredentialData.create(
            Aaguid.NONE, self.nummer, ES256.from_cryptography_key(self.sleutel.public_key())
        )
        seen = self._gegevens(asked["rp"]["id"], self.gezien | AuthenticatorData.FLAG.AT, public)
        made = {"attestationObject": websafe_encode(AttestationObject.create("none", seen, {}))}
        client = CollectedClientData.create("webauthn.create", websafe_decode(asked["challenge"]), settings.SITE_URL)
        return self._antwoord(client, made, {"credProps": {"rk": True}})

    def toon(self, opties, *, site: str = "") -> str:
        """The answer of a browser that shows this key, as JSON. `site` is where it thinks it is."""
        asked = opties["publicKey"]
        seen = self._gegevens(asked["rpId"], self.gezien)
        client = CollectedClientData.create(
            "webauthn.get", websafe_decode(asked["challenge"]), site or settings.SITE_URL
        )
        signature = self.sleutel.sign(seen + sha256(client), ec.ECDSA(hashes.SHA256()))
        shown = {
            "authenticatorData": websafe_encode(seen),
            "signature": websafe_encode(signature),
            "userHandle": self.van,
        }
        return self._antwoord(client, shown, {})

    def _gegevens(self, site, flags, public=b""):
        return AuthenticatorData.create(sha256(site.encode()), flags, 0, public)

    def _antwoord(self, client, more, extensions):
        number = websafe_encode(self.nummer)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "response": {"clientDataJSON": websafe_encode(client), **more},
                "clientExtensionResults": extensions,
            }
        )


def code(secret: str, later: int = 0) -> str:
    """What an app shows now, or `later` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))
