"""The chain, the log and its records: the specification's section 10, steps 1 to 4."""

from hashlib import sha256

from .contracts import NAMES, code_of
from .eip712 import digest
from .evidence import head_for, wanted_documents
from .keccak import keccak256
from .log import consistency_roots, inclusion_root
from .note import Key, NotANote, read_checkpoint
from .officers import TWO, attestation_fault
from .published import hex_of


def hash_code(name, code):
    expected, immutables = code_of(name)
    blank = bytearray(code)
    for start in (start for places in immutables for start in places):
        blank[start : start + 32] = bytes(max(0, min(32, len(blank) - start)))
    return expected, keccak256(bytes(blank))


def holds_address(name, code, address):
    word = address.rjust(32, b"\0")
    return any(all(code[at : at + 32] == word for at in places) for places in code_of(name)[1])


def agrees(evidence, log):
    """Whether the block and the transaction that an event names are those that there are."""
    block, transaction = evidence.blocks.get(log.block), evidence.transactions.get(log.transaction)
    return (not block or block.hash == log.block_hash) and (not transaction or transaction.block_hash == log.block_hash)


def check_chain(evidence, checks):
    info, code = evidence.info, evidence.code
    checks.equal("chainId", info["chainId"], evidence.chain_id)
    for name in NAMES:
        if info[name] not in code:
            checks.skip("contractCode", name, "missing")
        else:
            checks.equal("contractCode", *hash_code(name, code[info[name]]), name)
    named = [event.args["assemblyAddress"] for event in evidence.of_registry("AssemblySet")]
    if named:
        checks.equal("contractsLinked", [info["assembly"]], named, "registry")
    else:
        checks.skip("contractsLinked", "registry", "missing")
    for name in ("anchor", "assembly"):
        if info[name] not in code:
            checks.skip("contractsLinked", name, "missing")
        else:
            linked = holds_address(name, code[info[name]], info["registry"])
            checks.that(linked, "contractsLinked", name, info["registry"], info["registry"] if linked else "")
    events = evidence.registry + evidence.anchor + evidence.assembly
    logs = evidence.broken + [event.log for event in events if not agrees(evidence, event.log)]
    wrong = [f"{log.block}/{log.place}" for log in logs]
    checks.equal("chainConsistent", [], wrong)


def _sound_heads(evidence, checks):
    """The sizes of the heads that are proven to belong to one log."""
    if not evidence.heads:
        return set()
    last = evidence.heads[-1]
    sound = {last.size}
    for size, path in evidence.consistency.items():
        head = next(one for one in evidence.heads if one.size == size)
        roots = consistency_roots(size, last.size, head.root, path)
        if checks.that(roots == (head.root, last.root), "head", size, last.root, head.root):
            sound.add(size)
    return sound


def _in_log(evidence, record, sound, checks):
    head = head_for(evidence.heads, record.index)
    if head is None:
        return checks.skip("recordInLog", record.index, "notYet")
    path = evidence.inclusion.get(record.index)
    if path is None:
        return checks.skip("recordInLog", record.index, "missing")
    if head.size not in sound:
        known = head.size in evidence.consistency
        return checks.skip("recordInLog", record.index, "dependsOnFailed" if known else "missing")
    root = inclusion_root(record.leaf, record.index, head.size, path)
    return checks.that(root == head.root, "recordInLog", record.index, head.root, record.leaf)


def log_keys_of(records):
    """[(index, verifier key)] of the records that name the log's key."""
    keys = [
        (record.index, key)
        for record in records
        for key in [record.value.get("key" if record.is_of("logKey") else "logKey") if record.value else None]
        if key is not None and (record.is_of("logKey") or record.is_of("community"))
    ]
    return sorted(keys)


def log_key_of(records):
    """The last of them; None where there is none."""
    return max(log_keys_of(records), default=None)


def check_checkpoint(info, head, note, key, checks):
    """What the log has signed is the head on chain: same log, same size, same root."""
    origin = f"mingzhang/{info['chainId']}/{hex_of(info['anchor'])}"
    expected = [origin, head.size, head.root]
    try:
        *found, signed = read_checkpoint(note, Key(key))
    except NotANote as fault:
        return checks.that(False, "checkpoint", head.size, expected, str(fault), "malformed")
    detail = None if signed else "wrongSignature"
    return checks.that(signed and found == expected, "checkpoint", head.size, expected, found, detail)


def _check_signed(evidence, proven, checks):
    if evidence.checkpoint is False:
        return
    head, key = evidence.heads[-1], log_key_of(evidence.records)
    if key is None or evidence.checkpoint is None:
        checks.skip("checkpoint", head.size, "missing" if key else "notPublished")
    elif key[0] not in proven:
        checks.skip("checkpoint", head.size, "dependsOnFailed")
    else:
        check_checkpoint(evidence.info, head, evidence.checkpoint, key[1], checks)


def check_owner(records, info, checks):
    """Every record is one of this community."""
    others = [one.index for one in records if one.value and one.value["community"] != info["community"]]
    checks.equal("recordLeaf", [], others)


def check_log(evidence, checks):
    """The indices of the records that are proven to stand in the log."""
    check_owner(evidence.records, evidence.info, checks)
    sound = _sound_heads(evidence, checks)
    proven = {one.index for one in evidence.records if _in_log(evidence, one, sound, checks)}
    _check_signed(evidence, proven, checks)
    return proven


def _is_disclosure(sealed, given):
    salt = bytes.fromhex(given["salt"][2:]) if len(given["salt"]) % 2 == 0 else b""
    return len(salt) == 32 and hex_of(sha256(b"\2" + salt + given["value"].encode()).digest()) == sealed


def _redaction_fault(evidence, redaction):
    head = head_for(evidence.heads, redaction.index)
    if head is None:
        return "notYet"
    said = redaction.value
    message = {
        "record": bytes.fromhex(said["leaf"][2:]),
        "path": said["path"],
        "field": bytes.fromhex(said["sealed"][2:]),
        "reason": said["reason"],
    }
    signed = digest("Redact", message, evidence.info["chainId"], evidence.info["registry"])
    by = [{name: bytes.fromhex(one[name][2:]) for name in ("signer", "signature")} for one in said["by"]]
    return attestation_fault(evidence, signed, TWO, by, head.log)


def check_sealed(evidence, proven, checks):
    """Every sealed field discloses what it seals, or was redacted by two officers."""
    for record in evidence.records:
        for path, sealed in record.sealed_fields():
            subject = f"{record.index}{path}"
            given = next((one for one in record.disclosures if one["path"] == path), None)
            if given:
                checks.that(_is_disclosure(sealed, given), "sealedField", subject, sealed, given["value"], "differs")
                continue
            wanted = {"record": record.index, "leaf": hex_of(record.leaf), "path": path, "sealed": sealed}
            redaction = next((one for one in evidence.records if one.is_of("redaction", **wanted)), None)
            if redaction is None:
                checks.skip("sealedField", subject, "notPublished")
            elif redaction.index not in proven:
                checks.skip("sealedField", subject, "dependsOnFailed")
            elif fault := _redaction_fault(evidence, redaction):
                checks.faultless("sealedField", subject, fault)
            else:
                said = redaction.value
                found = {"by": [one["office"] for one in said["by"]], "at": said["at"], "reason": said["reason"]}
                checks.that(True, "sealedField", subject, "", found, "redacted")


def check_documents(evidence, checks):
    for name in wanted_documents(evidence.records):
        data = evidence.documents.get(bytes.fromhex(name[2:]))
        if data is None:
            checks.skip("document", name, "missing")
        else:
            checks.equal("document", name, hex_of(sha256(data).digest()), name)
