"""The list of checks: the specification's section 10."""

NAMES = (
    "bundleFile chainId blockWhole blockSealed blockKnown contractCode contractsLinked chainConsistent stateCode "
    "stateAgrees rollAttested rollRecord areaPages unitLines keyPage keyRecord keysUnique keyRevoked recordInLog "
    "recordLeaf head checkpoint headCosigned headTimestamped sealedField conveneAttested meetingRecord meetingAnchored noticePeriod document "
    "extension batchesComplete batchSealed batchOrder batchContent batchCodes batchLapsed ballotAlone tally outcome "
    "conclusion resultRecord funds "
    "creditAttested creditTotal rulesAttested rulesRecord reserveDecided reserveBudget reserveAttested "
    "reserveRecord claimAttested claimInvoice claimAmount claimJudged claimWithdrawn claimRecord "
    "paymentApproved paymentRecord paymentEntry paymentShared paymentOnChain settlementAttested "
    "settlementRecord fundSettings entryNumber entrySound entryDay entryOfficers entryReversal "
    "entrySchedule chargeDecided incomeShare periodNumber periodSpan periodFigures periodStatement periodOfficers balancesNumber "
    "balancesRoot balancesBuilding balancesLedger balancesBank bankAccount bankStatement "
    "reconciliationNumber bankReconciliation periodExport projectExport "
    "claim claimForm claimLine claimVoted claimEntry "
    "receiptForm receiptContract receiptKey receiptSignature receiptLeaf receiptPromise receiptSealed "
    "receiptCounted"
).split()

# Details that leave a question open, as against those that answer it.
CANNOT_TELL = {
    "missing", "unreachable", "dependsOnFailed", "notDirectCall", "notYet", "notPublished", "unknownVerifier", "notProven",
    "leftOut", "undecided",
}  # fmt: skip

# Details that say something of a check that passed.
_EVEN_IF_OK = {"redacted", "carriedOver"}


def show(value):
    """Bytes as hex, whatever they are in."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, dict):
        return {key: show(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [show(inner) for inner in value]
    return value


class Checks:
    """Collects checks; every method says whether the check passed."""

    def __init__(self):
        self.list = []

    def that(self, passed, name, subject="", expected="", found="", detail=None):
        check = {"name": name, "subject": str(subject), "status": "ok" if passed else "failed"}
        check |= {"expected": show(expected), "found": show(found)}
        if detail and (not passed or detail in _EVEN_IF_OK):
            check["detail"] = detail
        self.list.append(check)
        return passed

    def equal(self, name, expected, found, subject="", detail=None):
        return self.that(expected == found, name, subject, expected, found, detail)

    def skip(self, name, subject, detail):
        self.list.append({"name": name, "subject": str(subject), "status": "notChecked", "detail": detail})
        return False

    def faultless(self, name, subject, fault):
        """Passes without a fault, fails with one, unless the fault is that nobody can tell."""
        if fault in CANNOT_TELL:
            return self.skip(name, subject, fault)
        return self.that(fault is None, name, subject, "", fault or "", fault)

    def contain(self, name, check):
        """What `check` gives; whatever it raises is a failure of `name`, for only data that cannot be makes it raise."""
        try:
            return check()
        except Exception:
            self.that(False, name, detail="malformed")
            return None

    def ordered(self):
        return sorted(self.list, key=lambda check: NAMES.index(check["name"]))


def verdict_of(checks):
    if any(check["status"] == "failed" for check in checks):
        return "failed"
    open_ = not checks or any(check["status"] == "notChecked" for check in checks)
    return "incomplete" if open_ else "ok"
