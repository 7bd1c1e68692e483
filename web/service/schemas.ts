import { config } from "zod/v4/core";

// The schemas of protocol/ would compile themselves into code, which the page's policy forbids; trying
// it is reported as a violation. To be imported before any of them.
config({ jitless: true });
