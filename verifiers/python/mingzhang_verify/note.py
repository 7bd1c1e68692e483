"""Signed checkpoints: c2sp.org/signed-note, tlog-checkpoint and tlog-cosignature, as far as a bundle holds them."""

import re
from base64 import b64decode, b64encode
from binascii import Error
from hashlib import sha256

from .ed25519 import verify

_TYPES = {1: "log", 4: "cosignature"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_NUMBER = re.compile("0|[1-9][0-9]{0,19}")


class NotANote(ValueError):
    """The text is no signed checkpoint, or the key is none."""


def _base64(text):
    """Bytes of base64 in its one form; None for anything else."""
    try:
        data = b64decode(text, validate=True)
    except (Error, ValueError):
        return None
    return data if b64encode(data).decode() == text else None


def _is_name(name):
    return name != "" and "+" not in name and not re.search(r"\s", name)


class Key:
    """A verifier key `<name>+<key id>+<base64(type ‖ public key)>`."""

    def __init__(self, text):
        parts = re.fullmatch(r"([^+]*)\+([0-9a-f]{8})\+(.*)", text, re.DOTALL)
        data = parts and _base64(parts[3])
        if not parts or not _is_name(parts[1]) or not data or data[0] not in _TYPES or len(data) != 33:
            raise NotANote("badKey")
        self.name, self.type, self.public = parts[1], _TYPES[data[0]], data[1:]
        self.id = sha256(f"{self.name}\n".encode() + data).digest()[:4]
        if self.id.hex() != parts[2]:
            raise NotANote("badKey")

    def signed(self, text, signature):
        if self.type == "log":
            return verify(self.public, text.encode(), signature)
        time = int.from_bytes(signature[:8], "big")
        if len(signature) != 72 or time >= 2**63:
            return False
        return verify(self.public, f"cosignature/v1\ntime {time}\n{text}".encode(), signature[8:])


def _signature_line(line):
    name, _, rest = line.removeprefix("— ").partition(" ")
    data = _base64(rest)
    if not line.startswith("— ") or not _is_name(name) or data is None or len(data) < 5:
        raise NotANote("badSignatureLine")
    return name, data[:4], data[4:]


def _open(note):
    """(text before the empty line, signatures)."""
    if len(note) > 1_000_000 or _CONTROL.search(note):
        raise NotANote("controlCharacter")
    head, split, tail = note.rpartition("\n\n")
    if not split or not tail.endswith("\n"):
        raise NotANote("noSignatures")
    lines = tail[:-1].split("\n")
    if len(lines) > 100:
        raise NotANote("tooLong")
    return head, [_signature_line(line) for line in lines]


def read_promise(note, keys):
    """(origin, meeting, leaf, when it was taken in, whether one of the keys signed it and none wrongly)."""
    head, signatures = _open(note)
    parts = head.split("\n")
    sound = len(parts) == 5 and parts[0] == "mingzhang-promise/v1"
    if not sound or not all(_NUMBER.fullmatch(part) and int(part) < 2**53 for part in (parts[2], parts[4])):
        raise NotANote("noPromise")
    known = {(key.name, key.id): key for key in map(Key, keys)}
    signed = [known[name, key_id].signed(head + "\n", own) for name, key_id, own in signatures if (name, key_id) in known]
    return parts[1], int(parts[2]), parts[3], int(parts[4]), bool(signed) and all(signed)


def read_checkpoint(note, key):
    """(origin, size, root, whether `key` signed it and no signature under its name and id is wrong)."""
    head, signatures = _open(note)
    text = head + "\n"
    origin, size, root, *extensions = [*head.split("\n"), "", ""]
    root = _base64(root)
    # Two empty lines were added above, so that short texts have all three parts.
    sound = origin != "" and _NUMBER.fullmatch(size) and int(size) < 2**64 and root is not None and len(root) == 32
    if not sound or "" in extensions[:-2]:
        raise NotANote("badCheckpoint")
    own = [signature for name, key_id, signature in signatures if (name, key_id) == (key.name, key.id)]
    return origin, int(size), root, bool(own) and all(key.signed(text, signature) for signature in own)
