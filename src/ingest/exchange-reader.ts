import type { QuarantinedLine } from '../db/quarantine.ts';
import type { Adapter } from './adapters/adapter.ts';
import type { Fingerprinter } from './fingerprint.ts';
import { type Parsed, parseForeign, parseRecord, timeProblem } from './parse-record.ts';
import { quickExchange } from './quick-exchange.ts';
import type { Line } from './read-lines.ts';
import { Exchange } from './records.ts';

/** What was read: an exchange, or what the quarantine will say; `unreadable` where that is of the line as a whole. */
export type Reading = { exchange: Exchange } | { bad: QuarantinedLine; unreadable: boolean };

export interface ExchangeReaderOptions {
  fingerprinter: Fingerprinter;
  /** How the lines are to be read; native where there is none. */
  adapter?: Adapter | undefined;
  /** Epoch milliseconds: what came before it cannot be told from what was counted already. */
  droppedUntil: number | undefined;
}

/** What reads a line by the present time. A native line is always one reading, another gateway's may be many or none. */
export function createExchangeReader({ fingerprinter, adapter, droppedUntil }: ExchangeReaderOptions) {
  function refuse(line: Line, reason: string, unreadable = false): Reading {
    const hash = fingerprinter.lineHash(line.text ?? `${line.number}:${line.bytes}`);
    return { bad: { number: line.number, reason, bytes: line.bytes, hash }, unreadable };
  }

  return (line: Line, now: number): Reading[] => {
    if (line.text === undefined) return [refuse(line, line.problem, true)];
    return parse(line.text, adapter).map((parsed) => {
      if (!parsed.ok) return refuse(line, parsed.reason, parsed.unreadable);
      const problem = timeProblem(parsed.record.occurred_at, now, droppedUntil);
      return problem === undefined ? { exchange: parsed.record } : refuse(line, problem);
    });
  };
}

function parse(text: string, { adapt, deepest }: Partial<Adapter> = {}): Parsed<Exchange>[] {
  if (adapt === undefined) return [parseRecord(text, Exchange, { quick: quickExchange })];
  const depth = deepest === undefined ? {} : { deepest };
  return parseForeign(text, Exchange, { adapt, ...depth }, { quick: quickExchange });
}
