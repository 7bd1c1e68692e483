"""Canonical JSON: RFC 8785 behind the strict guard of the specification's section 3."""

import json
import unicodedata

_SAFE = 2**53 - 1


class NotCanonical(ValueError):
    """The text is no record: not canonical, or not plain JSON."""


def _refuse_constant(name):
    raise NotCanonical(f"{name} is no JSON")


def _refuse_float(text):
    raise NotCanonical(f"{text} is not an integer")


def _unique(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("a key stands twice")
    return found


def canonical(value):
    """The canonical text of plain JSON. Keys are sorted by UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    # Python escapes just what RFC 8785 does, bar DEL, which both leave alone.
    return json.dumps(value, ensure_ascii=False)


def _require_plain(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            _require_plain(key)
            _require_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            _require_plain(inner)
    elif isinstance(value, str):
        value.encode()  # a lone surrogate has no bytes
        if unicodedata.normalize("NFC", value) != value:
            raise NotCanonical("a text is not in NFC")
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > _SAFE:
        raise NotCanonical("an integer is too large")


def parse(data):
    """The value of canonical bytes; raises NotCanonical for anything else."""
    try:
        text = data.decode()
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_float=_refuse_float, object_pairs_hook=_unique
        )
        _require_plain(value)
    except (UnicodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if canonical(value) != text:
        raise NotCanonical("the text is not in canonical form")
    return value
