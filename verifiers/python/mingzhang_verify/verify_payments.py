"""Payments and settlements: the specification's section 10, `paymentApproved` to `settlementRecord`."""

from .books import entries_of, is_payment, posted
from .fund_acts import act_fault, call_of, check_said, fund_digest, pick_said, yuan
from .keccak import keccak256
from .keys import from_short, recover_address
from .officers import attestation_fault
from .payment_schedule import plan_fault
from .published import hex_of
from .verify_claims import fate_of


def _release_digest(evidence, claim):
    payee, (title, _) = claim.reserved.plan["payee"], claim.part
    message = {"payee": payee["name"], "accountTail": payee["accountTail"], "amountYuan": yuan(claim.amount)}
    message |= {"title": title, "invoice": claim.invoice, "claim": claim.number}
    message |= {"reservation": claim.reservation, "milestone": claim.milestone}
    return fund_digest(evidence, "Release", message)


def _approvals(signed, call):
    """The approvals of a call, wallets' first, their signers recovered; None where nobody can have made a signature."""
    short = [from_short(one["r"], one["vs"]) for one in call["signatures"]]
    wallets = [{"signer": recover_address(signed, signature), "signature": signature} for signature in short]
    return None if any(one["signer"] is None for one in wallets) else wallets + call["attestations"]


def _approval_fault(evidence, event, claim):
    call, fault = call_of(evidence, event, "release")
    if fault:
        return fault
    if event.args["amount"] != claim.amount:
        return "differs"
    if fate_of(evidence, claim.number, event.log) != "accepted":
        return "wrongTime"
    signed = _release_digest(evidence, claim)
    approvals = _approvals(signed, call)
    if approvals is None:
        return "wrongSignature"
    approvers = [keccak256(one["signer"]) for one in approvals]
    if approvers != event.args["approvers"]:
        return "differs"
    if claim.author in approvers or len(set(approvers)) < len(approvers):
        return "wrongAuthority"
    if len(approvers) < claim.reserved.approvals:
        return "tooFew"
    return attestation_fault(evidence, signed, ("approver",) * len(approvals), approvals, event.log)


def _check_shared(evidence, said, plan, payment, checks):
    """Exactly the units of the plan's scope bear it, by the plan's rule."""
    fault = plan_fault(evidence, said["units"] and said["units"]["schedule"], plan)
    if fault == "missing":
        checks.skip("paymentShared", payment, fault)
    else:
        checks.equal("paymentShared", "", fault or "", payment)


def _check_entry(evidence, record, claim, checks):
    plan, payment = claim.reserved.plan, record["payment"]
    said = next((one for one in entries_of(evidence) if one["number"] == record["entry"]), None)
    expected = {"source": f"payment {payment}", "fund": plan["fund"], "bank": -claim.amount}
    found = said and pick_said(said, ("source", "fund")) | {"bank": posted(said, f"{plan['fund']}:bank")}
    checks.equal("paymentEntry", expected, found, payment)
    if said and plan["fund"] == "maintenance":
        _check_shared(evidence, said, plan, payment, checks)


def _check_record(evidence, event, claim, checks):
    """The record that tells of a payment; None where there is none."""
    place = {"transaction": hex_of(event.log.transaction), "project": claim.reserved.project}
    place |= {"milestone": claim.milestone}
    payments = evidence.records_of("projectPayment")
    told = next((one for one in payments if one.value.items() >= place.items()), None)
    if told is None:
        checks.skip("paymentRecord", claim.number, "notPublished")
        return None
    record = told.value
    expected = {"amount": str(claim.amount), "payee": claim.reserved.plan["payee"], "invoice": hex_of(claim.invoice)}
    expected |= {"approvers": [hex_of(approver) for approver in event.args["approvers"]]}
    checks.equal("paymentRecord", expected, pick_said(record, expected), claim.number)
    _check_entry(evidence, record, claim, checks)
    return told


def _check_on_chain(evidence, told, unsure, checks):
    """What projects and books tell of are the chain's payments, each told of once."""
    payments, taken, strays = evidence.records_of("projectPayment"), {one.index for one in told}, []
    for place, record in enumerate(payments):
        number = record.value["payment"]
        again = any(one.value["payment"] == number for one in payments[:place])
        if again or record.index not in taken and record.value["transaction"] not in unsure:
            strays.append(f"payment {number}")
    checks.equal("paymentOnChain", "", " ".join(strays), "projects")
    booked = {(f"payment {one.value['payment']}", one.value["entry"]) for one in payments}
    entries = [
        f"entry {said['number']}"
        for said in entries_of(evidence)
        if is_payment(said) and (said["source"], said["number"]) not in booked and evidence.looks_into(said)
    ]
    checks.equal("paymentOnChain", "", " ".join(entries), "entries")


def check_payments(evidence, claims, checks):
    """Every payment: its approvals as they were signed, its record and its entry."""
    told, unsure = [], set()
    for event in evidence.of_fund("PaymentReleased"):
        number = event.args["claim"]
        claim = claims.get(number)
        if claim is None or claim.part is None:
            checks.skip("paymentApproved", number, "dependsOnFailed")
            unsure.add(hex_of(event.log.transaction))
            continue
        checks.faultless("paymentApproved", number, _approval_fault(evidence, event, claim))
        record = _check_record(evidence, event, claim, checks)
        told += [record] if record else []
    _check_on_chain(evidence, told, unsure, checks)


def _paid(evidence, reservation):
    own = {one.args["claim"] for one in evidence.of_fund("ClaimSubmitted") if one.args["reservation"] == reservation}
    return sum(one.args["amount"] for one in evidence.of_fund("PaymentReleased") if one.args["claim"] in own)


def check_settlements(evidence, reserved, checks):
    """The end of each reservation: what was paid of it, and what became free."""
    for event in evidence.of_fund("ReservationSettled"):
        number = event.args["reservation"]
        message = event.args | {f"{name}Yuan": yuan(event.args[name]) for name in ("paid", "freed")}
        checks.faultless("settlementAttested", number, act_fault(evidence, event, "settle", "Settle", message))
        if number not in reserved:
            continue
        paid = _paid(evidence, number)
        expected = {"type": "projectSettlement", "project": reserved[number].project}
        expected |= {"paid": str(paid), "released": str(reserved[number].amount - paid)}
        check_said(evidence, event.args["record"], "settlementRecord", number, expected, checks)
