import type { ExchangeLine } from '../ingest/records.ts';
import type { Random } from './random.ts';

/** What a gateway's pipeline does to a log. Shares of all exchanges. */
const DUPLICATED = 0.002;
const MALFORMED = 0.0005;
const LATE = 0.005;
const MOST_LATE_MS = 10 * 60_000;

export interface NoiseCounts {
  duplicates: number;
  malformed: number;
  late: number;
}

/** A line that no reader should accept. */
function spoil(line: ExchangeLine, text: string, random: Random): string {
  switch (random.int(0, 4)) {
    case 0:
      return text.slice(0, random.int(8, Math.max(9, text.length - 2)));
    case 1:
      return '<!doctype html><title>504 Gateway Time-out</title><h1>504 Gateway Time-out</h1>';
    case 2:
      return JSON.stringify({ ...line, account_id: undefined });
    case 3:
      return JSON.stringify({ ...line, occurred_at: random.chance(0.5) ? '1970-01-01T00:00:00Z' : 'yesterday' });
    default:
      return JSON.stringify({ ...line, input_tokens: -1 });
  }
}

interface Held {
  readonly due: number;
  readonly at: number;
  readonly text: string;
  readonly copy: boolean;
}

/**
 * The exchanges as lines of a log: nearly in order of time, some late by up to ten minutes, some twice, and beside
 * them some that are malformed. Counts what it did.
 */
export function* logLines(exchanges: Iterable<ExchangeLine>, random: Random, counts: NoiseCounts): Generator<string> {
  // Few lines are held at a time, so the earliest due is found by looking at each.
  const held: Held[] = [];
  let newest = 0;
  function* release(until: number): Generator<string> {
    for (;;) {
      let next = -1;
      for (let i = 0; i < held.length; i++) {
        const due = held[i]?.due ?? 0;
        if (due <= until && (next < 0 || due < (held[next]?.due ?? 0))) next = i;
      }
      const [line] = next < 0 ? [] : held.splice(next, 1);
      if (!line) return;
      if (!line.copy && line.at < newest) counts.late++;
      newest = Math.max(newest, line.at);
      yield line.text;
    }
  }
  for (const line of exchanges) {
    const at = Date.parse(line.occurred_at);
    if (held.length > 0) yield* release(at);
    const text = JSON.stringify(line);
    if (random.chance(LATE)) {
      held.push({ due: at + random.float() * MOST_LATE_MS, at, text, copy: false });
    } else {
      newest = at;
      yield text;
      if (random.chance(DUPLICATED)) {
        counts.duplicates++;
        // A retry at once, or a shipper that starts again from its last checkpoint.
        if (random.chance(0.5)) yield text;
        else held.push({ due: at + random.float() * MOST_LATE_MS, at, text, copy: true });
      }
    }
    if (random.chance(MALFORMED)) {
      counts.malformed++;
      yield spoil(line, text, random);
    }
  }
  yield* release(Number.POSITIVE_INFINITY);
}
