import { copyOfRows, type RowView, viewRows } from '../db/exchange-copy.ts';
import type { QuarantinedLine } from '../db/quarantine.ts';
import { DAY_MS } from '../time-units.ts';
import type { ExchangePiece } from './exchange-piece.ts';
import type { ModelIds } from './model-ids.ts';
import type { RecentKeys } from './recent-keys.ts';

/** Lines that go into the database together: numbers alone, no text but accounts' ids. */
export interface ExchangeBatch {
  /** Takes the entries of a piece from a place on until there are `most` lines. Returns whether some are left. */
  add(place: PiecePlace, most: number): boolean;
  /** Asks for the models' numbers, without which there are no rows. */
  learnModels(models: ModelIds): Promise<void>;
  /** The rows in COPY's binary format, account by account, under a batch's number. No row can be added after. */
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

/** A piece, and how far it is in batches already: the next entry, bad line and account. */
export interface PiecePlace {
  piece: ExchangePiece;
  view: RowView;
  entry: number;
  bad: number;
  account: number;
}

export function startOf(piece: ExchangePiece): PiecePlace {
  return { piece, view: viewRows(piece.rows), entry: 0, bad: 0, account: 0 };
}

/** Rows one behind the other: the entries `[from, to)` of a piece, the bytes `[start, end)` of its rows. */
interface Run {
  place: PiecePlace;
  from: number;
  to: number;
  start: number;
  end: number;
}

/** `recent`: keys of exchanges that were counted of late. */
export function createExchangeBatch(recent: RecentKeys): ExchangeBatch {
  const runs: Run[] = [];
  const modelIds = new Map<ExchangePiece, number[]>();
  let count = 0;
  let earliestAt = Number.POSITIVE_INFINITY;
  let latestAt = Number.NEGATIVE_INFINITY;
  let day = Number.NaN;

  function addRow(place: PiecePlace, start: number, end: number, at: number, days: Set<number>): void {
    const last = runs.at(-1);
    if (last?.place === place && last.end === start) {
      last.to = place.entry + 1;
      last.end = end;
    } else runs.push({ place, from: place.entry, to: place.entry + 1, start, end });
    count += 1;
    if (at < earliestAt) earliestAt = at;
    if (at > latestAt) latestAt = at;
    if (!(at >= day && at < day + DAY_MS)) {
      day = Math.floor(at / DAY_MS) * DAY_MS;
      days.add(day);
    }
  }

  return {
    bad: [],
    repeats: 0,
    accounts: new Map(),
    days: new Set(),
    add(place, most) {
      const { piece, view } = place;
      const { times, ends } = piece;
      let room = most - this.lines();
      for (; place.entry < times.length && room > 0; place.entry += 1) {
        room -= 1;
        const at = times[place.entry] ?? Number.NaN;
        if (Number.isNaN(at)) {
          const line = piece.bad[place.bad];
          if (line !== undefined) this.bad.push(line);
          place.bad += 1;
          continue;
        }
        const start = place.entry === 0 ? 0 : (ends[place.entry - 1] ?? 0);
        const told = piece.accounts[place.account];
        const isTold = told?.entry === place.entry;
        if (isTold) place.account += 1;
        if (!recent.addHalves(view.exchangeKeyHigh(start), view.exchangeKeyLow(start))) {
          this.repeats += 1;
          continue;
        }
        if (isTold) this.accounts.set(view.accountKey(start), told.id);
        addRow(place, start, ends[place.entry] ?? 0, at, this.days);
      }
      return place.entry < times.length;
    },
    async learnModels(models) {
      for (const { piece } of new Set(runs.map(({ place }) => place))) {
        const ids: number[] = [];
        for (const name of piece.models) ids.push(models.known(name) ?? (await models.learn(name)));
        modelIds.set(piece, ids);
      }
    },
    rows(batch) {
      const rows = runs.flatMap((run) => numberedRows(run, batch, modelIds.get(run.place.piece) ?? []));
      return { bytes: copyOfRows(byAccount(rows)), count, earliestAt, latestAt };
    },
    lines() {
      return count + this.bad.length + this.repeats;
    },
  };
}

/** A row's bytes, and the upper half of its account's key. */
interface Row {
  bytes: Uint8Array;
  account: number;
}

/** The rows of a run, with their batch and model in them. */
function numberedRows({ place, from, to, start }: Run, batch: number, modelIds: readonly number[]): Row[] {
  const { piece, view } = place;
  const rows: Row[] = [];
  let at = start;
  for (let entry = from; entry < to; entry += 1) {
    const end = piece.ends[entry] ?? at;
    // A bad line has no row.
    if (end === at) continue;
    view.setBatch(at, batch);
    view.setModel(at, modelIds[piece.modelOf[entry] ?? 0] ?? 0);
    rows.push({ bytes: piece.rows.subarray(at, end), account: view.accountKeyHigh(at) });
    at = end;
  }
  return rows;
}

/** By their accounts: each row then goes to the page of the index where the one before it went, or to the next. */
const byAccount = (rows: Row[]): Uint8Array[] =>
  rows.toSorted((a, b) => a.account - b.account).map(({ bytes }) => bytes);
