"""The settings of the books: the specification's section 10."""

from .books import check_two_officers, number_fault


def check_settings(books, checks):
    settings = [one.value for one in books.records_of("fundSettings")]
    checks.equal("fundSettings", "", number_fault(one["number"] for one in settings))
    for said in settings:
        check_two_officers(books, "fundSettings", said["number"], said, checks)
