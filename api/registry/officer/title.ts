import * as z from "zod";

export const officeTitle = z
  .string()
  .normalize("NFC")
  .trim()
  .min(1)
  .max(60)
  .meta({ description: "the office, not the person", example: "居民委员会" });
