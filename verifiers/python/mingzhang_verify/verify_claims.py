"""Claims: the specification's section 10, `claimAttested` to `claimRecord`."""

from .fund_acts import act_fault, call_of, check_said, fund_digest, yuan
from .keccak import keccak256
from .officers import attestation_fault
from .published import hex_of


class Claim:
    """A claim as the chain took it; `reserved` and `part` (title, amount) are None where they could not be told."""

    def __init__(self, said, reserved):
        self.number, self.reservation, self.milestone = said["claim"], said["reservation"], said["milestone"]
        self.amount, self.invoice, self.author = said["amount"], said["invoice"], said["author"]
        self.reserved = reserved.get(self.reservation)
        parts = self.reserved.milestones if self.reserved else []
        self.part = parts[self.milestone] if self.milestone < len(parts) else None


def fate_of(evidence, claim, before=None):
    """What became of a claim, up to an event if one is named: `gone` was rejected or taken back."""
    fate = "submitted"
    for event in evidence.of_fund("ClaimJudged", "ClaimWithdrawn", "PaymentReleased"):
        if event.args["claim"] != claim or (before and event.log.position() >= before.position()):
            continue
        if event.name == "ClaimJudged":
            fate = "accepted" if event.args["isAccepted"] else "gone"
        else:
            fate = "gone" if event.name == "ClaimWithdrawn" else "paid"
    return fate


def _submit_fault(evidence, event, title):
    call, fault = call_of(evidence, event, "submit")
    if fault:
        return fault
    if keccak256(call["attestation"]["signer"]) != event.args["author"]:
        return "wrongAuthority"
    message = event.args | {"title": title, "amountYuan": yuan(event.args["amount"])}
    signed = fund_digest(evidence, "Submit", message)
    return attestation_fault(evidence, signed, ("committee",), [call["attestation"]], event.log)


def _check_submitted(evidence, event, claim, checks):
    if claim.part is None:
        for name in ("claimAttested", "claimInvoice"):
            checks.skip(name, claim.number, "dependsOnFailed")
        return
    title, limit = claim.part
    checks.faultless("claimAttested", claim.number, _submit_fault(evidence, event, title))
    expected = {"type": "projectInvoice", "project": claim.reserved.project, "milestone": claim.milestone}
    expected |= {"amount": str(claim.amount), "sha256": hex_of(claim.invoice)}
    check_said(evidence, event.args["record"], "claimInvoice", claim.number, expected, checks)
    checks.that(claim.amount <= limit, "claimAmount", claim.number, f"at most {limit}", claim.amount)


def _judge_fault(evidence, event, claim, name, kind):
    """Two officers who are not the author signed what the event says."""
    call, fault = call_of(evidence, event, name)
    if fault:
        return fault
    if call.get("isAccepted") != event.args.get("isAccepted"):
        return "malformed"
    if any(keccak256(one["signer"]) == claim.author for one in call["attestations"]):
        return "wrongAuthority"
    message = event.args | {"amountYuan": yuan(claim.amount), "invoice": claim.invoice}
    return act_fault(evidence, event, name, kind, message)


def _check_judged(evidence, event, claim, checks):
    is_judged = event.name == "ClaimJudged"
    check, *act = ("claimJudged", "judge", "Judge") if is_judged else ("claimWithdrawn", "withdraw", "Withdraw")
    checks.faultless(check, claim.number, _judge_fault(evidence, event, claim, *act))
    if claim.reserved is None:
        return
    expected = {"type": "projectAcceptance" if is_judged else "projectWithdrawal"}
    expected |= {"project": claim.reserved.project, "milestone": claim.milestone}
    expected |= {"accepted": event.args["isAccepted"]} if is_judged else {}
    check_said(evidence, event.args["record"], "claimRecord", claim.number, expected, checks)


def check_claims(evidence, reserved, checks):
    """{number: Claim} of all claims; `reserved` holds what each reservation binds, by its number."""
    claims = {}
    for event in evidence.of_fund("ClaimSubmitted"):
        claim = claims[event.args["claim"]] = Claim(event.args, reserved)
        _check_submitted(evidence, event, claim, checks)
    for event in evidence.of_fund("ClaimJudged", "ClaimWithdrawn"):
        claim = claims.get(event.args["claim"])
        if claim:
            _check_judged(evidence, event, claim, checks)
    return claims
