"""The count and its result: the specification's section 10, steps 9 and 10."""

from .ballots import (
    OPTIONS,
    ORIGINS,
    is_complete,
    opening_order,
    own_leaf,
    paper_digest,
    paper_leaf,
    read_tally_word,
    sealed_root,
    sheet_digest,
)
from .contracts import read_call
from .keys import SIGNATURE_BYTES, signed_by, signing_hash
from .published import figures
from .tree import path_root, root_of

COUNTED, UNKNOWN_KEY, REVOKED_KEY, BAD_SIGNATURE, UNKNOWN_OPTION, SUPERSEDED = range(1, 7)
_TURN = 3_600
_OUTCOMES = ("QuorumNotReached", "Adopted", "NotAdopted")
_STEPS = ("BatchCounted", "BallotCounted", "BatchLapsed")


class Ballot:
    """A ballot as it was opened, judged by itself; `voter` -1 where nobody's."""

    def __init__(self, voter, answers, leaf, code, place=None):
        self.voter, self.answers, self.leaf, self.code = voter, answers, leaf, code
        # (page, position) of the key, None on paper.
        self.place = place


class Reader:
    """Reads openings and judges ballots as the contract does."""

    def __init__(self, evidence, roll, meeting, ring):
        self._evidence, self._ring = evidence, ring
        self._voters, self._motions = roll.voters, len(meeting.items)
        self._digests = {}

    def _digest(self, answers):
        if answers not in self._digests:
            info = self._evidence.info
            arguments = (self._evidence.meeting, answers, self._motions, info["chainId"], info["assembly"])
            self._digests[answers] = sheet_digest(*arguments)
        return self._digests[answers]

    def batch(self, event, batch):
        """(what to judge, the commitment that it leads to), or (None, why it could not be read)."""
        transactions = self._evidence.transactions
        call, name, fault = read_call("assembly", event.log, ("openBatch", "openPaper"), transactions)
        if fault:
            return None, fault
        if (call["meeting"], call["batch"]) != (event.args["meeting"], batch.number):
            return None, "malformed"
        if name == "openBatch" and not all(self._ring.readable(group["page"]) for group in call["groups"]):
            return None, "dependsOnFailed"
        try:
            ballots = self._own(call) if name == "openBatch" else self._paper(call)
            return ballots, sealed_root(root_of([leaf for leaf, _ in ballots]), batch.byte)
        except (ValueError, IndexError):
            return None, "malformed"

    def alone(self, event, batch):
        call, _, fault = read_call("assembly", event.log, ("openBallot",), self._evidence.transactions)
        if fault:
            return None, fault
        if (call["meeting"], call["batch"]) != (event.args["meeting"], batch.number):
            return None, "malformed"
        own = call["ballot"]
        page, position = own["place"]["page"], own["place"]["position"]
        if not self._ring.readable(page):
            return None, "dependsOnFailed"
        try:
            opened = self._opened(page, position, own["message"], own["signature"])
        except ValueError:
            return None, "malformed"
        return [opened], sealed_root(path_root(opened[0], call["proof"]), batch.byte)

    def _opened(self, page, position, message, signature):
        """(leaf, how to judge it once it is known to be what was sealed)."""
        answers = message["answers"]
        message_hash, valid = signing_hash(message["form"], self._digest(answers), message["envelope"])
        leaf = own_leaf(page, position, message_hash, signature)
        return leaf, lambda log: self._judge(page, position, answers, leaf, valid, message_hash, signature, log)

    def _own(self, call):
        ballots = []
        for group in call["groups"]:
            page, data = group["page"], group["ballots"]
            width = 3 + SIGNATURE_BYTES[self._ring.kind(page)]
            if len(data) % width:
                raise ValueError("the bytes end inside a ballot")
            for at in range(0, len(data), width):
                position, message = int.from_bytes(data[at : at + 2], "big"), call["messages"][data[at + 2]]
                ballots.append(self._opened(page, position, message, data[at + 3 : at + width]))
        return ballots

    def _paper(self, call):
        data, ballots = call["ballots"], []
        if len(data) % 35:
            raise ValueError("the bytes end inside a ballot")
        for at in range(0, len(data), 35):
            voter, answers = int.from_bytes(data[at : at + 2], "big"), call["answers"][data[at + 2]]
            leaf = paper_leaf(voter, paper_digest(call["meeting"], answers), data[at + 3 : at + 35])
            code = COUNTED if answers >> 2 * self._motions == 0 else UNKNOWN_OPTION
            ballot = Ballot(voter, answers, leaf, code if voter < self._voters else UNKNOWN_KEY)
            ballots.append((leaf, lambda _log, ballot=ballot: ballot))
        return ballots

    def _judge(self, page, position, answers, leaf, valid, message_hash, signature, log):
        ring, key = self._ring, self._ring.key(page, position)
        if key is None or key[0] >= self._voters:
            return Ballot(-1, answers, leaf, UNKNOWN_KEY)
        judged = lambda code: Ballot(key[0], answers, leaf, code, (page, position))  # noqa: E731
        if ring.is_revoked(page, position, log):
            return judged(REVOKED_KEY)
        if not valid or not signed_by(ring.kind(page), key[1], message_hash, signature):
            return judged(BAD_SIGNATURE)
        return judged(COUNTED if is_complete(answers, self._motions) else UNKNOWN_OPTION)


class Standing:
    """Which ballot stands for whom: the one that was opened first, unless it was opened alone before its turn."""

    def __init__(self, batches, meeting):
        order = opening_order(meeting.policy, [batch.origin for batch in batches])
        self._turn = {batches[place].number: turn for turn, place in enumerate(order)}
        self.stands = {}

    def count(self, ballot, batch, alone):
        """The ballot's code."""
        if ballot.code != COUNTED:
            return ballot.code
        known = self.stands.get(ballot.voter)
        if known and not alone and known[0] and known[2] is batch:
            if known[1].leaf != ballot.leaf:
                return SUPERSEDED
            self.stands[ballot.voter] = (False, ballot, batch)
            return COUNTED
        if known and not (known[0] and self._turn[batch.number] < self._turn[known[2].number]):
            return SUPERSEDED
        self.stands[ballot.voter] = (alone, ballot, batch)
        return COUNTED

    def tallies(self, motions, areas):
        """By motion, origin and option: (heads, area)."""
        found = [{origin: dict.fromkeys(OPTIONS, (0, 0)) for origin in ORIGINS} for _ in range(motions)]
        for voter, (_, ballot, batch) in self.stands.items():
            for motion in range(motions):
                lanes, option = found[motion][batch.origin], OPTIONS[ballot.answers >> 2 * motion & 3]
                lanes[option] = (lanes[option][0] + 1, lanes[option][1] + areas[voter])
        return found


class Count:
    """What counting came to; `tallies` None where a ballot or an area could not be relied on.

    `opened` holds by batch the ballots of those that were opened whole, each with the chain's code; `stands` by voter
    (opened alone, ballot, batch).
    """

    def __init__(self, done, lapsed):
        self.done, self.lapsed = done, lapsed
        self.tallies = self.voted = None
        self.opened, self.stands = {}, {}


def _check_content(reader, event, batch, checks):
    """What to judge, where the opening is what was sealed."""
    alone = event.name == "BallotCounted"
    name, subject = ("ballotAlone", f"{batch.number}/{event.args['voter']}") if alone else ("batchContent", batch.number)
    if not batch.sound:
        ballots, found = None, "dependsOnFailed"
    else:
        ballots, found = (reader.alone if alone else reader.batch)(event, batch)
    if ballots is None:
        if found != "malformed":
            checks.skip(name, subject, found)
        else:
            checks.that(False, name, subject, batch.commitment, "", found)
        return None
    # A ballot opened alone has one check, which is made when it is counted.
    if alone and found == batch.commitment:
        return ballots
    return ballots if checks.equal(name, batch.commitment, found, subject) else None


def _check_order(steps, batches, meeting, checks):
    order = opening_order(meeting.policy, [batch.origin for batch in batches])
    turns = [batch for event, batch, _ in steps if event.name != "BallotCounted"]
    for turn, batch in enumerate(turns):
        expected = batches[order[turn]].number if turn < len(order) else None
        checks.equal("batchOrder", expected, batch.number, batch.number)


def _check_lapses(evidence, steps, meeting, checks):
    deadline = meeting.counts_from + max(meeting.reveal, _TURN)
    progressed, lapsed = 0, []
    for event, batch, _ in steps:
        if event.name == "BallotCounted":
            continue
        time = evidence.time_of(event.log)
        if event.name == "BatchLapsed":
            lapsed.append(batch.number)
            start = max(deadline, 0 if batch.self_sealed else progressed + _TURN)
            checks.that(time >= start, "batchLapsed", batch.number, start, time, "wrongTime")
        progressed = time
    return sorted(lapsed)


def _check_codes(event, batch, ballots, standing, checks):
    if event.name == "BatchCounted":
        codes = bytes(standing.count(ballot, batch, False) for ballot in ballots)
        return checks.equal("batchCodes", codes, event.args["codes"], batch.number)
    [ballot] = ballots
    code = standing.count(ballot, batch, True)
    expected = [code, ballot.voter, ballot.answers, ballot.leaf]
    found = [COUNTED, *(event.args[name] for name in ("voter", "answers", "leaf"))]
    return checks.equal("ballotAlone", expected, found, f"{batch.number}/{event.args['voter']}")


def check_counting(evidence, roll, meeting, ring, sealing, checks):
    batches, complete = sealing
    reader, steps = Reader(evidence, roll, meeting, ring), []
    for event in evidence.assembly:
        batch = event.name in _STEPS and next((one for one in batches if one.number == event.args["batch"]), None)
        if batch:
            opened = None if event.name == "BatchLapsed" else _check_content(reader, event, batch, checks)
            steps.append((event, batch, opened and [judge(event.log) for _, judge in opened]))
    _check_order(steps, batches, meeting, checks)
    done = sum(event.name != "BallotCounted" for event, _, _ in steps)
    count = Count(done, _check_lapses(evidence, steps, meeting, checks))
    for event, batch, ballots in steps:
        if event.name == "BatchCounted" and ballots is not None:
            count.opened[batch.number] = list(zip(ballots, event.args["codes"]))
    standing, reliable = Standing(batches, meeting), roll.areas is not None and complete
    for event, batch, ballots in steps:
        if event.name == "BatchLapsed":
            continue
        reliable = reliable and ballots is not None
        if reliable:
            reliable = _check_codes(event, batch, ballots, standing, checks)
        elif event.name == "BatchCounted":
            checks.skip("batchCodes", batch.number, "dependsOnFailed")
    if reliable:
        count.tallies = standing.tallies(len(meeting.items), roll.areas)
        count.voted, count.stands = sorted(standing.stands), standing.stands
    return count


def _sum(*pairs):
    return sum(heads for heads, _ in pairs), sum(area for _, area in pairs)


def _outcome(item, total, participating, in_favour):
    """docs/counting-rule.md, under the Civil Code."""
    if not all(3 * part >= 2 * whole for part, whole in zip(participating, total)):
        return "QuorumNotReached"
    if 6 <= item <= 8:
        adopted = all(4 * part >= 3 * whole for part, whole in zip(in_favour, participating))
    else:
        adopted = all(2 * part > whole for part, whole in zip(in_favour, participating))
    return "Adopted" if adopted else "NotAdopted"


def _recount(lanes, item, roll, meeting):
    """One motion in the words of the published result."""
    both = {option: _sum(*(lanes[origin][option] for origin in ORIGINS)) for option in OPTIONS}
    taking = [both["for"], both["against"], both["abstain"]]
    participating = _sum(*taking, *([both["invalid"]] if meeting.invalid_participates else []))
    total = roll.voters, roll.total_area
    show = lambda tally: {option: figures(*tally[option]) for option in OPTIONS}  # noqa: E731
    return {
        "outcome": _outcome(item, total, participating, both["for"]),
        "total": figures(*total),
        "participating": figures(*participating),
        **show(both),
        "origins": [{"origin": origin, **show(lanes[origin])} for origin in ORIGINS],
    }


def _check_motions(evidence, motions, meeting, checks):
    decided = {event.args["motion"]: event for event in reversed(evidence.of("MotionDecided"))}
    for motion in range(len(meeting.items)):
        event = decided.get(motion)
        if event is None or motions is None:
            for name in ("tally", "outcome"):
                checks.skip(name, motion, "dependsOnFailed" if event else "notYet")
            continue
        word = read_tally_word(event.args["tally"])
        found = {option: figures(*lane) for option, lane in word.items()}
        checks.equal("tally", {option: motions[motion][option] for option in OPTIONS}, found, motion)
        outcome = event.args["outcome"]
        known = _OUTCOMES[outcome] if outcome < len(_OUTCOMES) else outcome
        checks.equal("outcome", motions[motion]["outcome"], known, motion)


def _check_conclusion(evidence, meeting, batches, count, checks):
    event = evidence.first("MeetingConcluded")
    time = event and evidence.time_of(event.log)
    if time is None:
        return checks.skip("conclusion", "", "missing" if event else "notYet")
    decided = len(evidence.of("MotionDecided"))
    found = [time >= meeting.counts_from, count.done, decided, event.args["finalAt"]]
    return checks.equal("conclusion", [True, len(batches), len(meeting.items), time + meeting.objection], found)


def _check_record(evidence, motions, batches, count, proven, checks):
    published = [one for one in evidence.records_of("result") if one.value["meeting"] == evidence.meeting]
    last = next((one.value for one in reversed(published) if one.index in proven), None)
    if last is None or motions is None:
        open_ = "notPublished" if evidence.first("MeetingConcluded") else "notYet"
        return checks.skip("resultRecord", "", "dependsOnFailed" if published else open_)
    expected = {"motions": motions, "batches": len(batches), "lapsed": count.lapsed}
    found = {"motions": last["motions"], "batches": last["batches"], "lapsed": sorted(last["lapsed"])}
    return checks.equal("resultRecord", expected, found)


def check_result(evidence, roll, meeting, batches, count, proven, checks):
    """The recount of every motion; None where it could not be made."""
    motions = count.tallies and [
        _recount(lanes, item, roll, meeting) for lanes, item in zip(count.tallies, meeting.items)
    ]
    _check_motions(evidence, motions, meeting, checks)
    _check_conclusion(evidence, meeting, batches, count, checks)
    _check_record(evidence, motions, batches, count, proven, checks)
    return motions
