"""The part of JSON Schema in which the specification's annex says what records look like."""

import re
from functools import cache

_KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}


def closed(**properties):
    """The form of an object with these fields and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


@cache
def _pattern(text):
    # Only ASCII digits are digits, as in the language in which the annex's patterns are written.
    return re.compile(text, re.ASCII)


def _is_kind(kind, value):
    if kind in ("integer", "number"):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, _KINDS[kind])


def _same(a, b):
    return type(a) is type(b) and a == b


def _text_fits(schema, value):
    return (
        schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        and ("pattern" not in schema or _pattern(schema["pattern"]).fullmatch(value) is not None)
    )


def _list_fits(schema, value, root):
    heads = schema.get("prefixItems", [])
    rest = schema.get("items", True)
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    if len(value) > len(heads) and rest is False:
        return False
    if not all(fits(head, item, root) for head, item in zip(heads, value)):
        return False
    return rest in (True, False) or all(fits(rest, item, root) for item in value[len(heads) :])


def _object_fits(schema, value, root):
    known = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    names = schema.get("propertyNames")
    if not all(name in value for name in schema.get("required", [])):
        return False
    for name, inner in value.items():
        if names is not None and not fits(names, name, root):
            return False
        own = known.get(name, other)
        if own is False or (own is not True and not fits(own, inner, root)):
            return False
    return True


def fits(schema, value, root):
    """Whether a value has the form; `root` holds what `$ref` names."""
    if "$ref" in schema:
        named = schema["$ref"].removeprefix("#/$defs/")
        return fits(root["$defs"][named], value, root)
    # Where one of several must fit, a constant tells them apart, so that no two do.
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return any(fits(choice, value, root) for choice in choices)
    if "const" in schema and not _same(schema["const"], value):
        return False
    if "enum" in schema and not any(_same(choice, value) for choice in schema["enum"]):
        return False
    kind = schema.get("type")
    if kind is not None and not _is_kind(kind, value):
        return False
    if kind in ("integer", "number"):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if kind == "string":
        return _text_fits(schema, value)
    if kind == "array":
        return _list_fits(schema, value, root)
    return kind != "object" or _object_fits(schema, value, root)
