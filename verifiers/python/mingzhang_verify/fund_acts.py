"""What officers signed of the Fund, and the records that they signed for: the specification's sections 9 and 10."""

from .contracts import read_call
from .eip712 import digest
from .officers import TWO, attestation_fault


def yuan(fen):
    """An amount as the signing device shows it."""
    return f"{fen // 100}.{fen % 100:02}"


def fund_digest(evidence, kind, message):
    return digest(kind, message, evidence.info["chainId"], evidence.info["fund"])


def call_of(evidence, event, name):
    """(arguments of the call behind an event, None), or (None, why it cannot be told)."""
    call, _, fault = read_call("fund", event.log, (name,), evidence.transactions)
    return call, fault


def act_fault(evidence, event, name, kind, message):
    """What is wrong with an act of a registrar and a committee officer; None when nothing is."""
    call, fault = call_of(evidence, event, name)
    if fault:
        return fault
    return attestation_fault(evidence, fund_digest(evidence, kind, message), TWO, call["attestations"], event.log)


def pick_said(said, wanted):
    """Of a record the fields that are compared; without a record none of them says anything."""
    return {name: said.get(name) if said else None for name in wanted}


def check_said(evidence, leaf, name, subject, expected, checks):
    """The record that officers signed for says it; what they signed for and nobody can read says nothing."""
    said = next((record.value for record in evidence.records if record.leaf == leaf), None)
    return checks.equal(name, expected, pick_said(said, expected), subject)
