"""Keys and signatures: the specification's section 1."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from .curve import P256, recover, verify
from .keccak import keccak256

SECP256K1_KIND, P256_KIND = 0, 1
PLAIN, SHA256, WEBAUTHN = 0, 1, 2
SIGNATURE_BYTES = {SECP256K1_KIND: 64, P256_KIND: 96}
KEY_BYTES = {SECP256K1_KIND: 20, P256_KIND: 32}
_LOW_255_BITS = (1 << 255) - 1


def address_of(point):
    """The Ethereum address of a public key (x, y)."""
    return keccak256(point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big"))[12:]


def key_id(kind, x, y):
    return address_of((x, y)) if kind == SECP256K1_KIND else x.to_bytes(32, "big")


def signing_hash(form, digest, envelope=b""):
    """(M, whether the envelope is an assertion over the digest by a user present and verified)."""
    if form == PLAIN:
        return digest, True
    if form == SHA256:
        return sha256(digest).digest(), True
    if form == WEBAUTHN:
        return _webauthn_hash(digest, envelope)
    raise ValueError(f"there is no form {form}")


def _webauthn_hash(digest, envelope):
    split = 2 + int.from_bytes(envelope[:2], "big")
    if len(envelope) < 2 or split > len(envelope):
        return bytes(32), False
    authenticator, client = envelope[2:split], envelope[split:]
    challenge = urlsafe_b64encode(digest).rstrip(b"=")
    begins = client.startswith(b'{"type":"webauthn.get","challenge":"' + challenge + b'"')
    valid = begins and len(authenticator) >= 37 and _flags_hold(authenticator[32])
    return sha256(authenticator + sha256(client).digest()).digest(), valid


def _flags_hold(flags):
    """User present (0x01) and verified (0x04); backed up (0x10) only where eligible for it (0x08)."""
    return flags & 0x05 == 0x05 and (not flags & 0x10 or bool(flags & 0x08))


def signed_by(kind, key, message_hash, signature):
    """Whether the key of the roll signed the hash."""
    if len(signature) != SIGNATURE_BYTES[kind]:
        return False
    r = int.from_bytes(signature[:32], "big")
    s = int.from_bytes(signature[32:64], "big")
    if kind == SECP256K1_KIND:
        point = recover(message_hash, r, s & _LOW_255_BITS, s >> 255)
        return point is not None and address_of(point) == key
    public = (int.from_bytes(key, "big"), int.from_bytes(signature[64:], "big"))
    return verify(P256, message_hash, r, s, public)


def from_short(r, vs):
    """The 65-byte Ethereum signature of a short one (EIP-2098)."""
    word = int.from_bytes(vs, "big")
    return r + (word & _LOW_255_BITS).to_bytes(32, "big") + bytes([27 + (word >> 255)])


def recover_address(digest, signature):
    """The account behind a 65-byte Ethereum signature, or None."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        return None
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    point = recover(digest, r, s, signature[64] - 27)
    return point and address_of(point)
