import { z } from 'zod';

const UNITS = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** When something ends, as people write it: `12h`, `30d`, `6w`, `2026-12-31` or a whole time. To epoch milliseconds. */
export const EndTime = z.string().transform((text, issues): ((now: number) => number) => {
  const span = /^(\d{1,4})([hdw])$/i.exec(text);
  if (span !== null) {
    const ms = Number(span[1]) * UNITS[(span[2] ?? 'd').toLowerCase() as keyof typeof UNITS];
    return (now) => now + ms;
  }
  const at = /^\d{4}-\d\d-\d\d(T.+)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return () => at;
  issues.addIssue({ code: 'custom', message: `${text} is no end: write 12h, 30d, 6w or 2026-12-31` });
  return z.NEVER;
});
