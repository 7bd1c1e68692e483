"""The part of Ethereum's ABI that the specification uses: encoding of values, decoding of calls and events.

A type is its text: "uint256", "bytes32", "bytes", "string", "bool", "address", "T[]", "T[2]", or a tuple "(T,U)".
"""


def split_tuple(inner):
    """The types between a tuple's parentheses."""
    parts, depth, start = [], 0, 0
    for i, char in enumerate(inner):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append(inner[start:i])
            start = i + 1
    return parts + [inner[start:]] if inner else []


def _item_of(kind):
    """("T", length) of an array type, length None where it varies; None for what is no array."""
    if not kind.endswith("]"):
        return None
    start = kind.rindex("[")
    return kind[:start], int(kind[start + 1 : -1]) if kind[start + 1 : -1] else None


def is_dynamic(kind):
    if kind in ("bytes", "string"):
        return True
    array = _item_of(kind)
    if array:
        return array[1] is None or is_dynamic(array[0])
    return kind.startswith("(") and any(map(is_dynamic, split_tuple(kind[1:-1])))


def head_size(kind):
    """Bytes that a value takes in the head of what holds it."""
    if is_dynamic(kind):
        return 32
    array = _item_of(kind)
    if array:
        return array[1] * head_size(array[0])
    return sum(map(head_size, split_tuple(kind[1:-1]))) if kind.startswith("(") else 32


def encode(kinds, values):
    """abi.encode(values)."""
    heads, tails, offset = [], [], sum(map(head_size, kinds))
    for kind, value in zip(kinds, values, strict=True):
        data = encode_value(kind, value)
        if is_dynamic(kind):
            heads.append((offset + sum(map(len, tails))).to_bytes(32, "big"))
            tails.append(data)
        else:
            heads.append(data)
    return b"".join(heads + tails)


def encode_value(kind, value):
    array = _item_of(kind)
    if array:
        item, length = array
        body = encode([item] * len(value), value)
        return body if length is not None else len(value).to_bytes(32, "big") + body
    if kind.startswith("("):
        return encode(split_tuple(kind[1:-1]), value)
    if kind in ("bytes", "string"):
        data = value.encode() if kind == "string" else value
        return len(data).to_bytes(32, "big") + data + bytes(-len(data) % 32)
    if kind.startswith("bytes"):
        return value + bytes(32 - len(value))
    if kind == "address":
        return value.rjust(32, b"\0")
    return int(value).to_bytes(32, "big")


def decode(kinds, data):
    """The values of abi.encode; raises ValueError where the bytes end too soon or point outside."""
    values, at = [], 0
    for kind in kinds:
        start = _word(data, at) if is_dynamic(kind) else at
        values.append(_decode_value(kind, data, start))
        at += head_size(kind)
    return values


def _word(data, at):
    if at < 0 or at + 32 > len(data):
        raise ValueError("the data ends too soon")
    return int.from_bytes(data[at : at + 32], "big")


def _decode_value(kind, data, at):
    array = _item_of(kind)
    if array:
        item, length = array
        if length is None:
            length, at = _word(data, at), at + 32
            if length * head_size(item) > len(data):
                raise ValueError("an array is longer than the data")
        return decode([item] * length, data[at:])
    if kind.startswith("("):
        return decode(split_tuple(kind[1:-1]), data[at:])
    word = _word(data, at)
    if kind in ("bytes", "string"):
        content = data[at + 32 : at + 32 + word]
        if len(content) != word:
            raise ValueError("the data ends too soon")
        return content.decode() if kind == "string" else content
    if kind.startswith("bytes"):
        return data[at : at + int(kind[5:])]
    if kind == "address":
        return data[at + 12 : at + 32]
    return word != 0 if kind == "bool" else word
