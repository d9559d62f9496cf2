import type { Input } from '../../src/ingest/open-input.ts';
import type { ExchangeLine } from '../../src/ingest/records.ts';
import { findScenario } from '../../src/simulation/scenarios.ts';
import type { Truth } from '../../src/simulation/truth.ts';
import { generateWorld } from '../../src/simulation/world.ts';

/** `own`: the simulated texts; `none`: no text at all; `kilobyte`: a prompt of 1 kB, no two alike. */
export type Text = 'own' | 'none' | 'kilobyte';

export interface WorldOptions {
  /** 1: the letter as it was disclosed. */
  scale: number;
  days: number;
  seed: string;
  text: Text;
  /** Epoch milliseconds of the first day; by default that of all simulated worlds. */
  startAt?: number;
}

/** The letter's lines as they are made. */
export interface WorldLines {
  /** Epoch milliseconds. */
  startAt: number;
  endAt: number;
  accounts: Input;
  releases: Input;
  /** The exchanges before a time, in order; those after it stay. */
  until(at: number): Input;
  /** Exchanges made so far. */
  made(): number;
  truth(): Truth;
  /** Seconds that making the lines has taken, by the clock. */
  seconds(): number;
}

const WORDS =
  'justify each call of a tool before you make it and cite the lines of code that the answer rests on'.split(' ');
const KILOBYTE = 1_000;
const LINES_A_CHUNK = 400;

export function worldLines({ text, ...options }: WorldOptions): WorldLines {
  const scenario = findScenario('letter');
  if (scenario === undefined) throw new Error('there is no scenario "letter"');
  let spent = 0;
  const timed = <T>(work: () => T): T => {
    const start = performance.now();
    const result = work();
    spent += performance.now() - start;
    return result;
  };
  const world = timed(() => generateWorld({ scenario, ...options }));
  let made = 0;
  let next: ExchangeLine | undefined;
  const read = () => world.exchanges.next().value ?? undefined;
  const chunkUntil = (end: string) => {
    let chunk = '';
    let lines = 0;
    for (next ??= read(); next !== undefined && next.occurred_at < end && lines < LINES_A_CHUNK; next = read()) {
      lines += 1;
      made += 1;
      chunk += `${JSON.stringify(withText(next, text, made))}\n`;
    }
    return Buffer.from(chunk);
  };
  async function* chunks(end: string) {
    for (;;) {
      const chunk = timed(() => chunkUntil(end));
      if (chunk.length === 0) return;
      yield chunk;
    }
  }
  return {
    startAt: world.startAt,
    endAt: world.endAt,
    accounts: inputOf('accounts', records(world.accounts)),
    releases: inputOf('releases', records(world.releases)),
    until: (at) => inputOf('exchanges', chunks(new Date(at).toISOString())),
    made: () => made,
    truth: () => world.truth(),
    seconds: () => spent / 1_000,
  };
}

export function inputOf(name: string, chunks: AsyncIterable<Buffer>): Input {
  return { name, bytes: undefined, readBytes: () => 0, chunks };
}

async function* records(all: readonly unknown[]): AsyncGenerator<Buffer> {
  for (const record of all) yield Buffer.from(`${JSON.stringify(record)}\n`);
}

function withText(exchange: ExchangeLine, text: Text, number: number): ExchangeLine {
  if (text === 'own') return exchange;
  const { prompt: _, system_instructions: __, ...bare } = exchange;
  return text === 'none' ? bare : { ...bare, prompt: kilobyte(number) };
}

/** Words in an order of their own. */
function kilobyte(number: number): string {
  let text = `${number}`;
  for (let state = number; text.length < KILOBYTE; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += ` ${WORDS[state % WORDS.length] ?? ''}`;
  }
  return text;
}
