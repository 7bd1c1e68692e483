"""The archive of an evidence bundle: the specification's section 6, "Archive"."""

import re
import struct
import zlib

MAX_FILES, MAX_FILE, MAX_TOTAL = 65_000, 256_000_000, 1_000_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


class NotABundle(ValueError):
    """Why a file is not read as an evidence bundle; `fault` is a name of the specification."""

    def __init__(self, fault, entry=""):
        super().__init__(f"not an evidence bundle: {fault} {entry}".rstrip())
        self.fault, self.entry = fault, entry


def is_safe_name(name):
    return len(name) <= 200 and _NAME.fullmatch(name) is not None


def _require(holds, entry=""):
    if not holds:
        raise NotABundle("damaged", entry)


def _directory(data):
    """(count, offset, end) of the directory."""
    at = len(data) - 22
    if at < 0 or data[:4] != (_END if at == 0 else _LOCAL):
        raise NotABundle("notAnArchive")
    _require(data[at : at + 4] == _END)
    here, count, size, offset = struct.unpack_from("<HHII", data, at + 8)
    _require(here == count and offset + size == at)
    if count > MAX_FILES:
        raise NotABundle("tooLarge")
    return count, offset, at


def _entry(data, at):
    """(name, what an entry's own head repeats, packed size, size, offset), and where the next line begins."""
    _require(at + 46 <= len(data) and data[at : at + 4] == _CENTRAL)
    length = struct.unpack_from("<H", data, at + 28)[0]
    name = data[at + 46 : at + 46 + length].decode("utf-8", "replace")
    if not is_safe_name(name):
        raise NotABundle("unsafeName", name)
    flags, method = struct.unpack_from("<HH", data, at + 8)
    packed, size = struct.unpack_from("<II", data, at + 20)
    extra, offset = struct.unpack_from("<I", data, at + 30)[0], struct.unpack_from("<I", data, at + 42)[0]
    _require(extra == 0 and method == 8 and flags == 0, name)
    return (name, data[at + 6 : at + 30], packed, size, offset), at + 46 + length


def _unpack(name, packed, size):
    """Never more than was announced, so that a small file cannot fill the memory."""
    worker = zlib.decompressobj(-15)
    try:
        content = worker.decompress(packed, size + 1)
    except zlib.error as error:
        raise NotABundle("damaged", name) from error
    _require(len(content) == size and worker.eof and not worker.unused_data, name)
    return content


def _content(data, entry, at):
    name, shared, packed, size, offset = entry
    start = at + 30 + len(name)
    _require(offset == at and start + packed <= len(data), name)
    head = data[at : at + 30]
    same = head[:4] == _LOCAL and head[4:28] == shared and head[28:30] == b"\0\0"
    _require(same and data[at + 30 : start] == name.encode(), name)
    return _unpack(name, data[start : start + packed], size), start + packed


def read_archive(data):
    """The files by name; raises NotABundle."""
    count, offset, end = _directory(data)
    entries, at, total = [], offset, 0
    for _ in range(count):
        entry, at = _entry(data, at)
        total += entry[3]
        if entry[3] > MAX_FILE or total > MAX_TOTAL:
            raise NotABundle("tooLarge", entry[0])
        entries.append(entry)
    _require(at == end)
    files, folded, at = {}, set(), 0
    for entry in entries:
        name = entry[0]
        if name.lower() in folded:
            raise NotABundle("duplicateName", name)
        folded.add(name.lower())
        files[name], at = _content(data, entry, at)
    _require(at == offset)
    return files
