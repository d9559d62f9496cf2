import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time-units.ts';

// What the value of a variable may look like, and what is said where it does not.

export const UNITS = { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;

/** `10m`, `36h`: a number and one of s, m, h, d, as milliseconds. */
export const Duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'must be a number with its unit, such as 90s, 10m, 36h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS]);

const SIZES = { MB: 1e6, GB: 1e9 } as const;

/** `500MB`, `2GB`, as bytes; `0` is none. */
export const Bytes = z
  .string()
  .regex(/^(?:0|\d{1,6}[MG]B)$/, 'must be a number with its unit, such as 500MB or 2GB, or 0')
  .transform((text) => (text === '0' ? 0 : Number(text.slice(0, -2)) * SIZES[text.slice(-2) as keyof typeof SIZES]));

export const DatabaseUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol),
    'must look like postgres://user:password@host:5432/database',
  );

export const secret = (prefix: string, where: string) =>
  z.string().startsWith(prefix, `must start with ${prefix}: ${where} in the app's settings on api.slack.com`);

export const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });

/** A time limit; `none` is no limit. */
export const Limit = z.union(
  [z.literal('none').transform(() => null), Duration],
  'must be a time such as 15m, 4h or 2d, or none',
);

export const channelName = z.string().transform((text) => text.replace(/^#/, ''));
export const groupName = z.string().transform((text) => text.replace(/^@/, ''));

export const Port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65_535, 'must be a port number');

const SHORTEST_TOKEN = 32;

/** Separated by commas; each long enough not to be guessed. */
export const Tokens = z
  .string()
  .transform((text) => text.split(',').map((token) => token.trim()))
  .refine(
    (tokens) => tokens.every((token) => token.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(token)),
    `must be tokens of at least ${SHORTEST_TOKEN} visible ASCII characters, separated by commas, such as the output of: openssl rand -hex 32`,
  );
