import { DateTime } from 'luxon';

export interface DigestSlot {
  /** Local calendar day of the digest, `YYYY-MM-DD`: there is one slot a day, whatever the clocks do. */
  day: string;
  /** From the slot before to this one, epoch milliseconds: 23 to 25 hours. */
  from: number;
  to: number;
}

/**
 * The newest slot that has come by `now`. A local time that a change of clocks leaves out comes an hour later, one
 * that comes twice counts the first time.
 */
export function latestDigestSlot(now: number, { time, timezone }: { time: string; timezone: string }): DigestSlot {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const today = DateTime.fromMillis(now, { zone: timezone }).startOf('day');
  const slotOn = (day: DateTime) => {
    const { year, month, day: date } = day;
    return DateTime.fromObject({ year, month, day: date, hour, minute }, { zone: timezone });
  };
  const day = slotOn(today).toMillis() <= now ? today : today.minus({ days: 1 });
  return {
    day: day.toFormat('yyyy-MM-dd'),
    from: slotOn(day.minus({ days: 1 })).toMillis(),
    to: slotOn(day).toMillis(),
  };
}
