import { DateTime } from 'luxon';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Reply } from '../campaigns/reply.ts';

/** `22:00-07:00` in a time zone. */
export interface QuietHours {
  hours: string;
  timezone: string;
}

/** When the quiet hours that hold at `now` end, epoch milliseconds; null outside them. */
export function quietUntil(now: number, { hours, timezone }: QuietHours): number | null {
  const [from = '', to = ''] = hours.split('-');
  const local = DateTime.fromMillis(now, { zone: timezone });
  const at = (time: string, day: DateTime) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour, minute }, { zone: timezone });
  };
  // Last night's may still hold, tonight's may have begun.
  for (const evening of [local.minus({ days: 1 }), local]) {
    const begin = at(from, evening);
    const end = at(to, from < to ? evening : evening.plus({ days: 1 }));
    if (begin.toMillis() <= now && now < end.toMillis()) return end.toMillis();
  }
  return null;
}

/** Whether a new campaign's message may wait for the morning: nothing critical, and nobody is at it. */
export function rootMayWait({
  severity,
  status,
  assigned,
}: Pick<Campaign, 'severity' | 'status' | 'assigned'>): boolean {
  return severity !== 'critical' && status === 'suspected' && assigned === null;
}

/** Whether a line of a thread may: people's own decisions are told to people who are awake. */
export function replyMayWait(reply: Reply): boolean {
  if (reply.type === 'alert') return reply.by === undefined && reply.after.severity !== 'critical';
  return reply.type === 'woke' && reply.severity !== 'critical';
}
