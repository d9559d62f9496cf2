import type pg from 'pg';
import type { Sandbox } from '../../sandbox/server.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { startBot } from '../scale/start-bot.ts';
import { type Measured, measureVerbs } from './measure-verbs.ts';

/** What changes nothing, and reads what detections write. */
const READS =
  /^(help|status|health|list|show|accounts|account|why|audit|oncall|digest)\b(?!.*csv)|^(detections|allow)$/;

/** What the bot needs for every verb to do what is asked of it. */
const SETTINGS = {
  RETORT_APPROVERS_GROUP: 'S0APPROVERS',
  RETORT_LEGAL_CHANNEL: 'C0ALERTS',
  RETORT_LOG_LEVEL: 'error',
};

interface AskOptions {
  rounds: number;
  /** While the detections look at all of it, and only what reads: what they find changes the campaigns. */
  besideLook?: boolean;
  main?: string;
}

interface Asked {
  measured: Measured[];
  /** At most, in MB: of the bot, and of the process of its detections. */
  memory: number | undefined;
  detections: number | undefined;
  /** How the look went; undefined where none was due. */
  look: string | undefined;
}

/** The bot as a process of its own on a filled database, asked every verb. */
export async function askBot(
  { pool, url }: { pool: pg.Pool; url: string },
  { rounds, besideLook = false, main }: AskOptions,
): Promise<Asked> {
  if (besideLook) await makeLookDue(pool);
  const bot = await startBot(url, SETTINGS, main);
  try {
    if (!besideLook) await postRoot(pool, bot.sandbox);
    const beside = besideLook ? { which: READS, isOver: async () => (await readLook(pool)).isOver } : {};
    const measured = await measureVerbs(bot.sandbox, { rounds, ...beside });
    const look = besideLook ? (await readLook(pool)).words : undefined;
    return { measured, memory: (await bot.memory())[1], detections: await bot.detectionsMemory(), look };
  } finally {
    await bot.stop();
  }
}

/** As if the detections had not looked for hours. */
async function makeLookDue(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from job_slot where job = 'detect' and slot_at >= now() - interval '3 hours'`);
  await pool.query(`update detection_run set window_end = window_end - interval '4 hours'`);
}

async function readLook(pool: pg.Pool): Promise<{ isOver: boolean; words: string }> {
  const { rows } = await pool.query<{ state: string; seconds: number; hits: number | null }>(
    `select state, extract(epoch from coalesce(finished_at, now()) - started_at)::float as seconds,
       (result ->> 'hits')::int as hits
     from job_slot where job = 'detect' and started_at > now() - interval '1 hour' and attempts > 0
       and slot_at > now() - interval '2 hours' order by slot_at desc limit 1`,
  );
  const [slot] = rows;
  if (slot === undefined) return { isOver: false, words: 'it has not begun' };
  const { state, seconds, hits } = slot;
  const found = hits === null ? '' : `, with ${hits.toLocaleString('en')} findings`;
  return { isOver: state === 'done', words: `${state} after ${seconds.toFixed(0)} s${found}` };
}

/** Has the bot post the message of the large campaign, which has a thread then. */
async function postRoot(pool: pg.Pool, { control }: Sandbox): Promise<void> {
  await createCampaignStore(pool).open(1, Date.now());
  await control.until(() => control.messages('abuse-alerts').some(({ text }) => text.includes('C-1')), 60_000);
  // Its place is written down after Slack has it.
  for (;;) {
    const { rowCount } = await pool.query('select from campaign where campaign_id = 1 and post_ts is not null');
    if (rowCount === 1) return;
  }
}
