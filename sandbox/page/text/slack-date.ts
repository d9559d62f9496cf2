export interface DateSetting {
  now: Date;
  /** IANA zone; the browser's own where absent. */
  timeZone?: string;
  locale?: string;
}

function format(date: Date, { locale, timeZone }: DateSetting, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options).format(date);
}

/** Days since 1970 of the calendar day that the instant falls on in the zone. */
function dayNumber(date: Date, { timeZone }: DateSetting): number {
  const setting = { now: date, locale: 'en-CA', ...(timeZone ? { timeZone } : {}) };
  return Date.parse(format(date, setting, { year: 'numeric', month: '2-digit', day: '2-digit' })) / 86_400_000;
}

function pretty(date: Date, setting: DateSetting, otherwise: string): string {
  const days = dayNumber(date, setting) - dayNumber(setting.now, setting);
  if (days === 0) return 'today';
  if (days === -1) return 'yesterday';
  return days === 1 ? 'tomorrow' : otherwise;
}

const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [31_536_000, 'year'],
  [2_592_000, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** How long ago or ahead, in the largest unit that fits: "12 minutes ago". */
export function relativeTime(date: Date, { now, locale }: DateSetting): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [size, unit] = STEPS.find(([step]) => Math.abs(seconds) >= step) ?? [1, 'second'];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** Fills the tokens of `<!date^…>` and of rich text's dates; unknown tokens stay as they are. */
export function formatSlackDate(seconds: number, template: string, setting: DateSetting): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const long = () => format(date, setting, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  const medium = () => format(date, setting, { year: 'numeric', month: 'long', day: 'numeric' });
  const short = () => format(date, setting, { year: 'numeric', month: 'short', day: 'numeric' });
  const tokens: Record<string, () => string> = {
    date: medium,
    date_num: () => new Date(dayNumber(date, setting) * 86_400_000).toISOString().slice(0, 10),
    date_slash: () => format(date, setting, { year: 'numeric', month: '2-digit', day: '2-digit' }),
    date_short: short,
    date_long: long,
    date_full: long,
    date_long_full: long,
    date_pretty: () => pretty(date, setting, medium()),
    date_short_pretty: () => pretty(date, setting, short()),
    date_long_pretty: () => pretty(date, setting, long()),
    day_divider_pretty: () =>
      pretty(date, setting, format(date, setting, { weekday: 'long', month: 'long', day: 'numeric' })),
    time: () => format(date, setting, { hour: 'numeric', minute: '2-digit' }),
    time_secs: () => format(date, setting, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => relativeTime(date, setting),
  };
  return template.replace(/\{([a-z_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(tokens, name) ? (tokens[name]?.() ?? whole) : whole,
  );
}
