import { formatSlackDate } from '../text/slack-date.ts';

/** The line between two days. */
export function DayLine({ ts }: { ts: string }) {
  const day = formatSlackDate(Number(ts), '{day_divider_pretty}', { now: new Date() });
  return (
    <div class="day-line" role="separator">
      <span>{day.charAt(0).toUpperCase() + day.slice(1)}</span>
    </div>
  );
}
