"""The verification of an evidence bundle: the specification's section 10."""

from .block import Header, roots_of
from .bundle import Bundle, Chain
from .checks import Checks, verdict_of
from .contracts import decode_logs, topic_of
from .dispute import claimed_entry, decide_claim
from .evidence import Evidence, Record, heads_of
from .log import leaf_hash, root_of
from .verify_fund import has_funds, verify_funds
from .verify_count import check_counting, check_result
from .verify_log import (
    check_chain,
    check_checkpoint,
    check_documents,
    check_log,
    check_owner,
    check_sealed,
    log_key_of,
)
from .verify_meeting import check_convening, check_sealing
from .verify_roll import check_keys, check_roll
from .verify_state import check_state
from .view import Findings, entry_view_of, view_of


def _check_blocks(bundle, readable, checks):
    """Every block is the one that its header commits to, and neighbours are."""
    for number, (_, transactions, receipts) in bundle.whole_blocks.items():
        header = readable.get(number)
        if header is None:
            checks.that(False, "blockWhole", number, detail="malformed")
            continue
        expected = [header.number, header.transactions_root, header.receipts_root]
        # A chain's first block holds nothing, and some chains write other roots into it than those of nothing.
        first = number == 0 and not transactions and not receipts
        roots = expected[1:] if first else roots_of(transactions, receipts)
        checks.equal("blockWhole", expected, [number, *roots], number)


def _check_neighbours(headers, checks):
    hashes = {header.number: header.hash for header in headers}
    for header in headers:
        expected = hashes.get(header.number - 1)
        if expected not in (None, header.parent):
            checks.equal("blockWhole", expected, header.parent, header.number)


def _headers(bundle):
    headers = []
    for rlp, _, _ in bundle.whole_blocks.values():
        try:
            headers.append(Header(rlp))
        except ValueError:
            continue
    return headers


def _check_seals(headers, validators, checks):
    """Whether every block carries the seals of enough of the validators; nobody seals a chain's first block."""
    sealed = []
    for header in headers:
        if header.number > 0:
            fault = header.seal_fault(validators)
            sealed.append(checks.that(fault is None, "blockSealed", header.number, "", fault or "", fault))
    return bool(headers) and all(sealed)


def _trust(headers, validators, checks):
    reasons = ["validators"] if validators and _check_seals(headers, validators, checks) else ["nobody"]
    last = headers[-1]
    head = {"number": last.number, "hash": "0x" + last.hash.hex(), "timestamp": last.timestamp}
    return {"head": head, "reasons": reasons}


def _check_meeting(evidence, checks):
    checks.contain("contractCode", lambda: check_chain(evidence, checks))
    proven = checks.contain("recordInLog", lambda: check_log(evidence, checks)) or set()
    checks.contain("sealedField", lambda: check_sealed(evidence, proven, checks))
    checks.contain("document", lambda: check_documents(evidence, checks))
    roll = checks.contain("rollAttested", lambda: check_roll(evidence, proven, checks))
    meeting = checks.contain("conveneAttested", lambda: check_convening(evidence, proven, checks))
    if not roll or not meeting:
        return None
    ring = checks.contain("keyPage", lambda: check_keys(evidence, proven, checks))
    if not ring:
        return None
    sealing = checks.contain("batchSealed", lambda: check_sealing(evidence, meeting, ring, checks))
    if not sealing:
        return None
    count = checks.contain("batchContent", lambda: check_counting(evidence, roll, meeting, ring, sealing, checks))
    if not count:
        return None
    result = lambda: check_result(evidence, roll, meeting, sealing[0], count, proven, checks)  # noqa: E731
    checks.contain("tally", result)
    checks.contain("stateAgrees", lambda: check_state(evidence, count, checks))
    return Findings(evidence, proven, meeting, ring, sealing[0], count)


def verify_meeting(bundle, chain, records, meeting):
    """(checks, what was found on the way or None)."""
    checks = Checks()
    return checks, _check_meeting(Evidence(bundle, chain, meeting, records), checks)


def _check_whole_log(records, heads, checks):
    """Puts the log together again, record by record, and compares it with every anchored head."""
    leaves, by_index = [], {record.index: record for record in records}
    for head in heads:
        while len(leaves) < head.size:
            if len(leaves) not in by_index:
                return checks.skip("recordInLog", len(leaves), "missing")
            leaves.append(by_index[len(leaves)].leaf)
        checks.equal("head", head.root, root_of(leaves), head.size)
    open_ = sum(index >= len(leaves) for index in by_index)
    return open_ > 0 and checks.skip("recordInLog", f"{len(leaves)} + {open_}", "notYet")


def _check_log(bundle, chain, records, checks):
    heads = heads_of(decode_logs("anchor", chain.logs_of(bundle.info["anchor"]))[0])
    check_owner(records, bundle.info, checks)
    _check_whole_log(records, heads, checks)
    key = log_key_of(records)
    for head in heads if bundle.checkpoints else []:
        note = bundle.checkpoints.get(head.size)
        if note is None or key is None:
            checks.skip("checkpoint", head.size, "missing" if key else "notPublished")
        else:
            check_checkpoint(bundle.info, head, note, key[1], checks)


def _verify_community(bundle, chain, records, checks):
    """Reports on the meetings that the chain knows of."""
    checks.contain("head", lambda: _check_log(bundle, chain, records, checks))
    topic = topic_of("assembly", "MeetingConvened")
    events, _ = decode_logs("assembly", chain.logs_of(bundle.info["assembly"], topic))
    numbers = [event.args["meeting"] for event in events]
    return [(number, verify_meeting(bundle, chain, records, number)[0]) for number in numbers]


def _decide(bundle, records, findings, funds, headers, checks):
    """What the claim of a dispute file comes to by what was found in its evidence."""
    entry = bundle.scope.get("entry") or bundle.scope["kind"] == "community" and claimed_entry(bundle.claim)
    if entry:
        view = entry_view_of(entry, bundle, records, checks.list + (funds.list if funds else []))
        return decide_claim(bundle.claim, view, bundle.info["community"], checks)
    view = view_of(findings, headers[-1].timestamp, checks.list) if findings and headers else None
    return decide_claim(bundle.claim, view, bundle.info["community"], checks)


def verify_bundle(files, validators=()):
    """The report on a bundle's files; raises NotABundle when they are none."""
    checks = Checks()
    bundle = Bundle(files, checks)
    chain, headers = Chain(bundle), _headers(bundle)
    readable = {number: header for number, header in zip(bundle.whole_blocks, chain.read) if header}
    _check_blocks(bundle, readable, checks)
    _check_neighbours(headers, checks)
    if bundle.state is None:
        checks.skip("stateAgrees", "", "notProven")
    trust = _trust(headers, validators, checks) if headers else None
    records = [
        Record(index, data, bundle.disclosures.get(index, [])) for index, data in bundle.records.items()
    ]
    parts, funds, findings = [], None, None
    whole_log = lambda to: _check_log(bundle, chain, records, to)  # noqa: E731
    if bundle.scope["kind"] == "meeting":
        own, findings = verify_meeting(bundle, chain, records, bundle.scope["meeting"])
        checks.list += own.list
    elif bundle.scope["kind"] == "community":
        parts = _verify_community(bundle, chain, records, checks)
        if has_funds(chain, bundle.info, records):
            funds = verify_funds(bundle, chain, records, Checks(), whole_log)
    else:
        checks.list += verify_funds(bundle, chain, records, Checks(), whole_log).list
    dispute = _decide(bundle, records, findings, funds, headers, checks) if bundle.claim else None
    every = checks.list + [check for _, part in parts for check in part.list] + (funds.list if funds else [])
    report = {"scope": bundle.scope, "verdict": verdict_of(every), "checks": checks.ordered()}
    report |= ({"trust": trust} if trust else {}) | ({"dispute": dispute} if dispute else {})
    if bundle.scope["kind"] == "community":
        report["meetings"] = [
            {"meeting": number, "verdict": verdict_of(part.list), "checks": part.ordered()} for number, part in parts
        ]
    if funds:
        report["funds"] = {"verdict": verdict_of(funds.list), "checks": funds.ordered()}
    return report
