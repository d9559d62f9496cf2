import type pg from 'pg';
import type { Campaign } from './campaigns/campaign.ts';
import type { FileRefusal } from './campaigns/file-refusal.ts';
import { loadCampaign } from './db/campaign.ts';
import type { ThreadFile, ThreadFiles } from './slack/thread-files.ts';

/** What was made for a thread, with what is to be told of it; or why it was not. */
type Made<Told, Refusal> = { ok: true; file: ThreadFile; told: Told } | Refusal;

/** Puts a file that is made of a campaign into its thread; nothing is made where there is no thread. */
export async function postFile<Told extends object, Refusal extends { ok: false } = never>(
  { pool, files }: { pool: pg.Pool; files: ThreadFiles },
  number: number,
  make: (campaign: Campaign) => Promise<Made<Told, Refusal>>,
): Promise<({ ok: true } & Told) | Refusal | FileRefusal> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { ok: false, reason: 'not_found' };
  if (campaign.post === null) return { ok: false, reason: 'no_thread' };
  const made = await make(campaign);
  if (!made.ok) return made;
  const outcome = await files.upload(campaign.post, made.file);
  if (outcome.kind === 'done') return { ok: true, ...made.told };
  if (outcome.kind === 'unknown') return { ok: false, reason: 'unknown' };
  return { ok: false, reason: 'refused', says: `Slack refused the file: ${outcome.error}` };
}
