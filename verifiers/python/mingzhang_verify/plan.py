"""Use plans: what a motion says of the money that it uses. The specification's section 9."""

from hashlib import sha256

from .abi import encode
from .canonical import canonical
from .keccak import keccak256

FUNDS = ("maintenance", "income")


def account_hash(salt, number):
    return keccak256(salt + number.encode())


def payee_hash(name, account_tail, account):
    return keccak256(encode(["string", "string", "bytes32"], [name, account_tail, account]))


def scope_text(units):
    """The document of a charge scope: each unit once, sorted by UTF-16 code units."""
    return canonical(sorted(set(units), key=lambda unit: unit.encode("utf-16-be")))


def rule_hash(rule):
    return sha256(canonical(rule).encode()).digest()


def plan_hash(fund, budget, payee, scope, rule):
    """`payee`, `scope` and `rule` are hashes; `fund` is a name of `FUNDS`."""
    kinds = ["uint8", "uint64", "bytes32", "bytes32", "bytes32"]
    return keccak256(encode(kinds, [FUNDS.index(fund), budget, payee, scope, rule]))


def recorded_payee_hash(said):
    """The hash of the payee that a plan or a contract names in a record."""
    payee = said["payee"]
    return payee_hash(payee["name"], payee["accountTail"], bytes.fromhex(payee["account"][2:]))


def recorded_plan_hash(said):
    """The hash of a plan as a record gives it."""
    scope = bytes.fromhex(said["scope"]["sha256"][2:])
    return plan_hash(said["fund"], int(said["budget"]), recorded_payee_hash(said), scope, rule_hash(said["rule"]))


def milestones_hash(milestones):
    """`milestones`: (title, amount) each."""
    return keccak256(encode(["(string,uint64)[]"], [milestones]))


def terms_hash(plan, milestones):
    """What a reservation keeps; both are hashes."""
    return keccak256(plan + milestones)
