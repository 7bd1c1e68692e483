/** Why a case cannot be counted. */
export type CountErrorCode =
  | "MalformedJson"
  | "InvalidUtf8"
  | "LineTooLong"
  | "NotAnObject"
  | "FieldUnknown"
  | "FieldMissing"
  | "FieldDuplicate"
  | "IdInvalid"
  | "RegimeUnknown"
  | "ItemUnknown"
  | "RuleUnknown"
  | "HeadsInvalid"
  | "AreaInvalid"
  | "TotalEmpty"
  | "ParticipatingExceedsTotal"
  | "PartsExceedTotal";

/** Thrown for a case that is malformed or cannot have happened; `path` names the field, as "for.area". */
export class CountError extends Error {
  override readonly name = "CountError";
  readonly code: CountErrorCode;
  readonly path: string | undefined;

  constructor(code: CountErrorCode, message: string, path?: string, options?: ErrorOptions) {
    super(path === undefined ? message : `${path}: ${message}`, options);
    this.code = code;
    this.path = path;
  }
}
