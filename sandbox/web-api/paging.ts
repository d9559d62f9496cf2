import { SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';

interface Page<T> {
  items: T[];
  next_cursor: string;
}

/** One page of a list by `limit` and `cursor`; throws `invalid_cursor`, `invalid_limit`. */
export function page<T>(args: Arguments, all: T[], { standard, max }: { standard: number; max: number }): Page<T> {
  const size = args.number('limit') ?? standard;
  if (!Number.isInteger(size) || size < 1 || size > max) throw new SlackError('invalid_limit');
  const cursor = args.text('cursor');
  const start = cursor === undefined ? 0 : Number(/^next:(\d+)$/.exec(decode(cursor))?.[1] ?? Number.NaN);
  if (!Number.isInteger(start) || start > all.length) throw new SlackError('invalid_cursor');
  const end = start + size;
  const next_cursor = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), next_cursor };
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64').toString();
}
