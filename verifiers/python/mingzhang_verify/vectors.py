"""Runs the vectors of the specification (test/vectors/v1): python3 -m mingzhang_verify.vectors <folder>."""

import json
import sys
from pathlib import Path

from . import ballots, eip712, fund, keys, plan, records, roll, tree
from .checks import Checks
from .dispute import decide_claim
from .keccak import keccak256


def to_bytes(text):
    return bytes.fromhex(text.removeprefix("0x"))


def to_hex(data):
    return "0x" + data.hex()


def _message(given):
    name, domain = given["type"], given["domain"]
    kinds = dict(reversed(field.split(" ")) for field in eip712.TYPES[name].split(","))
    message = {key: _field(kinds[key], value) for key, value in given["message"].items()}
    contract = domain.get("verifyingContract")
    return to_hex(eip712.digest(name, message, domain["chainId"], contract and to_bytes(contract)))


def _field(kind, value):
    if kind.endswith("[]"):
        return [_field(kind[:-2], item) for item in value]
    if kind.startswith("bytes"):
        return to_bytes(value)
    return int(value) if kind.startswith("uint") else value


def _signature(given):
    envelope = to_bytes(given.get("envelope", "0x"))
    message_hash, valid = keys.signing_hash(given["form"], to_bytes(given["digest"]), envelope)
    return valid and keys.signed_by(
        given["kind"], to_bytes(given["keyId"]), message_hash, to_bytes(given["signature"])
    )


def _key_id(given):
    point = to_bytes(given["point"])
    return to_hex(keys.key_id(given["kind"], int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")))


def _ballot_digest(given):
    domain = given["domain"]
    contract = to_bytes(domain["verifyingContract"])
    sheet = ballots.sheet_digest(
        given["meeting"], given["answers"], given["motions"], domain["chainId"], contract
    )
    return to_hex(sheet)


def _record(given):
    leaf = records.record_leaf(given["text"].encode())
    return leaf and to_hex(leaf)


def _key_page(given):
    bindings = [(row["voter"], to_bytes(row["keyId"])) for row in given["bindings"]]
    return to_hex(roll.encode_key_page(bindings))


def _paper_leaf(given):
    sheet = ballots.paper_digest(given["meeting"], given["answers"])
    return to_hex(ballots.paper_leaf(given["voter"], sheet, to_bytes(given["scan"])))


def _tally(given):
    lanes = {option: (lane["heads"], int(lane["areaE4"])) for option, lane in given.items()}
    word = ballots.tally_word(lanes)
    assert ballots.read_tally_word(word) == lanes
    return to_hex(word.to_bytes(32, "big"))


def _payee_hash(given):
    return plan.payee_hash(given["name"], given["accountTail"], to_bytes(given["account"]))


def _plan_hash(given):
    return plan.plan_hash(
        given["fund"],
        int(given["budget"]),
        _payee_hash(given["payee"]),
        to_bytes(given["scope"]["sha256"]),
        plan.rule_hash(given["rule"]),
    )


def _milestones_hash(given):
    return plan.milestones_hash([(part["title"], int(part["amount"])) for part in given])


def _terms(given):
    return to_hex(plan.terms_hash(_plan_hash(given["plan"]), _milestones_hash(given["milestones"])))


def _numbers(texts):
    return [int(text) for text in texts]


def _apportion(given):
    units = [(row["unit"], int(row["areaE4"]), int(row["factorE6"])) for row in given["units"]]
    return [str(share) for share in fund.apportion(int(given["amount"]), units)]


def _sum_leaf(given):
    return to_hex(fund.leaf(given["tree"], to_bytes(given["salt"]), given["unit"], _numbers(given["figures"]))[0])


def _node(given):
    return to_bytes(given["hash"]), _numbers(given["sums"])


def _as_json(node):
    return {"hash": to_hex(node[0]), "sums": [str(value) for value in node[1]]}


def _unit_tree(given):
    rows = [(row["building"], row["unit"], to_bytes(row["salt"]), _numbers(row["figures"])) for row in given["units"]]
    return _as_json(fund.unit_tree(given["tree"], rows))


def _sum_proof(given):
    own = given["leaf"]
    leaf = (to_bytes(own["salt"]), own["unit"], _numbers(own["figures"]))
    steps = [(step["side"], *_node(step)) for step in given["steps"]]
    return fund.is_in_sum(_node(given["root"]), given["tree"], leaf, steps)


def _dispute(given):
    checks = Checks()
    files = {name: text.encode() for name, text in given["files"].items()}
    found = decide_claim(files, given["view"], given["community"], checks)
    lines = [f"{one['status']} {one['name']} {one.get('detail', '')}".rstrip() for one in checks.list]
    return {"outcome": found["outcome"], "reason": found["reason"], "checks": sorted(lines)}


KINDS = {
    "dispute": _dispute,
    "apportion": _apportion,
    "sumLeaf": _sum_leaf,
    "sumNode": lambda given: _as_json(fund.join(_node(given["left"]), _node(given["right"]))),
    "unitTree": _unit_tree,
    "sumProof": _sum_proof,
    "lineLeaf": lambda given: to_hex(
        roll.line_leaf(to_bytes(given["salt"]), given["unit"], int(given["areaE4"]), given["voter"])
    ),
    "treeRoot": lambda given: to_hex(
        tree.root_of([keccak256(f"leaf {i}".encode()) for i in range(given["leaves"])])
    ),
    "treeProof": lambda given: tree.path_root(to_bytes(given["leaf"]), map(to_bytes, given["proof"]))
    == to_bytes(given["root"]),
    "areas": lambda given: to_hex(roll.areas_hash(map(int, given["areasE4"]), given["areaBytes"])),
    "buildings": lambda given: to_hex(
        roll.buildings_hash([(row["building"], row["heads"], int(row["areaE4"])) for row in given])
    ),
    "keyPage": _key_page,
    "keyId": _key_id,
    "signingHash": lambda given: to_hex(
        keys.signing_hash(given["form"], to_bytes(given["digest"]), to_bytes(given.get("envelope", "0x")))[0]
    ),
    "signature": _signature,
    "message": _message,
    "ballotDigest": _ballot_digest,
    "answers": lambda given: ballots.pack_answers(given["answers"]),
    "ownLeaf": lambda given: to_hex(
        ballots.own_leaf(given["page"], given["position"], to_bytes(given["hash"]), to_bytes(given["signature"]))
    ),
    "scan": lambda given: to_hex(ballots.scan_hash(to_bytes(given["salt"]), to_bytes(given["sha256"]))),
    "paperLeaf": _paper_leaf,
    "sealedRoot": lambda given: to_hex(ballots.sealed_root(to_bytes(given["root"]), given["origin"])),
    "order": lambda given: ballots.opening_order(given["policy"], given["origins"]),
    "tally": _tally,
    "plan": lambda given: to_hex(_plan_hash(given)),
    "milestones": lambda given: to_hex(_milestones_hash(given)),
    "terms": _terms,
    "payee": lambda given: to_hex(_payee_hash(given)),
    "account": lambda given: to_hex(plan.account_hash(to_bytes(given["salt"]), given["account"])),
    "scope": plan.scope_text,
    "record": _record,
    "receiptNumber": lambda given: ballots.receipt_number(to_bytes(given["leaf"])),
}


def check(vector):
    """None where the vector holds, else what is wrong."""
    run = KINDS.get(vector["kind"])
    if run is None:
        return f"there is no kind {vector['kind']}"
    try:
        found = run(vector["input"])
    except Exception as error:  # a vector must be answered, whatever it holds
        return f"{type(error).__name__}: {error}"
    return None if found == vector["expect"] else f"expected {vector['expect']}, found {found}"


def main(folder):
    files = sorted(Path(folder).glob("*.json"))
    failures = 0
    for file in files:
        vector = json.loads(file.read_text(encoding="utf-8"))
        fault = check(vector)
        if fault:
            failures += 1
            print(f"{file.name}: {vector['desc']}: {fault}")
    print(f"{len(files) - failures} passing\n{failures} failing")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
