const ZONE = /(?:[Zz]|[+-]\d\d:?\d\d)$/;
/** Outside these, `Date` has no such time. */
const LATEST_MS = 8.64e15;

/** A database's time, which is UTC where it names no zone, as RFC 3339. What is no such text stays as it is. */
export function utcTime(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const zoned = ZONE.test(value) ? value : `${value}Z`;
  return zoned.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

/** Milliseconds since 1970 as RFC 3339; undefined for what is no number. */
export function timeOfMs(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LATEST_MS) return undefined;
  return new Date(value).toISOString();
}

/** Nanoseconds since 1970, which JSON carries as a string of digits, as RFC 3339. */
export function timeOfNanos(value: unknown): string | undefined {
  if (typeof value === 'number') return timeOfMs(Math.floor(value / 1e6));
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return undefined;
  return timeOfMs(Number(BigInt(value) / 1_000_000n));
}
