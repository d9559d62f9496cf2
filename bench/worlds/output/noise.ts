import type { Random } from '../random.ts';

/** A line that no reader can take, made of a good one. */
export function malform(random: Random, line: Record<string, unknown>): string {
  const text = JSON.stringify(line);
  const { account_id: _, ...nameless } = line;
  return random.weighted([
    [text.slice(0, random.int(10, Math.max(11, text.length - 10))), 3],
    [JSON.stringify(nameless), 4],
    [JSON.stringify({ ...line, occurred_at: 'yesterday' }), 1],
    [JSON.stringify({ ...line, input_tokens: -1 }), 1],
    ['<html><body>502 Bad Gateway</body></html>', 3],
  ] as const);
}

export const DUPLICATE = 0.002;
export const MALFORMED = 0.0005;
export const LATE = 0.005;
export const LATEST_MS = 600_000;
