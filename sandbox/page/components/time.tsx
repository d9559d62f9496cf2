const SHORT = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export function toDate(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** A message's time in the local zone, in full on hover. */
export function Time({ ts }: { ts: string }) {
  const date = toDate(ts);
  if (Number.isNaN(date.getTime())) return null;
  return (
    <time dateTime={date.toISOString()} title={FULL.format(date)}>
      {SHORT.format(date)}
    </time>
  );
}
