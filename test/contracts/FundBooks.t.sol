// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Fund} from "../../contracts/fund/Fund.sol";
import {FundTerms} from "../../contracts/fund/FundTerms.sol";
import {IFundData} from "../../contracts/fund/IFundData.sol";
import {FundDesk} from "./FundDesk.sol";
import {FundOffice} from "./FundOffice.sol";

/// @title FundBooksTest: whatever is done in whatever order, the sums agree and nothing is paid without its approvals
contract FundBooksTest {
    error Differs(string what, uint256 found, uint256 expected);

    FundOffice private _office;
    FundDesk private _desk;

    function setUp() external {
        _office = new FundOffice();
        _desk = _office.desk();
    }

    /// @notice Only the office acts.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_office);
    }

    /// @notice reserved + paid + free = credited, and what is committed is what the reservations have.
    function invariant_SumsAgree() external view {
        Fund fund = _desk.fund();
        IFundData.Account memory account = fund.getAccount(0);
        (uint256 reserved, uint256 paid) = _sums(fund);
        _requireEqual("committed", account.committed, reserved + paid);
        uint256 free = account.credited - account.committed;
        _requireEqual("credited", account.credited, reserved + paid + free);
        _requireEqual("paid", paid, _desk.paid());
        _requireEqual("other fund", fund.getAccount(1).committed, 0);
    }

    /// @notice No reservation is accepted or paid beyond its amount, none beyond what was approved.
    function invariant_SpentWithinApproved() external view {
        Fund fund = _desk.fund();
        for (uint256 i = 1; i <= fund.reservationCount(); ++i) {
            IFundData.Reservation memory reserved = fund.getReservation(i);
            require(
                fund.paidOf(i) <= reserved.accepted,
                Differs("accepted", fund.paidOf(i), reserved.accepted)
            );
            require(
                reserved.accepted <= reserved.amount,
                Differs("amount", reserved.accepted, reserved.amount)
            );
            require(reserved.amount <= _desk.limitOf(i), Differs("limit", reserved.amount, _desk.limitOf(i)));
        }
    }

    /// @notice Every payment had the approvals that it asked for, of different approvers, none of them the author; no
    /// claim was paid twice.
    function invariant_NothingPaidWithoutTrail() external view {
        require(_desk.isTrailSound(), Differs("trail", 0, 1));
    }

    /// @notice What the invariants look at does happen: the desk pays, and what it must not do it cannot.
    function test_DeskPays() external {
        _desk.credit(1_000);
        assert(_desk.reserve(1_000, 997, 2));
        _desk.submit(0, 0, 500, false);
        _desk.judge(0, true, true);
        _release([uint256(0), 1, 2, 3], 2);
        _requireEqual("before the acceptance", _desk.paid(), 0);
        _desk.judge(0, true, false);
        _release([uint256(0), 0, 0, 0], 4);
        _release([uint256(0), 8, 9, 1], 2);
        _release([uint256(0), 9, 1, 2], 3);
        _release([uint256(0), 1, 2, 3], 1);
        _requireEqual("by wrong approvals", _desk.paid(), 0);
        _release([uint256(0), 1, 2, 3], 2);
        _requireEqual("by two approvers", _desk.paid(), 500);
        _release([uint256(2), 3, 0, 1], 2);
        _requireEqual("a second time", _desk.paid(), 500);
        assert(_desk.isTrailSound());
    }

    /// @notice The text that people sign is the amount in yuan.
    function testFuzz_YuanAsText(uint64 amount) external pure {
        bytes memory digits = bytes(Strings.toString(amount));
        while (digits.length < 3) digits = bytes.concat("0", digits);
        bytes memory text = new bytes(digits.length + 1);
        for (uint256 i = 0; i < text.length; ++i) {
            uint256 point = digits.length - 2;
            text[i] =
                i < point
                    ? digits[i]
                    : i == point
                        ? bytes1(".")
                        : digits[i - 1];
        }
        assert(FundTerms.hashYuan(amount) == keccak256(text));
    }

    /// @notice A reservation passes exactly when it is within its budget with the overrun, and within what is free.
    function testFuzz_ReservedWithinBudgetAndBalance(
        uint64 budget,
        uint64 amount,
        uint64 credited,
        uint16 overrun
    ) external {
        overrun = overrun % 10_001;
        _desk.credit(credited);
        _desk.configure(2, overrun);
        uint256 limit = uint256(budget) + (uint256(budget) * overrun) / 10_000;
        bool isReserved = _desk.reserve(budget, amount, 0);
        assert(isReserved == (amount > 0 && amount <= limit && amount <= credited));
    }

    function _release(uint256[4] memory by, uint8 count) private {
        _desk.release(0, by, count, 1);
    }

    function _sums(Fund fund) private view returns (uint256 reserved, uint256 paid) {
        for (uint256 i = 1; i <= fund.reservationCount(); ++i) {
            uint256 own = fund.paidOf(i);
            paid += own;
            reserved += fund.getReservation(i).amount - own;
        }
    }

    function _requireEqual(string memory what, uint256 found, uint256 expected) private pure {
        require(found == expected, Differs(what, found, expected));
    }
}
