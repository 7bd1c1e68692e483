// What is printed elsewhere too is written alike everywhere.
export {
  formatArea,
  formatCount,
  formatDate,
  formatDay,
  formatGroups,
  formatShare,
  formatTime,
  formatYuan,
} from "../../protocol/format.ts";

/** A share between 0 and 100 for drawing only. */
export function toPercentage(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100;
}
