"""What a record must look like: the specification's section 3 and its annex of records."""

from .annex import read
from .canonical import NotCanonical, parse
from .log import leaf_hash
from .shape import fits


class NotARecord(ValueError):
    """The bytes are canonical JSON, but no record of the specification."""


def parse_record(data):
    """The record that the bytes hold; raises NotCanonical or NotARecord."""
    record = parse(data)
    kind = record.get("type") if isinstance(record, dict) else None
    shapes = read("records")
    shape = shapes["types"].get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise NotARecord(f"there is no record type {kind!r}")
    if not fits(shape, record, shapes):
        raise NotARecord(f"a {kind} record has other fields")
    return record


def record_leaf(data):
    """The leaf hash of a record's bytes, or None where they are no record."""
    try:
        parse_record(data)
    except (NotCanonical, NotARecord):
        return None
    return leaf_hash(data)


def document_fits(name, value):
    """Whether a document has the form that the annex gives it: `lines` is the published lines of a roll."""
    shapes = read("records")
    return fits(shapes["documents"][name], value, shapes)
