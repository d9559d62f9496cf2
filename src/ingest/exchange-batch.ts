import { createCopyBuffer, type ExchangeRow } from '../db/exchange-copy.ts';
import type { QuarantinedLine } from '../db/quarantine.ts';
import { DAY_MS } from '../time-units.ts';

/** Lines that go into the database together: numbers alone, no text but accounts' ids. */
export interface ExchangeBatch {
  add(row: ExchangeRow): void;
  /** The rows in COPY's binary format, under a batch's number. No row can be added after. */
  rows(batch: number): { bytes: Buffer; count: number; earliestAt: number; latestAt: number };
  bad: QuarantinedLine[];
  /** Lines that repeat one of late; counted, not written. */
  repeats: number;
  /** Accounts that may have no row yet. */
  accounts: Map<bigint, string>;
  /** Starts of the UTC days that rows lie in. */
  days: Set<number>;
  lines(): number;
}

export function createExchangeBatch(): ExchangeBatch {
  const copy = createCopyBuffer();
  let earliestAt = Number.POSITIVE_INFINITY;
  let latestAt = Number.NEGATIVE_INFINITY;
  return {
    bad: [],
    repeats: 0,
    accounts: new Map(),
    days: new Set(),
    add(row) {
      copy.add(row);
      if (row.occurredAt < earliestAt) earliestAt = row.occurredAt;
      if (row.occurredAt > latestAt) latestAt = row.occurredAt;
      this.days.add(Math.floor(row.occurredAt / DAY_MS) * DAY_MS);
    },
    rows: (batch) => ({ bytes: copy.finish(batch), count: copy.rows, earliestAt, latestAt }),
    lines() {
      return copy.rows + this.bad.length + this.repeats;
    },
  };
}
