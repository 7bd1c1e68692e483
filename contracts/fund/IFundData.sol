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
}
