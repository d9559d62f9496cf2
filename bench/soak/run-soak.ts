import type { Pool } from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { countQuarantined } from '../../src/db/status-figures.ts';
import { many, one, Quantity } from '../../src/db/query.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { detect } from '../../src/jobs/detect.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { silentLog } from '../../src/log.ts';
import { createTemporaryDatabase, type TemporaryDatabase } from '../../src/replay/temporary-database.ts';
import { MINUTE_MS } from '../../src/time-units.ts';
import { freePort, startBot } from '../scale/start-bot.ts';
import { type Asked, askAround } from './ask-around.ts';
import { launchSender, type Sender } from './launch-sender.ts';
import type { SendCounts } from './send-batches.ts';
import { type Sample, watchBot } from './watch-bot.ts';

export interface SoakOptions {
  minutes: number;
  /** Exchanges a second. */
  rate: number;
  /** Of the world whose people send. */
  scale: number;
  pastDays: number;
  databaseUrl: string | undefined;
  say: (line: string) => void;
}

export interface Soak extends SendCounts {
  asked: Asked;
  samples: Sample[];
  mostResident: number | undefined;
  accounts: number;
  past: number;
  /** Rows of the exchanges that were sent. */
  stored: number;
  quarantineRows: number;
  campaigns: number;
  posts: number;
  /** Slots that were done while it ran, by job. */
  slots: Record<string, number>;
  failedSlots: number;
}

const TOKEN = 'a-token-of-the-soak-of-thirty-two-characters-or-more';
const LATENESS_MS = 600_000;
const SAMPLE_MS = 5_000;
const ASK_MS = 2_000;
/** A short run is looked at as often as a long one is in a minute. */
const LEAST_TURNS = 12;
/** After the least retention, so that days of the past are dropped on the way. */
const RETENTION = '10d';

/** The bot as it was built, under traffic and questions for some time, with a past that its looks find something in. */
export async function runSoak(options: SoakOptions): Promise<Soak> {
  const { minutes, rate, scale, pastDays, say } = options;
  const database = await createTemporaryDatabase(options.databaseUrl, silentLog);
  const { pool, url: databaseUrl } = database;
  const now = Date.now();
  const world = { scale, pastDays, lines: minutes * 60 * rate, now };
  let sender: Sender | undefined;
  try {
    sender = await launchSender({ ...world, databaseUrl, token: TOKEN, rate });
    await rollUp({ pool, now, allowedLatenessMs: LATENESS_MS });
    await detect({ pool, detections: DETECTIONS, now, log: silentLog });
    const past = await countRows(pool, 'exchange');
    say(`${past.toLocaleString('en')} exchanges of ${pastDays} days before, after ${seconds(now)} s`);
    return { past, ...(await soak(database, sender, options)) };
  } finally {
    sender?.kill();
    await database.remove();
  }
}

async function soak({ pool, url }: TemporaryDatabase, sender: Sender, { minutes, say }: SoakOptions) {
  const port = await freePort();
  const bot = await startBot(url, {
    RETORT_INGEST_PORT: String(port),
    RETORT_INGEST_TOKENS: TOKEN,
    RETORT_RETENTION: RETENTION,
    // Some minutes from now.
    RETORT_DIGEST_TIME: new Date(Date.now() + Math.min(10, minutes / 2) * MINUTE_MS).toISOString().slice(11, 16),
    RETORT_LOG_LEVEL: 'warn',
  });
  const asked: Asked = { light: [], heavy: [], slowest: {}, unanswered: [] };
  const samples: Sample[] = [];
  const ended = new AbortController();
  const { signal } = ended;
  const beganAt = Date.now();
  const turn = (most: number) => Math.min(most, (minutes * MINUTE_MS) / LEAST_TURNS);
  const timers = [
    setTimeout(() => ended.abort(), minutes * MINUTE_MS),
    setInterval(() => say(progress(beganAt, sender.counts(), samples, asked)), 60_000),
  ];
  try {
    const work = [
      sender.send(`http://127.0.0.1:${port}`, signal),
      askAround(bot.sandbox, { everyMs: turn(ASK_MS), signal }, asked),
      watchBot(bot, { everyMs: turn(SAMPLE_MS), signal }, samples),
    ];
    // What fails ends the others, which still wait for their answers.
    for (const each of work) each.catch(() => ended.abort());
    const ends = await Promise.allSettled(work);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const [, mostResident] = await bot.memory();
    return { ...sender.counts(), asked, samples, mostResident, ...(await readDatabase(pool, beganAt)) };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await bot.stop();
  }
}

async function readDatabase(pool: Pool, beganAt: number) {
  const slots = await many(
    pool,
    z.object({ job: z.string(), state: z.string(), slots: Quantity }),
    sql`
      select job, state, count(*) as slots from job_slot
      where finished_at >= ${new Date(beganAt)} group by job, state order by job`,
  );
  const { stored, posts } = await one(
    pool,
    z.object({ stored: Quantity, posts: Quantity }),
    sql`
      select (select count(*) from exchange where occurred_at >= ${new Date(beganAt)}) as stored,
        (select count(distinct ts) from outbox where state = 'sent') as posts`,
  );
  return {
    accounts: await countRows(pool, 'account'),
    stored,
    quarantineRows: await countQuarantined(pool, 0, Date.now() + 60_000),
    campaigns: await countRows(pool, 'campaign'),
    posts,
    slots: Object.fromEntries(slots.filter(({ state }) => state === 'done').map(({ job, slots: done }) => [job, done])),
    failedSlots: slots.filter(({ state }) => state === 'failed').reduce((all, { slots: failed }) => all + failed, 0),
  };
}

async function countRows(pool: Pool, table: 'exchange' | 'account' | 'campaign'): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(`select count(*) as n from ${table}`);
  return Number(rows[0]?.n);
}

function progress(beganAt: number, { sent, accepted, putOff }: SendCounts, samples: Sample[], asked: Asked): string {
  const last = samples.at(-1);
  const answers = asked.light.length + asked.heavy.length;
  return `${seconds(beganAt)} s: ${accepted} of ${sent} accepted, ${JSON.stringify(putOff)} put off, ${last?.resident.toFixed(0)} MB resident, heap ${last?.heap.toFixed(0)}, external ${last?.external.toFixed(0)}, lag ${last?.lagMs.toFixed(0)} ms, ${answers} answers, ${asked.unanswered.length} unanswered ${asked.unanswered.at(-1) ?? ''}`;
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
