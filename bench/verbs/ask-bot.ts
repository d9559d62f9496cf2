import type pg from 'pg';
import type { Sandbox } from '../../sandbox/server.ts';
import { createCampaignStore } from '../../src/db/campaign-store.ts';
import { startBot } from '../scale/start-bot.ts';
import { type Measured, measureVerbs } from './measure-verbs.ts';

/** What the bot needs for every verb to do what is asked of it. */
const SETTINGS = {
  RETORT_APPROVERS_GROUP: 'S0APPROVERS',
  RETORT_LEGAL_CHANNEL: 'C0ALERTS',
  RETORT_LOG_LEVEL: 'error',
};

/** The bot as a process of its own on a filled database, asked every verb; how much memory it and its detections took at most, in MB. */
export async function askBot(
  { pool, url }: { pool: pg.Pool; url: string },
  rounds: number,
  main?: string,
): Promise<{ measured: Measured[]; memory: number | undefined; detections: number | undefined }> {
  const bot = await startBot(url, SETTINGS, main);
  try {
    await postRoot(pool, bot.sandbox);
    const measured = await measureVerbs(bot.sandbox, rounds);
    return { measured, memory: (await bot.memory())[1], detections: await bot.detectionsMemory() };
  } finally {
    await bot.stop();
  }
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
