import type pg from 'pg';
import { saveAccounts, type AccountRow } from '../db/account.ts';
import { saveReleases } from '../db/model.ts';
import type { Detection } from '../detections/detection.ts';
import type { OwnDetections } from '../detections/own-detections.ts';
import { accountRow } from '../ingest/account-row.ts';
import { createExchangeLoader, type ExchangeLoader } from '../ingest/exchange-loader.ts';
import type { Fingerprinter } from '../ingest/fingerprint.ts';
import { loadRecords } from '../ingest/load-records.ts';
import type { Input } from '../ingest/open-input.ts';
import { timeProblem } from '../ingest/parse-record.ts';
import { type Line, readLines } from '../ingest/read-lines.ts';
import { Account, ModelRelease } from '../ingest/records.ts';
import { detect, type GroupObserver } from '../jobs/detect.ts';
import { createDetector } from '../jobs/detector.ts';
import { createScheduler } from '../jobs/scheduler.ts';
import { watchJobs } from '../jobs/watch-jobs.ts';
import type { Log } from '../log.ts';
import { DAY_MS, HOUR_MS } from '../time-units.ts';
import { createLineUp } from './line-up.ts';
import { createStatusChanges } from './status-changes.ts';

export interface ReplayOptions {
  pool: pg.Pool;
  accounts: Input;
  exchanges: Input;
  releases?: Input;
  fingerprinter: Fingerprinter;
  detections: readonly Detection[];
  own?: OwnDetections | undefined;
  allowedLatenessMs: number;
  log: Log;
  /** The wall clock: only bounds which times of events are believed. */
  now: () => number;
  signal?: AbortSignal;
  onCycle?: (at: number, cycles: number) => void;
  onScored?: GroupObserver;
}

export interface ReplayCounts {
  exchanges: number;
  accounts: number;
  cycles: number;
  quarantined: number;
}

/** Lines of one batch, and those that may be read, not written, before the jobs have come to their hour. */
const BATCH_LINES = 8_000;
const READ_AHEAD = 80_000;
/** What a batch takes beside its lines, in lines: hours without any are not lined up without end. */
const EMPTY_BATCH = 500;
/** One line with a wrong clock must not move the replay's: this many in a row are a silence that has ended. */
const BELIEVED_AHEAD = 50;
const SILENCE_MS = 7 * 24 * HOUR_MS;

/**
 * Plays recorded traffic through the production path, an hour of its own time after the other: the lines up to the
 * hour are loaded, and the jobs run with that hour as their clock.
 */
export async function replay(options: ReplayOptions): Promise<ReplayCounts> {
  const { pool, fingerprinter, detections, own, allowedLatenessMs, log, now } = options;
  if (options.releases) {
    const save = (tx: pg.PoolClient, records: ModelRelease[]) => saveReleases(tx, records);
    await loadRecords({ pool, input: options.releases, schema: ModelRelease, fingerprinter, now: now(), save });
  }
  const statuses = createStatusChanges();
  const accounts = await loadRecords({
    pool,
    input: options.accounts,
    schema: Account,
    fingerprinter,
    now: now(),
    problem: (account) => timeProblem(account.created_at, now()),
    save: (tx, records) =>
      saveAccounts(
        tx,
        records.map((record) => statuses.defer(record, accountRow(record, fingerprinter, record.created_at))),
        now(),
      ),
  });

  let clock = 0;
  const detector = createDetector({ pool, detections, own, log, onScored: options.onScored });
  const jobs = watchJobs({ pool, detector, allowedLatenessMs });
  const scheduler = createScheduler({ pool, jobs, log, clock: () => Promise.resolve(clock) });
  const source = options.exchanges.name;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: now, source, batchLines: BATCH_LINES * 2 });
  const lineUp = createLineUp(READ_AHEAD);
  let boundary: number | undefined;
  let ahead = 0;
  let held = 0;
  let cycles = 0;

  async function runCycle(at: number): Promise<void> {
    const due: AccountRow[] = statuses.due(at);
    if (due.length > 0) await saveAccounts(pool, due, at);
    clock = at;
    const reports = await scheduler.runDueSlots(at);
    const failed = reports.find((report) => report.outcome === 'failed');
    if (failed) throw new Error(`the job ${failed.job} failed at ${new Date(at).toISOString()}`);
    cycles += 1;
    options.onCycle?.(at, cycles);
  }

  /** Everything read so far arrived before `at`: the jobs see it, and nothing that comes after. */
  const cycleAt = (at: number) => write(() => runCycle(at));

  /** Lines up the writing of what was read, and what is to happen once that is done. */
  async function write(then: () => Promise<void> = async () => {}): Promise<void> {
    const save = loader.take();
    const lines = held;
    held = 0;
    await lineUp.add(lines + EMPTY_BATCH, async () => {
      options.signal?.throwIfAborted();
      await save();
      await then();
    });
  }

  try {
    for await (const lines of readLines(options.exchanges.chunks)) {
      options.signal?.throwIfAborted();
      for (const reading of readEach(lines, loader)) {
        if ('exchange' in reading) {
          const at = reading.exchange.occurred_at;
          boundary ??= Math.ceil((at + 1) / HOUR_MS) * HOUR_MS;
          ahead = at - boundary > DAY_MS ? ahead + 1 : 0;
          if (ahead === 0 || ahead >= BELIEVED_AHEAD) {
            for (; at >= boundary; boundary = next(boundary, at)) await cycleAt(boundary);
          }
        }
        held += 1;
        if (held >= BATCH_LINES) await write();
        await loader.keep(reading);
      }
    }
    // Twice: what is newer than the allowed lateness at the last line is closed an hour later.
    for (const end of boundary === undefined ? [] : [boundary, boundary + HOUR_MS]) await cycleAt(end);
    await lineUp.done();
    // Nothing comes after: what little is new since the last look is looked at, too.
    const owned = (await own?.refresh())?.detections ?? [];
    if (cycles > 0)
      await detect({ pool, detections: [...detections, ...owned], now: clock, log, onScored: options.onScored });
    const counts = await loader.flush();
    return {
      exchanges: counts.accepted,
      accounts: accounts.accepted,
      cycles,
      quarantined: counts.quarantined + accounts.quarantined,
    };
  } finally {
    await lineUp.drop();
    await loader.close();
  }
}

/** One by one: whoever waits for the database between two must not wait for a whole chunk of the file. */
function* readEach(lines: Line[], { read }: ExchangeLoader) {
  for (const line of lines) yield* read(line);
}

/** The next hour; after a silence of days, the hour before the traffic goes on. */
function next(boundary: number, at: number): number {
  return at - boundary > SILENCE_MS ? Math.floor(at / HOUR_MS) * HOUR_MS : boundary + HOUR_MS;
}
