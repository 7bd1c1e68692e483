/** Beside the page in every bundle: what verifies funds, whole communities and claims. */
export const PART_FILE = "verifier.js";

/** Its hash, which the build writes here: PART_SHA256 stands for it. */
export const PART_SHA256: string = "PART_SHA256";
