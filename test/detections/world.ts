import type { AccountLine, ExchangeLine } from '../../src/ingest/records.ts';
import { Random } from '../../src/simulation/random.ts';
import { DAY, flat, HOUR, human, type Rhythm } from '../../src/simulation/rhythm.ts';

/** Midnight UTC of a Tuesday. */
export const START = Date.parse('2026-03-10T00:00:00Z');
/** Three whole days: the short window of the detections. */
export const DAYS = 3;
export const END = START + DAYS * DAY;

/** How an account lives: what is left out is as with unrelated people. */
export interface Life {
  account?: Partial<AccountLine>;
  rhythm?: Rhythm;
  /** What its exchange of this number is, over what is usual for it. */
  exchange?: (index: number, random: Random) => Partial<ExchangeLine>;
  /** Midnight of its first day; it lives to the world's end, or `days`. */
  from?: number;
  days?: number;
}

/** A small population with cases in it. Everything in it follows from the seed. */
export interface World {
  readonly accounts: AccountLine[];
  readonly exchanges: ExchangeLine[];
  readonly random: Random;
  /** Adds an account; returns its id. */
  add(life?: Life): string;
  /** Adds `count` accounts of the same life; returns their ids. */
  pool(count: number, life: Life | ((index: number) => Life)): string[];
  /** Words that mean nothing. */
  words(count: number, random?: Random): string;
}

const CLIENTS = ['python-sdk/1.4', 'node-sdk/2.0', 'Firefox/140', 'Chrome/142', 'curl/8.9', 'go-sdk/0.9', 'Safari/19'];
const SYLLABLES = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'sti', 'tor', 'vel', 'wen', 'dra', 'phi'];

/** People: in sittings, by day, in their own time zone, and never without one of five exchanges at least. */
export function people(perDay: number, zone: number): Rhythm {
  const sittings = human({ perDay, shape: 'office', zone, weekend: 0.4, session: 4, idle: 0 });
  return (day, random) => {
    const times = sittings(day, random);
    if (times.length >= 5) return times;
    const from = day + (11 - zone + random.float()) * HOUR;
    return Array.from({ length: 5 }, (_, index) => from + index * 60_000);
  };
}

/** A queue that never sleeps. */
export const queue = flat;

export function createWorld(seed: string): World {
  const root = new Random(`detections ${seed}`);
  const accounts: AccountLine[] = [];
  const exchanges: ExchangeLine[] = [];

  function words(count: number, random: Random = root): string {
    const word = () => Array.from({ length: random.int(2, 4) }, () => random.pick(SYLLABLES)).join('');
    return Array.from({ length: count }, word).join(' ');
  }

  function add({ account, rhythm, exchange, from = START, days }: Life = {}): string {
    const number = accounts.length;
    const id = `acct_${number}`;
    const random = root.fork(id);
    const lives = rhythm ?? people(random.logNormal(6, 0.8), random.int(-8, 9));
    const line: AccountLine = {
      account_id: id,
      created_at: new Date(START - random.int(90, 900) * DAY).toISOString(),
      email_domain: `${id}.example`,
      email_disposable: false,
      payment_fingerprint: `card of ${id}`,
      payment_kind: 'card',
      status: 'active',
      ...account,
    };
    accounts.push(line);
    let count = 0;
    for (let day = from; day < (days === undefined ? END : from + days * DAY); day += DAY) {
      for (const at of lives(day, random).toSorted((a, b) => a - b)) {
        if (at >= END) continue;
        exchanges.push({
          id: `x${count}`,
          occurred_at: new Date(Math.floor(at)).toISOString(),
          account_id: line.account_id,
          model: 'halcyon-4',
          client_address: `100.${20 + (number >> 8)}.${number & 255}.7`,
          user_agent: CLIENTS[number % CLIENTS.length],
          tls_ja4: `ja4 of ${CLIENTS[number % CLIENTS.length]}`,
          input_tokens: random.int(200, 900),
          output_tokens: random.int(100, 600),
          prompt: words(random.int(12, 30), random),
          ...exchange?.(count, random),
        });
        count += 1;
      }
    }
    return line.account_id;
  }

  return {
    accounts,
    exchanges,
    random: root,
    add,
    pool: (count, life) =>
      Array.from({ length: count }, (_, index) => add(typeof life === 'function' ? life(index) : life)),
    words,
  };
}

/** An hour of a world's day, in epoch milliseconds. */
export const hour = (day: number, of: number): number => START + day * DAY + of * HOUR;
