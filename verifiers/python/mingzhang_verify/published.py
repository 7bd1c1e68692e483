"""Records that the chain refers to by their leaf: the specification's section 10, "Records that the chain names"."""


def find_published(checks, name, candidates, proven, leaf, expected, fields, subject=""):
    """The record with this leaf, if it says what the chain says."""
    found = next((record for record in candidates if record.leaf == leaf), None)
    if found is None:
        other = next((record for record in candidates if record.index in proven), None)
        if other:
            checks.that(False, name, subject, leaf, other.leaf, "differs")
        else:
            checks.skip(name, subject, "dependsOnFailed" if candidates else "missing")
        return None
    return found.value if checks.equal(name, expected, fields(found.value), subject) else None


def area_text(area):
    """1e-4 m² as the shortest decimal text of m²."""
    whole, rest = divmod(area, 10_000)
    return str(whole) + (f".{rest:04}".rstrip("0") if rest else "")


def area_number(text):
    whole, _, rest = text.partition(".")
    return int(whole + rest.ljust(4, "0"))


def figures(heads, area):
    return {"heads": heads, "area": area_text(area)}


def hex_of(data):
    return "0x" + data.hex()
