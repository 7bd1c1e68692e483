/** Every form in which the books are given out. */
export const BOOK_FORMS = ["csv", "xlsx", "hledger", "beancount"] as const;

/** A form in which the books are given out. */
export type BookForm = (typeof BOOK_FORMS)[number];

const ENDINGS = { csv: "csv", xlsx: "xlsx", hledger: "journal", beancount: "beancount" } as const;

/** The ending of a file's name. */
export const endingOf = (form: BookForm): string => ENDINGS[form];
