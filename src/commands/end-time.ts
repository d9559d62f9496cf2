import { z } from 'zod';

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };
const SPAN = String.raw`(\d{1,4})\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)`;

/** When something ends, as people write it: `90m`, `4h`, `1d12h`, `2 days`, `2026-12-31` or a whole time. To epoch milliseconds. */
export const EndTime = z.string().transform((text, issues): ((now: number) => number) => {
  const trimmed = text.trim();
  if (new RegExp(`^(?:${SPAN}\\s*)+$`, 'i').test(trimmed)) {
    const spans = [...trimmed.matchAll(new RegExp(SPAN, 'gi'))];
    const ms = spans.reduce((sum, [, count, unit = 'd']) => sum + Number(count) * unitMs(unit), 0);
    return (now) => now + ms;
  }
  const at = isDate(trimmed) ? Date.parse(trimmed) : Number.NaN;
  if (!Number.isNaN(at)) return () => at;
  issues.addIssue({ code: 'custom', message: `${text} is no end: write 4h, 30d, 6w or 2026-12-31` });
  return z.NEVER;
});

function unitMs(unit: string): number {
  return UNIT_MS[unit.charAt(0).toLowerCase()] ?? 0;
}

/** The 30th of February would be taken for the 2nd of March. */
function isDate(text: string): boolean {
  const day = /^(\d{4}-\d\d-\d\d)(?:T.+)?$/.exec(text)?.[1];
  if (day === undefined) return false;
  const midnight = Date.parse(day);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
