"""Following the money: what was entered, decided and paid. The specification's section 10, "The funds"."""

from .bank import Bank
from .verify_balances import check_balances
from .verify_bank import check_bank
from .verify_charges import check_charges, check_income_shares
from .verify_claims import check_claims
from .verify_credits import check_credits
from .verify_entries import check_entries, check_entry_order
from .verify_payments import check_payments, check_settlements
from .verify_periods import check_periods
from .verify_reservations import check_reservations
from .verify_schedules import check_schedules
from .verify_settings import check_settings


def _check_books(evidence, checks):
    """What the committee wrote down: the books of a community, those up to a period's closing, or single entries."""
    checks.contain("entrySound", lambda: check_entries(evidence, checks))
    checks.contain("entrySchedule", lambda: check_schedules(evidence, checks))
    checks.contain("chargeDecided", lambda: check_charges(evidence, checks))
    if evidence.scope["kind"] in ("project", "entry"):
        return
    books = evidence.books()
    if evidence.scope["kind"] == "period" and not books.records_of("period"):
        checks.skip("periodFigures", evidence.scope["period"], "missing")
        return
    checks.contain("fundSettings", lambda: check_settings(books, checks))
    checks.contain("entryNumber", lambda: check_entry_order(books, checks))
    checks.contain("periodFigures", lambda: check_periods(books, checks))
    checks.contain("incomeShare", lambda: check_income_shares(books, checks))
    bank = checks.contain("bankStatement", lambda: _bank(books, checks))
    if bank is not None:
        checks.contain("balancesRoot", lambda: check_balances(books, bank, checks))


def _bank(books, checks):
    bank = Bank(books)
    check_bank(books, bank, checks)
    return bank


def _check_money(evidence, checks):
    """What the chain let pass; what each reservation binds, by its number."""
    checks.contain("creditTotal", lambda: check_credits(evidence, checks))
    reserved = checks.contain("reserveDecided", lambda: check_reservations(evidence, checks))
    if reserved is None:
        return {}
    claims = checks.contain("claimAttested", lambda: check_claims(evidence, reserved, checks))
    if claims is not None:
        checks.contain("paymentApproved", lambda: check_payments(evidence, claims, checks))
        checks.contain("settlementRecord", lambda: check_settlements(evidence, reserved, checks))
    return reserved


def follow_money(evidence, checks):
    """Checks what the evidence is about; gives what is known of each reservation."""
    _check_books(evidence, checks)
    return _check_money(evidence, checks)
