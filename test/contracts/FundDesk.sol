// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Assembly} from "../../contracts/assembly/Assembly.sol";
import {Fund} from "../../contracts/fund/Fund.sol";
import {IFundData} from "../../contracts/fund/IFundData.sol";
import {IRegistry} from "../../contracts/registry/IRegistry.sol";
import {Registry} from "../../contracts/registry/Registry.sol";

/// @dev What a test may do that no contract can.
interface Vm {
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function addr(uint256 key) external pure returns (address);
}

/// @title FundDesk: a community's officers, who do what they are told, rightly and wrongly
/// @notice For tests only. What the Fund refuses changes nothing; what it lets pass is noted and judged apart from it.
contract FundDesk {
    Vm private constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    uint256 private constant REGISTRAR = 101;
    uint256 private constant COMMITTEE = 102;
    uint256 private constant AUTHOR = 103;
    uint256 private constant OUTSIDER = 104;
    uint256 private constant FIRST_APPROVER = 105;
    uint256 private constant APPROVERS = 4;
    uint256 private constant MILESTONES = 3;

    Fund private immutable _fund;
    bytes32 private immutable _domain;
    uint256 private _nonce;
    uint256 private _invoices;

    /// @notice What was paid, as the desk counts it.
    uint256 public paid;
    /// @notice Whether every payment that passed had its approvals.
    bool public isTrailSound = true;

    mapping(uint256 reservation => IFundData.Terms) private _terms;
    mapping(uint256 claim => IFundData.ClaimPlace) private _places;
    mapping(uint256 claim => uint64) private _amounts;
    mapping(uint256 claim => bool) private _isPaid;

    constructor() {
        IRegistry.Appointment[] memory appointments = new IRegistry.Appointment[](3 + APPROVERS);
        appointments[0] = IRegistry.Appointment(_signerOf(REGISTRAR), 1);
        appointments[1] = IRegistry.Appointment(_signerOf(COMMITTEE), 2);
        appointments[2] = IRegistry.Appointment(_signerOf(AUTHOR), 2 | 32);
        for (uint256 i = 0; i < APPROVERS; ++i) {
            appointments[3 + i] = IRegistry.Appointment(_signerOf(FIRST_APPROVER + i), 32);
        }
        Registry registry = new Registry(appointments);
        Assembly meetings = new Assembly(registry);
        registry.setAssembly(address(meetings));
        _fund = new Fund(meetings);
        _domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Mingzhang"),
                keccak256("1"),
                block.chainid,
                address(_fund)
            )
        );
    }

    /// @notice The contract that is tested.
    function fund() external view returns (Fund) {
        return _fund;
    }

    /// @notice The most that a reservation may have come to.
    function limitOf(uint256 reservation) external view returns (uint256) {
        // Rules change; what was reserved is at most twice its budget at any time.
        return 2 * uint256(_terms[reservation].plan.budget);
    }

    /// @notice The amount of a milestone of a reservation.
    function milestoneOf(uint256 which, uint256 milestone) external view returns (uint64) {
        if (_fund.reservationCount() == 0) return 0;
        IFundData.Milestone[] storage milestones = _terms[1 + (which % _fund.reservationCount())].milestones;
        milestone = milestone % MILESTONES;
        return milestone < milestones.length ? milestones[milestone].amount : 0;
    }

    function credit(uint64 credited) public {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Credit(uint8 fund,uint64 credited,bytes32 record,uint256 nonce)"),
                0,
                credited,
                bytes32(0),
                _nonce
            )
        );
        try _fund.credit(0, credited, 0, _attest(structHash, REGISTRAR, COMMITTEE)) {
            ++_nonce;
        } catch {}
    }

    function configure(uint8 approvals, uint16 overrun) public {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Configure(uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce)"
                ),
                0,
                approvals,
                overrun,
                bytes32(0),
                _nonce
            )
        );
        IFundData.Rules memory rules = IFundData.Rules(approvals, overrun, 0);
        try _fund.configure(0, rules, _attest(structHash, REGISTRAR, COMMITTEE)) {
            ++_nonce;
        } catch {}
    }

    /// @notice Reserves for an emergency: the amount for the first milestone, one fen for each of the others.
    function reserve(uint64 budget, uint64 amount, uint8 others) public returns (bool) {
        uint256 reservation = _fund.reservationCount() + 1;
        IFundData.Terms memory terms = _makeTerms(budget, amount, others % MILESTONES);
        bytes32 payee = keccak256(
            abi.encode(terms.plan.payee.name, terms.plan.payee.accountTail, terms.plan.payee.account)
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ReserveEmergency(uint256 reservation,uint8 ground,string payee,string amountYuan,bytes32 plan,"
                    "bytes32 milestones,bytes32 record)"
                ),
                reservation,
                0,
                keccak256(bytes(terms.plan.payee.name)),
                _hashYuan(uint256(amount) + (others % MILESTONES)),
                keccak256(abi.encode(uint8(0), budget, payee, bytes32(0), bytes32(0))),
                keccak256(abi.encode(terms.milestones)),
                bytes32(0)
            )
        );
        try _fund.reserveEmergency(0, terms, 0, _attest(structHash, REGISTRAR, COMMITTEE)) {
            IFundData.Terms storage kept = _terms[reservation];
            kept.plan = terms.plan;
            for (uint256 i = 0; i < terms.milestones.length; ++i) kept.milestones.push(terms.milestones[i]);
            return true;
        } catch {
            return false;
        }
    }

    function submit(uint256 which, uint256 milestone, uint64 amount, bool reuse) external {
        if (_fund.reservationCount() == 0) return;
        uint256 reservation = 1 + (which % _fund.reservationCount());
        IFundData.Terms memory terms = _terms[reservation];
        milestone = milestone % MILESTONES;
        if (milestone >= terms.milestones.length) return;
        bytes32 invoice = bytes32(reuse ? _invoices : ++_invoices);
        uint256 claim = _fund.claimCount() + 1;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Submit(uint256 claim,uint256 reservation,uint256 milestone,string title,string amountYuan,"
                    "bytes32 invoice,bytes32 record)"
                ),
                claim,
                reservation,
                milestone,
                keccak256(bytes(terms.milestones[milestone].title)),
                _hashYuan(amount),
                invoice,
                bytes32(0)
            )
        );
        IRegistry.Attestation memory attestation = _attestation(structHash, AUTHOR);
        try
            _fund.submit(reservation, terms, IFundData.Submission(milestone, amount, invoice, 0), attestation)
        {
            _places[claim] = IFundData.ClaimPlace(reservation, milestone, invoice);
            _amounts[claim] = amount;
        } catch {}
    }

    function judge(uint256 which, bool isAccepted, bool byAuthor) external {
        uint256 claim = _pick(which);
        if (claim == 0) return;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Judge(uint256 claim,string amountYuan,bytes32 invoice,bool isAccepted,bytes32 record)"
                ),
                claim,
                _hashYuan(_amounts[claim]),
                _places[claim].invoice,
                isAccepted,
                bytes32(0)
            )
        );
        uint256 second = byAuthor ? AUTHOR : COMMITTEE;
        try _fund.judge(_places[claim], isAccepted, 0, _attest(structHash, REGISTRAR, second)) {
            if (byAuthor) isTrailSound = false;
        } catch {}
    }

    function withdraw(uint256 which) external {
        uint256 claim = _pick(which);
        if (claim == 0) return;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Withdraw(uint256 claim,string amountYuan,bytes32 invoice,bytes32 record)"),
                claim,
                _hashYuan(_amounts[claim]),
                _places[claim].invoice,
                bytes32(0)
            )
        );
        try _fund.withdraw(_places[claim], 0, _attest(structHash, REGISTRAR, COMMITTEE)) {} catch {}
    }

    /// @notice Tries to pay with up to four approvals by anybody, in any number, as wallets or as attestations.
    function release(uint256 which, uint256[4] calldata by, uint8 count, uint8 wallets) external {
        uint256 claim = _pick(which);
        if (claim == 0) return;
        uint256[] memory keys = _pickSigners(by, count);
        uint256 short = wallets % (keys.length + 1);
        uint256 needed = _fund.getClaim(claim).approvals;
        bytes32 digest = _fund.releaseDigest(claim);
        IFundData.Signature[] memory signatures = new IFundData.Signature[](short);
        IRegistry.Attestation[] memory attestations = new IRegistry.Attestation[](keys.length - short);
        for (uint256 i = 0; i < keys.length; ++i) {
            (uint8 v, bytes32 r, bytes32 s) = VM.sign(keys[i], digest);
            if (i < short)
                signatures[i] = IFundData.Signature(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
            else {
                attestations[i - short] = IRegistry.Attestation(
                    _signerOf(keys[i]),
                    abi.encodePacked(r, s, v)
                );
            }
        }
        try _fund.release(claim, signatures, attestations) {
            if (_isPaid[claim] || !_isTrail(keys, needed)) isTrailSound = false;
            _isPaid[claim] = true;
            paid += _amounts[claim];
        } catch {}
    }

    function settle(uint256 which) external {
        if (_fund.reservationCount() == 0) return;
        uint256 reservation = 1 + (which % _fund.reservationCount());
        IFundData.Reservation memory reserved = _fund.getReservation(reservation);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Settle(uint256 reservation,string paidYuan,string freedYuan,bytes32 record)"),
                reservation,
                _hashYuan(_fund.paidOf(reservation)),
                _hashYuan(reserved.amount - _fund.paidOf(reservation)),
                bytes32(0)
            )
        );
        try _fund.settle(reservation, 0, _attest(structHash, REGISTRAR, COMMITTEE)) {} catch {}
    }

    // ── Inside ──

    /// @dev Apart from the contract's own way: all pairs are compared.
    function _isTrail(uint256[] memory keys, uint256 needed) private pure returns (bool) {
        if (keys.length < needed || needed < 2) return false;
        for (uint256 i = 0; i < keys.length; ++i) {
            if (keys[i] < FIRST_APPROVER || keys[i] >= FIRST_APPROVER + APPROVERS) return false;
            for (uint256 j = 0; j < keys.length; ++j) if (i != j && keys[i] == keys[j]) return false;
        }
        return true;
    }

    /// @dev An approver mostly, sometimes the author, the registrar or somebody else.
    function _pickSigners(uint256[4] calldata by, uint8 count) private pure returns (uint256[] memory keys) {
        keys = new uint256[](count % 5);
        for (uint256 i = 0; i < keys.length; ++i) {
            uint256 choice = by[i] % 10;
            keys[i] =
                choice < 8
                    ? FIRST_APPROVER + (choice % APPROVERS)
                    : choice == 8
                        ? AUTHOR
                        : OUTSIDER;
        }
    }

    function _pick(uint256 which) private view returns (uint256) {
        uint256 count = _fund.claimCount();
        return count == 0 ? 0 : 1 + (which % count);
    }

    function _makeTerms(
        uint64 budget,
        uint64 amount,
        uint256 others
    ) private pure returns (IFundData.Terms memory terms) {
        terms.plan = IFundData.Plan(0, budget, IFundData.Payee("Contractor", "3445", 0), 0, 0);
        terms.milestones = new IFundData.Milestone[](1 + others);
        terms.milestones[0] = IFundData.Milestone("works", amount);
        for (uint256 i = 1; i <= others; ++i) terms.milestones[i] = IFundData.Milestone("rest", 1);
    }

    function _hashYuan(uint256 amount) private pure returns (bytes32) {
        bytes memory text;
        for (uint256 place = 0; place < 3 || amount > 0; ++place) {
            if (place == 2) text = bytes.concat(".", text);
            text = bytes.concat(bytes1(uint8(48 + (amount % 10))), text);
            amount /= 10;
        }
        return keccak256(text);
    }

    function _signerOf(uint256 key) private pure returns (bytes memory) {
        return abi.encodePacked(VM.addr(key));
    }

    function _attestation(
        bytes32 structHash,
        uint256 key
    ) private view returns (IRegistry.Attestation memory) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domain, structHash));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        return IRegistry.Attestation(_signerOf(key), abi.encodePacked(r, s, v));
    }

    function _attest(
        bytes32 structHash,
        uint256 first,
        uint256 second
    ) private view returns (IRegistry.Attestation[2] memory attestations) {
        attestations[0] = _attestation(structHash, first);
        attestations[1] = _attestation(structHash, second);
    }
}
