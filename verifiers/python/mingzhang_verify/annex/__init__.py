"""The annexes of the specification for programs: contracts.json (what they are) and records.json (what they look like)."""

import json
from functools import cache
from pathlib import Path


@cache
def read(name):
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
