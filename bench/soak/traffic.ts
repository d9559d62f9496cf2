import type { Input } from '../../src/ingest/open-input.ts';
import { DAY_MS } from '../../src/time-units.ts';
import { inputOf, worldLines } from '../scale/world-lines.ts';

/** Exchanges a day of the letter at full size, roughly: docs/scaling.md. */
const LETTER_A_DAY = 7e6;
const OCCURRED_AT = /"occurred_at":"([^"]*)"/;

export interface Traffic {
  accounts: Input;
  releases: Input;
  /** What happened before: some days at the world's own pace, the last of them ending at `now`. */
  past: Input;
  /** So many lines more, told as if they happened at a time. To be asked after the past was read. */
  next(lines: number, at: number): Promise<string[]>;
}

export interface TrafficOptions {
  scale: number;
  pastDays: number;
  /** How many lines will be asked for at most. */
  lines: number;
  now: number;
}

/** The letter's world: some days of it as the past, then what followed, as fast as it is asked for, in the present. */
export function createTraffic({ scale, pastDays, lines, now }: TrafficOptions): Traffic {
  const liveDays = Math.ceil((1.5 * lines) / (LETTER_A_DAY * scale)) + 1;
  // All of it lies in the past, so that no account is opened after it acts.
  const startAt = now - (pastDays + liveDays) * DAY_MS;
  const world = worldLines({ scale, days: pastDays + liveDays, seed: 'soak', text: 'own', startAt });
  const pastUntil = world.startAt + pastDays * DAY_MS;
  const shiftMs = now - pastUntil;
  async function* past() {
    for await (const chunk of world.until(pastUntil).chunks) {
      const moved = chunk
        .toString()
        .replaceAll(new RegExp(OCCURRED_AT, 'g'), (_, at: string) => occurredAt(Date.parse(at) + shiftMs));
      yield Buffer.from(moved);
    }
  }
  const live = linesOf(world.until(world.endAt).chunks);
  return {
    accounts: world.accounts,
    releases: world.releases,
    past: inputOf('exchanges', past()),
    async next(count, at) {
      const found: string[] = [];
      while (found.length < count) {
        const { value } = await live.next();
        if (value === undefined) throw new Error('the simulated world is over');
        found.push(value.replace(OCCURRED_AT, occurredAt(at)));
      }
      return found;
    },
  };
}

const occurredAt = (at: number) => `"occurred_at":"${new Date(at).toISOString()}"`;

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  for await (const chunk of chunks) yield* chunk.toString().trimEnd().split('\n');
}
