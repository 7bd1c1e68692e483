/** A failure that the page can explain: the service's problem+json, or one of the page's own codes. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;

  constructor(code: string, options: { params?: Record<string, unknown>; status?: number } = {}) {
    super(code);
    this.code = code;
    this.params = options.params ?? {};
    this.status = options.status ?? 0;
  }
}

/** Any failure as a problem; what was not foreseen is shown as such and not dressed up. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isNamed(error, "NotAllowedError")) return new Problem("SigningDeclined");
  return new Problem("PageFault", {
    params: { detail: error instanceof Error ? error.message : "" },
  });
}

export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
