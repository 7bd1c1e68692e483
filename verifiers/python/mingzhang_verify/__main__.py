"""python3 -m mingzhang_verify bundle <file> [--json] [--validators <address,...>] | vectors <folder>"""

import argparse
import json
import sys
from pathlib import Path

from . import vectors
from .archive import NotABundle, read_archive
from .verify import verify_bundle

_EXIT = {"ok": 0, "failed": 1, "incomplete": 2}
_MARK = {"ok": "✔", "failed": "✘", "notChecked": "?"}
_SENTENCE = {
    "ok": "✔ Everything agrees.",
    "failed": "✘ Something does not agree.",
    "incomplete": "? Nothing was found wrong, but not everything could be checked.",
}


def _lines(checks):
    for check in checks:
        detail = f" ({check['detail']})" if "detail" in check else ""
        yield f"{_MARK[check['status']]} {check['name']} {check['subject']}".rstrip() + detail
        if check["status"] == "failed":
            yield f"    expected {json.dumps(check['expected'], ensure_ascii=False)}"
            yield f"    found    {json.dumps(check['found'], ensure_ascii=False)}"


def _render(report):
    yield from _lines(report["checks"])
    for part in report.get("meetings", []):
        yield f"\nMeeting {part['meeting']}"
        yield from _lines(part["checks"])
    if "funds" in report:
        yield "\nFunds"
        yield from _lines(report["funds"]["checks"])
    if dispute := report.get("dispute"):
        yield f"\nThe claim: {dispute['outcome']} ({dispute['reason']})"
    yield "\n" + _SENTENCE[report["verdict"]]


def _bundle(given):
    validators = [bytes.fromhex(one.removeprefix("0x")) for one in given.validators.split(",") if one]
    try:
        report = verify_bundle(read_archive(Path(given.file).read_bytes()), validators)
    except (OSError, NotABundle) as error:
        print(f"{given.file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report, ensure_ascii=False, indent=2) if given.json else "\n".join(_render(report)))
    return _EXIT[report["verdict"]]


def main():
    parser = argparse.ArgumentParser(prog="mingzhang_verify", description=__doc__)
    commands = parser.add_subparsers(required=True)
    bundle = commands.add_parser("bundle", help="verify an evidence bundle")
    bundle.add_argument("file")
    bundle.add_argument("--json", action="store_true")
    bundle.add_argument("--validators", default="")
    bundle.set_defaults(run=_bundle)
    cases = commands.add_parser("vectors", help="run the vectors of the specification")
    cases.add_argument("folder")
    cases.set_defaults(run=lambda given: vectors.main(given.folder))
    given = parser.parse_args()
    return given.run(given)


if __name__ == "__main__":
    sys.exit(main())
