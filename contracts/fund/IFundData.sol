// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IFundData: what the fund is told, and what it keeps
interface IFundData {
    /// @notice One fund as the chain keeps it: one word.
    /// @param credited All that it ever received, less corrections.
    /// @param committed What of it is reserved or has been paid.
    /// @param approvals How many approvals a payment asks for; reservations keep the number of their time.
    /// @param overrunBasisPoints By how much of its budget a motion may be overrun without a new vote.
    struct Account {
        uint64 credited;
        uint64 committed;
        uint8 approvals;
        uint16 overrunBasisPoints;
    }

    /// @notice The rules of a fund that are not the Civil Code's but a place's or the owners'.
    /// @param approvals How many approvals a payment asks for: 2 to 16.
    /// @param overrunBasisPoints By how much of its budget a motion may be overrun without a new vote, in 1/10,000.
    /// @param record Leaf hash of the record that cites the source of both.
    struct Rules {
        uint8 approvals;
        uint16 overrunBasisPoints;
        bytes32 record;
    }

    /// @notice Whom the money is paid to.
    /// @param name The contractor.
    /// @param accountTail The last four signs of the account's number.
    /// @param account The salted hash of the account's number.
    struct Payee {
        string name;
        string accountTail;
        bytes32 account;
    }

    /// @notice A use plan, by parts: what the owners adopted, or what two officers attest in an emergency.
    /// @param fund 0 maintenance, 1 public income.
    /// @param budget What it may cost.
    /// @param payee Whom it is paid to.
    /// @param scope SHA-256 of the charge scope.
    /// @param rule SHA-256 of the apportionment rule.
    struct Plan {
        uint8 fund;
        uint64 budget;
        Payee payee;
        bytes32 scope;
        bytes32 rule;
    }

    /// @notice A part of the work that is accepted, and paid, by itself.
    /// @param title What it is called in the contract.
    /// @param amount The most that is paid for it.
    struct Milestone {
        string title;
        uint64 amount;
    }

    /// @notice All that a reservation binds. The chain keeps its hash.
    /// @param plan The plan.
    /// @param milestones 1 to 32, as the contract has them.
    struct Terms {
        Plan plan;
        Milestone[] milestones;
    }

    /// @notice Where the decision stands that a reservation follows.
    /// @param meeting The meeting.
    /// @param motion The motion, from 0.
    struct Motion {
        uint256 meeting;
        uint256 motion;
    }

    /// @notice How far a milestone has come. What was rejected or withdrawn is open again.
    enum MilestoneState {
        Open,
        Submitted,
        Accepted,
        Paid
    }

    /// @notice Money set aside for one decision.
    /// @param amount What is set aside: the sum of its milestones; once it is settled, what was paid.
    /// @param accepted What of it has been accepted, paid or not.
    /// @param fund 0 maintenance, 1 public income.
    /// @param approvals How many approvals a payment asks for.
    /// @param milestones Number of milestones.
    /// @param isSettled Whether it is over.
    /// @param terms Hash of its terms.
    struct Reservation {
        uint64 amount;
        uint64 accepted;
        uint8 fund;
        uint8 approvals;
        uint8 milestones;
        bool isSettled;
        // a word ends here
        bytes32 terms;
    }

    /// @notice What an officer claims for a milestone.
    /// @param milestone The milestone, from 0.
    /// @param amount What is to be paid, at most the milestone's amount.
    /// @param invoice SHA-256 of the invoice's file.
    /// @param record Leaf hash of the invoice's record in the log.
    struct Submission {
        uint256 milestone;
        uint64 amount;
        bytes32 invoice;
        bytes32 record;
    }

    /// @notice Which claim is judged or withdrawn.
    /// @param reservation The reservation.
    /// @param milestone The milestone, from 0, for which it waits.
    /// @param invoice The invoice that was submitted.
    struct ClaimPlace {
        uint256 reservation;
        uint256 milestone;
        bytes32 invoice;
    }

    /// @notice A claim as the chain keeps it until it is paid, rejected or withdrawn: two words. Then both are cleared,
    /// which makes a payment cheap: a milestone whose claim is gone has been paid.
    /// @param release Struct hash of the message that approvers sign.
    /// @param author The first 20 bytes of the id of the officer who submitted it.
    /// @param amount What is to be paid.
    /// @param approvals How many approvals its payment asks for.
    /// @param isAccepted Whether it has been accepted.
    struct Claim {
        bytes32 release;
        // a word ends here
        bytes20 author;
        uint64 amount;
        uint8 approvals;
        bool isAccepted;
    }

    /// @notice A secp256k1 signature (EIP-2098), whose signer is recovered from it.
    struct Signature {
        bytes32 r;
        bytes32 vs;
    }
}
