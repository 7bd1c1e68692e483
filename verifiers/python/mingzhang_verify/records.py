"""What a record must look like: the table of the specification's section 3."""

import re
from datetime import datetime

from .canonical import NotCanonical, parse
from .log import leaf_hash


class NotARecord(ValueError):
    """The bytes are canonical JSON, but no record of the specification."""


def _matches(pattern):
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _integer(least, most=2**53 - 1):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_time(value):
    if not _matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")(value):
        return False
    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


HASH, ADDRESS = _matches(r"0x[0-9a-f]{64}"), _matches(r"0x[0-9a-f]{40}")
HEX = _matches(r"0x([0-9a-f]{2})+")
NUMBER, POSITIVE, SECONDS = _integer(0), _integer(1), _integer(0)
AREA = _matches(r"(0|[1-9]\d*)(\.\d{0,3}[1-9])?")
TEXT = lambda value: isinstance(value, str) and value != ""  # noqa: E731
_text_up_to = lambda most: lambda value: TEXT(value) and len(value.encode("utf-16-le")) <= 2 * most  # noqa: E731
ANY_TEXT = lambda value: isinstance(value, str)  # noqa: E731
BOOL = lambda value: isinstance(value, bool)  # noqa: E731


def one_of(*choices):
    return lambda value: any(value == choice and type(value) is type(choice) for choice in choices)


def list_of(item, least=0, most=None):
    return lambda value: (
        isinstance(value, list) and least <= len(value) <= (most or len(value)) and all(map(item, value))
    )


def fields(optional=(), **required):
    """An object with just these fields; a field that is not listed makes it invalid."""
    names, extra = set(required), set(optional)
    return lambda value: (
        isinstance(value, dict)
        and names - extra <= value.keys() <= names
        and all(required[name](inner) for name, inner in value.items())
    )


FIGURES = fields(heads=NUMBER, area=AREA)
DOCUMENT = fields(name=TEXT, sha256=HASH)
SEALABLE = lambda value: TEXT(value) or fields(sealed=HASH)(value)  # noqa: E731
COUNTED = {option: FIGURES for option in ("for", "against", "abstain", "invalid")}
PROFILE = fields(
    conflict=one_of("newestFirst", "oldestFirst", "paperFirst"),
    invalid=one_of("participates", "ignored"),
    deemed=one_of("none", "majority"),
    noticeSeconds=SECONDS,
    paperSeconds=SECONDS,
    revealSeconds=SECONDS,
    objectionSeconds=SECONDS,
    source=TEXT,
)
FACTOR = _matches(r"(0|[1-9]\d{0,3})(\.\d{0,3}[1-9])?")
PLAN = fields(
    fund=one_of("maintenance", "income"),
    budget=_matches(r"[1-9]\d{0,17}"),
    payee=fields(name=_text_up_to(100), accountTail=_matches(r"[0-9A-Z]{4}"), account=HASH),
    scope=fields(units=POSITIVE, sha256=HASH),
    rule=fields(["factors"], rule=one_of("area"), factors=list_of(fields(unit=TEXT, factor=FACTOR))),
)
REDACTOR = fields(office=TEXT, role=one_of("registrar", "committee"), signer=HEX, signature=HEX)

TYPES = {
    "community": dict(
        name=TEXT, chainId=POSITIVE, registry=ADDRESS, anchor=ADDRESS, assembly=ADDRESS, fund=ADDRESS,
        demonstration=BOOL, logKey=TEXT,
    ),
    "logKey": dict(key=TEXT),
    "roll": dict(
        roll=POSITIVE,
        scope=TEXT,
        source=HASH,
        voters=POSITIVE,
        totalArea=AREA,
        buildings=list_of(fields(building=TEXT, units=POSITIVE, heads=POSITIVE, area=AREA)),
        linesRoot=HASH,
        lines=HASH,
        areas=HASH,
    ),
    "keys": dict(roll=POSITIVE, page=NUMBER, kind=one_of(0, 1), count=POSITIVE, entries=HASH),
    "revocation": dict(roll=POSITIVE, page=NUMBER, position=NUMBER, reason=TEXT),
    "meeting": dict(
        roll=POSITIVE,
        title=TEXT,
        scope=TEXT,
        organiser=TEXT,
        contact=SEALABLE,
        motions=list_of(
            fields(
                ["plan"], title=TEXT, text=HASH, item=_integer(1, 9), documents=list_of(DOCUMENT), plan=PLAN
            ),
            least=1,
            most=16,
        ),
        noticeAt=SECONDS,
        opensAt=SECONDS,
        closesAt=SECONDS,
        profile=PROFILE,
    ),
    "extension": dict(meeting=POSITIVE, closesAt=SECONDS, reason=TEXT),
    "redaction": dict(
        record=NUMBER, leaf=HASH, path=TEXT, sealed=HASH, reason=TEXT, by=list_of(REDACTOR, least=2, most=2)
    ),
    "result": dict(
        meeting=POSITIVE,
        motions=list_of(
            fields(
                outcome=one_of("QuorumNotReached", "Adopted", "NotAdopted"),
                total=FIGURES,
                participating=FIGURES,
                origins=list_of(fields(origin=one_of("own", "paper"), **COUNTED)),
                **COUNTED,
            )
        ),
        batches=NUMBER,
        lapsed=list_of(NUMBER),
    ),
}
# Fields that a record of the type may leave out.
OPTIONAL = {"community": ("logKey",)}
COMMON = dict(v=one_of(1), community=TEXT, at=_is_time)


def parse_record(data):
    """The record that the bytes hold; raises NotCanonical or NotARecord."""
    record = parse(data)
    kind = record.get("type") if isinstance(record, dict) else None
    shape = TYPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise NotARecord(f"there is no record type {kind!r}")
    if not fields(OPTIONAL.get(kind, ()), type=TEXT, **COMMON, **shape)(record):
        raise NotARecord(f"a {kind} record has other fields")
    return record


def record_leaf(data):
    """The leaf hash of a record's bytes, or None where they are no record."""
    try:
        parse_record(data)
    except (NotCanonical, NotARecord):
        return None
    return leaf_hash(data)
