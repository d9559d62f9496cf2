const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const NARROW = '\u{a0}';

/** `31,402` */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** `1 account`, `1,184 accounts` */
export function formatCount(value: number, noun: string): string {
  return `${formatNumber(value)} ${noun}${Math.round(value) === 1 ? '' : 's'}`;
}

/** A share from 0 to 1 as `97 %`. Never rounded to certainty: what is short of 1 is at most `over 99 %`. */
export function formatPercent(share: number): string {
  if (share > 0.99 && share < 1) return `over 99${NARROW}%`;
  if (share > 0 && share < 0.01) return `under 1${NARROW}%`;
  return `${Math.round(share * 100)}${NARROW}%`;
}

/** A ratio in words: `nine times`, `1.4 times`, `140 times`. */
export function formatRatio(ratio: number): string {
  if (ratio >= 10) return `${formatNumber(ratio)} times`;
  return `${ratio >= 2 ? Math.round(ratio) : ratio.toFixed(1)} times`;
}

/** `12 min`, `1 h 52`, `3 d 4 h`: two units at most. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `2026-04-22 00:04 UTC` */
export function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A time that each reader sees in their own zone, e.g. `yesterday 14:05`; UTC where Slack can't say it. */
export function formatTime(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${formatUtc(at)}>`;
}

/** How long ago a time is when the message is read, e.g. `12 minutes ago`: stays true without an update. */
export function formatAgo(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{ago}|${formatUtc(at)}>`;
}

/** A detection's or capability's id as words: `agentic_coding` → `agentic coding`. */
export function formatWords(id: string): string {
  return id.replaceAll(/[_-]+/g, ' ');
}
