"""What a claim comes to by the evidence beside it: the specification's section 11."""

from .ballots import ORIGINS, own_leaf, pack_answers, paper_digest, sealed_root, sheet_digest, unpack_answers
from .canonical import NotCanonical, parse
from .keys import signed_by, signing_hash
from .note import NotANote, read_promise
from .published import area_number, hex_of
from .roll import line_leaf
from .shape import fits
from .tree import path_root

CLAIM, RECEIPT, LINE = "claim.json", "claim/receipt.json", "claim/line.json"
FILES = (CLAIM, RECEIPT, LINE)
WORDS = {
    "ballot": {
        "zh": "这张回执对应的表决票应当按投出的内容计入结果，而结果中没有这样计入。",
        "en": "The ballot of this receipt should count as it was cast, and does not.",
    },
    "noBallot": {
        "zh": "这一户没有投过票，计票结果中也不应有这一户的票。",
        "en": "No ballot was cast for this flat, and none may stand for it in the count.",
    },
    "entry": {
        "zh": "账目中的这一笔不符合它的记录、分摊、批准或据以动用资金的表决。",
        "en": "This entry of the books does not agree with its record, its apportionment, its approvals or the motion "
        "that allows it.",
    },
}
OUTCOMES = {
    "upheld": ("lapsed", "notSealed", "noneStands", "entryFails", "entryReversed"),
    "refuted": ("counted", "superseded", "invalid", "keyStands", "entryHolds"),
}
_BLOCKS = (
    "bundleFile chainId blockWhole blockSealed blockKnown contractCode contractsLinked chainConsistent stateCode "
    "stateAgrees"
).split()
# Nothing can be held against evidence in which one of these did not pass.
GROUND = set(
    "bundleFile chainId blockWhole blockSealed blockKnown contractCode contractsLinked chainConsistent stateCode "
    "stateAgrees rollAttested rollRecord areaPages unitLines keyPage keyRevoked conveneAttested batchesComplete "
    "batchSealed batchOrder batchContent batchCodes batchLapsed ballotAlone".split()
)
_COUNTED, _REVOKED, _SUPERSEDED = 1, 3, 6


def _object(optional=(), **fields):
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _number(least=0, most=2**53 - 1):
    return {"type": "integer", "minimum": least, "maximum": most}


_HASH = {"type": "string", "pattern": "^0x[0-9a-f]{64}$"}
_HEX = {"type": "string", "pattern": "^0x([0-9a-f]{2})+$"}
_UNIT = {"type": "string", "minLength": 1, "maxLength": 100}
_NOTE = {"type": "string", "minLength": 1, "maxLength": 1_000}


def _claim(kind, statement, discloses, **subject):
    gives = [{"const": name} for name in discloses]
    return _object(
        format={"const": "mingzhang-claim"},
        v={"const": 1},
        community={"type": "string", "minLength": 1},
        words=_object(zh={"type": "string"}, en={"type": "string"}),
        says={"type": "string", "maxLength": 2_000},
        mayCheck={"const": "anyone"},
        kind={"const": kind},
        subject=_object(**subject),
        statement={"const": statement},
        discloses={"type": "array", "prefixItems": gives, "items": False, "minItems": len(gives), "maxItems": len(gives)},
    )


_CLAIM = {
    "anyOf": [
        _claim("ballot", "countsAsCast", ["answers"], meeting=_number(1), leaf=_HASH),
        _claim("noBallot", "noneStands", ["unit", "voter"], meeting=_number(1), unit=_UNIT),
        _claim("entry", "breaksRules", [], entry=_number(1)),
    ]
}
_HANDED_IN = {
    "v": {"const": 1},
    "chainId": _number(1),
    "assembly": {"type": "string", "pattern": "^0x[0-9a-f]{40}$"},
    "meeting": _number(1),
    "origin": {"const": "own"},
    "voter": _number(0, 0xFFFF),
    "page": _number(0, 0xFFFF),
    "position": _number(0, 0xFFFF),
    "kind": _number(0, 1),
    "form": _number(0, 2),
    "envelope": _HEX,
    "answers": {"type": "array", "items": {"enum": ["for", "against", "abstain"]}, "minItems": 1, "maxItems": 16},
    "signature": _HEX,
    "leaf": _HASH,
    "promise": _NOTE,
}
_PROOF = {"type": "array", "items": _HASH, "maxItems": 8}
_RECEIPT = {
    "anyOf": [
        _object(("envelope", "promise"), **_HANDED_IN, batch=_number(), proof=_PROOF),
        _object(("envelope",), **_HANDED_IN),
    ]
}
_LINE = _object(
    unit=_UNIT,
    area={"type": "string", "pattern": r"^(0|[1-9]\d{0,14})(\.\d{1,4})?$"},
    voter=_number(0, 0xFFFF),
    salt=_HASH,
)


def _bytes(text):
    return bytes.fromhex(text[2:])


def _read(files, name, form):
    try:
        value = parse(files[name])
    except (KeyError, NotCanonical):
        return None
    return value if fits(form, value, {}) else None


def _origin(batch):
    byte = _bytes(batch["commitment"])[31]
    return ORIGINS[byte % 128]


class _Ballot:
    """The claim that the ballot of a receipt should count as it was cast."""

    def __init__(self, view, given, checks):
        self.view, self.given, self.checks = view, given, checks
        self.standing = next((one for one in view["standing"] if one["voter"] == given["voter"]), None)

    def _holds_by_itself(self):
        view, given, checks = self.view, self.given, self.checks
        info = view["info"]
        expected = [info["chainId"], info["assembly"].lower(), view["meeting"]]
        if not checks.equal("receiptContract", expected, [given["chainId"], given["assembly"], given["meeting"]]):
            return False
        place = given["page"], given["position"]
        key = next((one for one in view["keys"] if (one["page"], one["position"]) == place), {})
        is_key = checks.equal(
            "receiptKey", [given["voter"], given["kind"]], [key.get("voter"), key.get("kind")]
        )
        answers = pack_answers(given["answers"])
        contract = _bytes(info["assembly"])
        whole = len(given["answers"]) == view["motions"]
        if answers >> 2 * view["motions"] == 0:
            sheet = sheet_digest(view["meeting"], answers, view["motions"], info["chainId"], contract)
        else:
            sheet = paper_digest(view["meeting"], answers)
        envelope, signature = _bytes(given.get("envelope", "0x")), _bytes(given["signature"])
        message_hash, valid = signing_hash(given["form"], sheet, envelope)
        leaf = hex_of(own_leaf(*place, message_hash, signature)) if whole else ""
        is_leaf = checks.equal("receiptLeaf", given["leaf"], leaf)
        key_id = _bytes(key.get("keyId", "0x"))
        signed = valid and bool(key_id) and signed_by(given["kind"], key_id, message_hash, signature)
        checks.that(signed, "receiptSignature", "", key_id, key_id if signed else "")
        return is_key and is_leaf and signed

    def _promised_at(self):
        """When the service took it in; None without a promise, False where it is not the service's."""
        if "promise" not in self.given:
            return None
        info = self.view["info"]
        expected = [f"mingzhang/{info['chainId']}/{info['anchor']}", self.given["meeting"], self.given["leaf"]]
        try:
            *found, at, signed = read_promise(self.given["promise"], self.view["logKeys"])
        except NotANote as fault:
            return self.checks.that(False, "receiptPromise", "", expected, str(fault), "malformed")
        passed = signed and found == expected
        self.checks.that(passed, "receiptPromise", "", expected, found, None if signed else "wrongSignature")
        return passed and at

    def _batch(self):
        """The batch that holds it: the one that the receipt names, or any that was opened."""
        leaf, batches = self.given["leaf"], self.view["batches"]
        named = next((one for one in batches if one["batch"] == self.given.get("batch")), None)
        if named:
            root = path_root(_bytes(leaf), map(_bytes, self.given["proof"]))
            kept = _bytes(named["commitment"])
            if sealed_root(root, kept[31]) == kept:
                return named
        return next((one for one in batches if any(own["leaf"] == leaf for own in one["ballots"])), None)

    def _is_before(self, batch, other):
        """Whether `batch` is opened before `other`."""
        turn = batch["batch"], other["batch"]
        if self.view["policy"] == "oldestFirst":
            return turn[0] < turn[1]
        if self.view["policy"] == "paperFirst" and _origin(batch) != _origin(other):
            return _origin(batch) == "paper"
        return turn[0] > turn[1]

    def _sealed(self, batch):
        if batch["state"] == "sealed":
            return "waiting"
        place = self.given["page"], self.given["position"]
        key = self.standing and self.standing["key"]
        other = "superseded" if key and (key["page"], key["position"]) == place else "otherBallot"
        if batch["state"] == "lapsed":
            stands = self.standing and self._batch_of(self.standing)
            return other if stands and self._is_before(stands, batch) else "lapsed"
        code = next((one["code"] for one in batch["ballots"] if one["leaf"] == self.given["leaf"]), None)
        if code == _REVOKED:
            return "revoked"
        return other if code in (_COUNTED, _SUPERSEDED) else "invalid"

    def _batch_of(self, standing):
        return next(one for one in self.view["batches"] if one["batch"] == standing["batch"])

    def _unsealed(self, promised_at):
        view = self.view
        own = [one for one in view["batches"] if _origin(one) == "own"]
        if view["until"] < view["closesAt"]:
            return "mayBeSealed"
        if promised_at is None:
            return "noPromise"
        if any(one["state"] == "sealed" for one in own):
            return "unopened"
        if self.standing is None:
            return "notSealed"
        stands = self._batch_of(self.standing)
        earlier = stands in own and stands["sealedAt"] < promised_at
        return "notSealed" if earlier and view["policy"] == "newestFirst" else "otherBallot"

    def _note(self, reason, batch):
        checks, named = self.checks, self.given.get("batch", "")
        if batch:
            checks.equal("receiptSealed", batch["commitment"], batch["commitment"], batch["batch"])
        elif reason in ("mayBeSealed", "unopened"):
            checks.skip("receiptSealed", named, "notYet")
        else:
            checks.that(False, "receiptSealed", named, self.given["leaf"])
        if reason in ("waiting", "mayBeSealed", "unopened"):
            checks.skip("receiptCounted", "", "notYet")
        else:
            detail = reason if reason in ("lapsed", "superseded") else "differs"
            checks.that(reason == "counted", "receiptCounted", "", "counted", reason, detail)

    def decide(self):
        sound, promised_at = self._holds_by_itself(), self._promised_at()
        unsound = self.view["unsound"]
        if unsound or not sound or promised_at is False:
            for name in ("receiptSealed", "receiptCounted"):
                self.checks.skip(name, "", "dependsOnFailed")
            return "ground" if unsound else "receiptFails"
        batch = self._batch()
        if self.standing and self.standing["leaf"] == self.given["leaf"]:
            reason = "counted"
        else:
            reason = self._sealed(batch) if batch else self._unsealed(promised_at)
        self._note(reason, batch)
        return reason


def _absence(view, line, checks):
    known = next((one["leaf"] for one in view["lines"] if one["unit"] == line["unit"]), "")
    own = hex_of(line_leaf(_bytes(line["salt"]), line["unit"], area_number(line["area"]), line["voter"]))
    is_line = checks.equal("claimLine", known, own, line["unit"])
    if not is_line or view["unsound"]:
        checks.skip("claimVoted", line["voter"], "dependsOnFailed")
        return "ground" if view["unsound"] else "lineFails", None
    if not view["concluded"]:
        checks.skip("claimVoted", line["voter"], "notYet")
        return "notConcluded", None
    standing = next((one for one in view["standing"] if one["voter"] == line["voter"]), None)
    found = f"batch {standing['batch']} {standing['leaf']}" if standing else ""
    checks.equal("claimVoted", "", found, line["voter"])
    if standing is None:
        return "noneStands", None
    return "keyStands" if standing["key"] else "paperStands", standing


_ABOUT = {
    "entry": "entrySound entryDay entryOfficers entryReversal entrySchedule".split(),
    "payment": "paymentEntry paymentShared".split(),
    "claim": "claimAttested claimInvoice claimAmount claimJudged claimRecord paymentApproved paymentRecord".split(),
    "reservation": "reserveDecided reserveBudget reserveAttested reserveRecord".split(),
}


# What fails, too, where a record was left out: it decides only where the whole log is there.
_BY_OMISSION = "entryReversal entrySchedule claimInvoice claimRecord reserveDecided paymentOnChain".split()


def _about(view):
    """The checks that are about the entry, and that nobody paid what the chain does not know of."""
    numbers = view["known"] | {"entry": view["entry"]}
    for check in view["checks"]:
        own = next((kind for kind, names in _ABOUT.items() if check["name"] in names), None)
        if check["name"] in ("paymentOnChain", "funds") or own and check["subject"] == str(numbers[own]):
            yield check


def _entry(view, checks):
    entry, known = view["entry"], view["known"]
    ground = {*_BLOCKS, "recordInLog", "recordLeaf", "head", "document"}
    if any(one["name"] in ground and one["status"] != "ok" for one in view["checks"]):
        checks.skip("claimEntry", entry, "dependsOnFailed")
        return "ground"
    if known is None:
        checks.skip("claimEntry", entry, "missing")
        return "entryMissing"
    about = list(_about(view))
    decides = lambda name: (  # noqa: E731
        view["whole"] or name not in _BY_OMISSION or name == "entrySchedule" and view["rolls"]
    )
    failed = [f"{one['name']} {one['subject']}" for one in about if one["status"] == "failed" and decides(one["name"])]
    seen = any(one["name"] == "entrySound" for one in about)
    open_ = not seen or any(one["status"] != "ok" for one in about)
    taken = known["reversedBy"]
    if not failed and open_ and taken is None:
        checks.skip("claimEntry", entry, "dependsOnFailed")
        return "entryOpen"
    found = failed + ([] if taken is None else [f"reversed by {taken}"])
    checks.equal("claimEntry", [], found, entry)
    if failed:
        return "entryFails"
    return "entryHolds" if taken is None else "entryReversed"


def _show(view, standing):
    """A ballot that stands, as far as it is public."""
    batch = next(one for one in view["batches"] if one["batch"] == standing["batch"])
    shown = {name: standing[name] for name in ("batch", "leaf", "key")}
    return shown | {"origin": _origin(batch), "answers": unpack_answers(standing["answers"], view["motions"])}


_SHOWING = ("counted", "superseded", "otherBallot", "lapsed", "notSealed", "keyStands", "paperStands")


def _find_entry(claim, view, community, checks):
    subject = {"entry": view["entry"] if view else claim["subject"]["entry"]}
    expected = [community, WORDS["entry"], subject]
    if not checks.equal("claimForm", expected, [claim["community"], claim["words"], claim["subject"]]):
        return "form"
    return _entry(view, checks) if view else "ground"


def _find(files, claim, view, community, checks):
    """(reason, the ballot to show)."""
    kind = claim["kind"]
    if kind == "entry":
        return _find_entry(claim, view if view and "entry" in view else None, community, checks), None
    view = None if view and "entry" in view else view
    given = _read(files, RECEIPT, _RECEIPT) if kind == "ballot" else _read(files, LINE, _LINE)
    if given and kind == "ballot" and (given["form"] == 2) != ("envelope" in given):
        given = None
    if kind == "ballot":
        checks.that(given is not None, "receiptForm", "", 1, given and 1, None if given else "malformed")
    elif given is None:
        checks.that(False, "claimLine", detail="malformed")
    if given is None:
        return ("receiptFails" if kind == "ballot" else "lineFails"), None
    own = given["meeting"] if kind == "ballot" else claim["subject"]["meeting"]
    about = "leaf" if kind == "ballot" else "unit"
    subject = {"meeting": view["meeting"] if view else own, about: given[about]}
    expected = [community, WORDS[kind], subject]
    if not checks.equal("claimForm", expected, [claim["community"], claim["words"], claim["subject"]]):
        return "form", None
    if view is None:
        return "ground", None
    if kind == "noBallot":
        return _absence(view, given, checks)
    ballot = _Ballot(view, given, checks)
    return ballot.decide(), ballot.standing


def claimed_entry(files):
    """The number of the entry that a claim is about; None where it is about none."""
    claim = _read(files, CLAIM, _CLAIM)
    return claim["subject"].get("entry") if claim else None


def decide_claim(files, view, community, checks):
    """{claim, outcome, reason, shown?}; `view` None where the evidence did not go that far."""
    claim = _read(files, CLAIM, _CLAIM)
    if claim is None:
        checks.that(False, "claimForm", detail="malformed")
        return {"claim": None, "outcome": "undecided", "reason": "form"}
    found = checks.contain("claimForm", lambda: _find(files, claim, view, community, checks))
    reason, standing = found or ("form", None)
    outcome = next((name for name, reasons in OUTCOMES.items() if reason in reasons), "undecided")
    shown = {"shown": _show(view, standing)} if standing and reason in _SHOWING else {}
    return {"claim": claim, "outcome": outcome, "reason": reason, **shown}
