import { OWN } from "./own.ts";
import { startPage } from "./page.ts";
import { answerOrders } from "./work.ts";

// One script for both: the page starts itself once more as the worker that verifies.
if (typeof document === "undefined") answerOrders(OWN);
else startPage();
