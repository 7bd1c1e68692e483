// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Outcome: what a vote of the owners comes to
/// @notice The two tests of the law in exact integers. Heads and area must each pass both.
/// `protocol/assembly/count/rule.ts` states the same rule; `test/vectors/count/` holds the cases that both must
/// answer alike.
library Outcome {
    /// @notice The law a resolution falls under: the Civil Code since 2021-01-01, the Property Law of 2007 before.
    enum Regime {
        CivilCode,
        PropertyLaw2007
    }

    /// @notice What a vote can come to. A motion that fails never implies the opposite decision.
    enum Result {
        QuorumNotReached,
        Adopted,
        NotAdopted
    }

    /// @notice Heads, and area in 1e-4 m². Both are far below 2^128, so that a product with 4 cannot overflow.
    struct Totals {
        uint256 heads;
        uint256 areaE4;
    }

    /// @notice The item is not one of the nine of Civil Code Art. 278 para. 1.
    error OutcomeItemUnknown(uint8 item);

    /// @notice A scope without owners or without area cannot vote.
    error OutcomeTotalEmpty(uint256 heads, uint256 areaE4);

    /// @notice More heads or area take part than there are in the scope.
    error OutcomeParticipatingExceedsTotal(Totals participating, Totals total);

    /// @notice More heads or area are in favour than take part.
    error OutcomeInFavourExceedsParticipating(Totals inFavour, Totals participating);

    /// @notice Decides a motion.
    /// @param regime The law it falls under.
    /// @param item Item of Civil Code Art. 278 para. 1 (1 to 9), in both regimes; a mixed motion takes its strictest.
    /// @param total All owners in the motion's scope.
    /// @param participating Those who take part: for, against, abstain and, where the rules of procedure say so,
    /// invalid.
    /// @param inFavour Those who voted for the motion.
    function decide(
        Regime regime,
        uint8 item,
        Totals memory total,
        Totals memory participating,
        Totals memory inFavour
    ) internal pure returns (Result) {
        requireItem(item);
        requirePossible(total, participating, inFavour);
        if (regime == Regime.PropertyLaw2007) return _decide2007(item, total, inFavour);
        if (!reachesTwoThirds(participating, total)) return Result.QuorumNotReached;
        bool passed =
            isSpecial(item)
                ? reachesThreeQuarters(inFavour, participating)
                : exceedsHalf(inFavour, participating);
        return passed ? Result.Adopted : Result.NotAdopted;
    }

    /// @notice Reverts unless the item is one of the nine of Civil Code Art. 278 para. 1.
    function requireItem(uint8 item) internal pure {
        if (item < 1 || item > 9) revert OutcomeItemUnknown(item);
    }

    /// @notice Reverts where the figures cannot have happened.
    function requirePossible(
        Totals memory total,
        Totals memory participating,
        Totals memory inFavour
    ) internal pure {
        // Without owners "three quarters or more" of nothing would pass.
        if (total.heads == 0 || total.areaE4 == 0) revert OutcomeTotalEmpty(total.heads, total.areaE4);
        if (participating.heads > total.heads || participating.areaE4 > total.areaE4) {
            revert OutcomeParticipatingExceedsTotal(participating, total);
        }
        if (inFavour.heads > participating.heads || inFavour.areaE4 > participating.areaE4) {
            revert OutcomeInFavourExceedsParticipating(inFavour, participating);
        }
    }

    /// @notice Civil Code Art. 278 para. 2: items 6 (raise the fund), 7 (alter or rebuild) and 8 (change the use of
    /// common parts or use them for business) need three quarters of those who take part.
    function isSpecial(uint8 item) internal pure returns (bool) {
        return item >= 6 && item <= 8;
    }

    /// @notice Quorum of Civil Code Art. 278 para. 2: "two thirds or more"; equality passes (Art. 1259).
    function reachesTwoThirds(Totals memory part, Totals memory whole) internal pure returns (bool) {
        return 3 * part.heads >= 2 * whole.heads && 3 * part.areaE4 >= 2 * whole.areaE4;
    }

    /// @notice Civil Code Art. 278 para. 2, items 6 to 8: "three quarters or more"; equality passes (Art. 1259).
    function reachesThreeQuarters(Totals memory part, Totals memory whole) internal pure returns (bool) {
        return 4 * part.heads >= 3 * whole.heads && 4 * part.areaE4 >= 3 * whole.areaE4;
    }

    /// @notice Civil Code Art. 278 para. 2, items 1 to 5 and 9: "more than half"; equality fails (Art. 1259).
    function exceedsHalf(Totals memory part, Totals memory whole) internal pure returns (bool) {
        return 2 * part.heads > whole.heads && 2 * part.areaE4 > whole.areaE4;
    }

    /// @dev Property Law of 2007 Art. 76 para. 2: using or raising the fund (items 5 and 6) and altering or
    /// rebuilding (item 7) need two thirds of all owners and all area, the rest more than half of all. It knows no
    /// quorum.
    function _decide2007(
        uint8 item,
        Totals memory total,
        Totals memory inFavour
    ) private pure returns (Result) {
        bool passed =
            item >= 5 && item <= 7 ? reachesTwoThirds(inFavour, total) : exceedsHalf(inFavour, total);
        return passed ? Result.Adopted : Result.NotAdopted;
    }
}
