"""RLP, in its one canonical form (Yellow Paper, appendix B)."""


def encode(item):
    """Bytes, integers (as their shortest bytes) and lists of them."""
    if isinstance(item, list):
        body = b"".join(map(encode, item))
        return _length(len(body), 0xC0) + body
    if isinstance(item, int):
        item = item.to_bytes((item.bit_length() + 7) // 8, "big")
    if len(item) == 1 and item[0] < 0x80:
        return item
    return _length(len(item), 0x80) + item


def _length(length, base):
    if length < 56:
        return bytes([base + length])
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([base + 55 + len(size)]) + size


def decode(data):
    """What the bytes say; raises ValueError where they say nothing, or something follows."""
    item, end = _item(data, 0)
    if end != len(data):
        raise ValueError("something follows")
    return item


def decode_list(data):
    item = decode(data)
    if not isinstance(item, list):
        raise ValueError("a list was expected")
    return item


def _item(data, at):
    if at >= len(data):
        raise ValueError("the data ends too soon")
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    base = 0xC0 if first >= 0xC0 else 0x80
    start, end = _body(data, at, first - base)
    if base == 0x80:
        if end - start == 1 and data[start] < 0x80:
            raise ValueError("a byte has a shorter form")
        return data[start:end], end
    items = []
    while start < end:
        item, start = _item(data, start)
        items.append(item)
    if start != end:
        raise ValueError("a list ends inside an item")
    return items, end


def _body(data, at, size):
    """Where the content begins and ends."""
    start = at + 1
    if size > 55:
        width = size - 55
        length = data[start : start + width]
        if len(length) < width or length[0] == 0:
            raise ValueError("a length is malformed")
        size, start = int.from_bytes(length, "big"), start + width
        if size < 56:
            raise ValueError("a length has a shorter form")
    if start + size > len(data):
        raise ValueError("the data ends too soon")
    return start, start + size
