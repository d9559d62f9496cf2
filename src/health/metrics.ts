import type pg from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readGapFigures } from '../db/detection-gap.ts';
import { oldestEscalation } from '../db/escalation-event.ts';
import { readJobFigures } from '../db/job-slot.ts';
import { outboxFigures } from '../db/outbox.ts';
import { countQuarantined } from '../db/status-figures.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Log } from '../log.ts';
import { DAY_MS } from '../time-units.ts';

const DETECTION_SECONDS = [0.1, 0.5, 1, 2, 5, 10, 20, 40, 60];
const COUNTED = { accepted: 'accepted', duplicates: 'duplicate', quarantined: 'quarantined' } as const;

export interface Metrics {
  contentType: string;
  /** Everything, in Prometheus's text format. Where the database does not answer, what it told last still stands. */
  text(): Promise<string>;
  detectionRan: (run: { detection: string; ms: number; outcome: string }) => void;
  batchAnswered: (path: string, status: number) => void;
  batchCounted: (path: string, counts: Record<keyof typeof COUNTED, number>) => void;
  /** `sender`: the place of its token, from 1. */
  batchPutOff: (why: 'rate' | 'busy', sender: number) => void;
  /** Somebody asked faster than one person may. */
  requestRefused: (kind: string) => void;
}

/** What Retort tells Prometheus: of this process what it did, of the database how things stand. */
export function createMetrics({ pool, now, log }: { pool: pg.Pool; now: () => number; log: Log }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });

  const requests = new Counter({
    name: 'retort_ingest_requests_total',
    help: 'Requests to the ingest endpoint',
    labelNames: ['path', 'status'],
    registers,
  });
  const records = new Counter({
    name: 'retort_ingest_records_total',
    help: 'Records that came to the ingest endpoint',
    labelNames: ['path', 'result'],
    registers,
  });
  const putOff = new Counter({
    name: 'retort_ingest_put_off_total',
    help: 'Batches that were to come again: over the rate of their token, or while others were under way (busy)',
    labelNames: ['why', 'sender'],
    registers,
  });
  const refused = new Counter({
    name: 'retort_requests_refused_total',
    help: 'What people asked faster than one person may: command, press, submit or home',
    labelNames: ['kind'],
    registers,
  });
  const seconds = new Histogram({
    name: 'retort_detection_duration_seconds',
    help: 'How long a detection took over the present window',
    labelNames: ['detection'],
    buckets: DETECTION_SECONDS,
    registers,
  });
  const failures = new Counter({
    name: 'retort_detection_failures_total',
    help: 'Runs of a detection that did not end well: failed or timed_out',
    labelNames: ['detection', 'outcome'],
    registers,
  });

  const databaseUp = gauge('retort_database_up', '1 where the database answered this scrape');
  const outboxRows = gauge('retort_outbox_rows', 'Rows of the outbox', ['state']);
  const outboxAge = gauge('retort_outbox_oldest_waiting_seconds', 'Age of the oldest post that waits; 0 without any');
  const escalationAge = gauge(
    'retort_escalations_oldest_waiting_seconds',
    'Age of the oldest word to PagerDuty or the escalation webhook that waits; 0 without any',
  );
  const watermarkLag = gauge('retort_watermark_lag_seconds', 'How far detections are behind the clock');
  const retentionBehind = gauge(
    'retort_retention_behind_seconds',
    'How long ago all days and rows were gone that were due; 0 before the first time',
  );
  // Not `job`, which Prometheus writes itself and would rename.
  const jobDone = gauge('retort_job_last_done_timestamp_seconds', 'When a slot of the job was done last', ['name']);
  const jobSeconds = gauge('retort_job_last_duration_seconds', 'How long that slot took', ['name']);
  const jobFailed = gauge('retort_job_failed_slots', 'Slots of the last day that failed', ['name']);
  const gapsOpen = gauge('retort_detection_gaps_open', 'Windows that are still to be caught up', ['detection']);
  const quarantined = gauge('retort_quarantined_records', 'Records quarantined in the last day');

  async function readDatabase(): Promise<void> {
    const at = now();
    const { counts, oldestWaitingAt } = await outboxFigures(pool);
    for (const [state, rows] of Object.entries(counts)) outboxRows.set({ state }, rows);
    outboxAge.set(secondsSince(oldestWaitingAt, at));
    escalationAge.set(secondsSince(await oldestEscalation(pool), at));
    retentionBehind.set(secondsSince((await readWatermark(pool, 'retention')) ?? null, at));
    const watermark = await readWatermark(pool, 'events');
    if (watermark !== undefined) watermarkLag.set((at - watermark) / 1_000);
    for (const { job, doneAt, seconds: took, failed } of await readJobFigures(pool, at - DAY_MS)) {
      if (doneAt !== null) jobDone.set({ name: job }, doneAt / 1_000);
      if (took !== null) jobSeconds.set({ name: job }, took);
      jobFailed.set({ name: job }, failed);
    }
    gapsOpen.reset();
    for (const { detection, open } of await readGapFigures(pool, { from: at, to: at }))
      gapsOpen.inc({ detection }, open);
    quarantined.set(await countQuarantined(pool, at - DAY_MS, at));
  }

  /** One reading at a time: scrapers that come together share it. */
  let reading: Promise<void> | undefined;

  return {
    contentType: registry.contentType,
    async text() {
      reading ??= readDatabase().finally(() => (reading = undefined));
      const answered = await reading.then(
        () => true,
        (fault: unknown) => {
          log.warn({ err: fault }, 'the database could not be read for metrics');
          return false;
        },
      );
      databaseUp.set(answered ? 1 : 0);
      return registry.metrics();
    },
    detectionRan({ detection, ms, outcome }) {
      seconds.observe({ detection }, ms / 1_000);
      if (outcome !== 'done') failures.inc({ detection, outcome });
    },
    requestRefused: (kind) => refused.inc({ kind }),
    batchPutOff: (why, sender) => putOff.inc({ why, sender }),
    batchAnswered: (path, status) => requests.inc({ path, status }),
    batchCounted(path, counts) {
      for (const [key, result] of Object.entries(COUNTED)) {
        records.inc({ path, result }, counts[key as keyof typeof COUNTED]);
      }
    },
  };
}

/** 0 for what is not there. */
function secondsSince(at: number | null, now: number): number {
  return at === null ? 0 : Math.max(0, now - at) / 1_000;
}
