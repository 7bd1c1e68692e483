"""What officers signed, most often two of them: the specification's section 1."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from .contracts import verifier_of
from .curve import P256, verify
from .keccak import keccak256
from .keys import recover_address

ROLES = {"registrar": 1, "committee": 2, "teller": 4, "relayer": 8, "auditor": 16, "approver": 32}


def roles_at(evidence, signer, log):
    """The roles that a signer held when the event happened."""
    identity, roles = keccak256(signer), 0
    for event in evidence.of_registry("OfficerSet"):
        if event.args["officerId"] == identity and event.log.position() < log.position():
            roles = event.args["roles"]
    return roles


def _point_signed(point, digest, rs):
    public = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    r, s = int.from_bytes(rs[:32], "big"), int.from_bytes(rs[32:], "big")
    return len(rs) == 64 and verify(P256, digest, r, s, public)


def _number(data, at):
    if at + 32 > len(data):
        raise ValueError("it ends too soon")
    value = int.from_bytes(data[at : at + 32], "big")
    if value > len(data):
        raise ValueError("it points outside")
    return value


def _bytes(data, at):
    offset = _number(data, at)
    length = _number(data, offset)
    content = data[offset + 32 : offset + 32 + length]
    if len(content) != length:
        raise ValueError("it ends too soon")
    return content


def _passkey_signed(point, digest, signature):
    """`abi.encode(r, s, challengeIndex, typeIndex, authenticatorData, clientDataJSON)`."""
    challenge_at, type_at = _number(signature, 64), _number(signature, 96)
    authenticator, client = _bytes(signature, 128), _bytes(signature, 160)
    challenge = b'"challenge":"' + urlsafe_b64encode(digest).rstrip(b"=") + b'"'
    asked = client.startswith(b'"type":"webauthn.get"', type_at) and client.startswith(challenge, challenge_at)
    if not asked or len(authenticator) < 37:
        return False
    flags = authenticator[32]
    if flags & 0x05 != 0x05 or (flags & 0x10 and not flags & 0x08):
        return False
    message = sha256(authenticator + sha256(client).digest()).digest()
    return _point_signed(point, message, signature[:64])


def _signed(evidence, digest, signer, signature):
    """Whether the officer signed; None where only a contract could tell."""
    if len(signer) == 20:
        if recover_address(digest, signature) == signer:
            return True
        return False if evidence.code.get(signer) == b"" else None
    verifier = verifier_of(evidence.code.get(signer[:20])) if len(signer) == 84 else None
    if verifier is None:
        return None
    try:
        if verifier == "webAuthnVerifier":
            return _passkey_signed(signer[20:], digest, signature)
        return _point_signed(signer[20:], sha256(digest).digest(), signature)
    except ValueError:
        return False


def attestation_fault(evidence, digest, roles, attestations, log):
    """What is wrong with an act that different officers of these roles had to sign; None when nothing is."""
    if len(attestations) != len(roles):
        return "malformed"
    signers = [one["signer"] for one in attestations]
    if len(set(signers)) < len(signers):
        return "wrongAuthority"
    if not all(roles_at(evidence, signer, log) & ROLES[role] for signer, role in zip(signers, roles)):
        return "wrongAuthority"
    verdicts = [_signed(evidence, digest, one["signer"], one["signature"]) for one in attestations]
    if False in verdicts:
        return "wrongSignature"
    return "unknownVerifier" if None in verdicts else None


TWO = ("registrar", "committee")
