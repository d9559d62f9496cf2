import type pg from 'pg';
import { decideCall } from '../campaigns/call-decision.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { callCampaign } from '../campaigns/lifecycle/call.ts';
import type { Notice } from '../campaigns/notice.ts';
import type { Rota } from '../campaigns/rota.ts';
import { campaignNumber, listCampaigns } from '../db/campaign.ts';
import { createCampaignStore } from '../db/campaign-store.ts';
import { enqueue } from '../db/outbox.ts';
import { defineJob, type Job } from './job.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

const ACTOR = 'retort';
/** More than anybody has open. */
const MOST = 5_000;

export interface OnCallOptions {
  pool: pg.Pool;
  rota: Rota;
  /** When only what is critical calls anybody; unset: never. */
  quiet?: QuietHours | undefined;
}

/** Calls people about what waits for an answer, or for a word from who has it; returns how many campaigns. */
export async function callOut({ pool, rota, quiet }: OnCallOptions, now: number): Promise<number> {
  const store = createCampaignStore(pool);
  const isQuiet = quiet !== undefined && quietUntil(now, quiet) !== null;
  const { campaigns } = await listCampaigns(pool, { statuses: ['suspected', 'acknowledged'], limit: MOST, offset: 0 });
  const grouped = new Map<string | null, Campaign[]>();
  let called = 0;
  for (const seen of campaigns) {
    // Most are not due: only those that seem to be are locked, and decided on anew.
    if ((isQuiet && seen.severity !== 'critical') || !decideCall(seen, now, rota).call) continue;
    let group: string | null = null;
    const outcome = await store.transition(campaignNumber(seen), { actor: ACTOR, now }, (campaign) => {
      const decision = callCampaign(campaign, now, rota);
      if (!decision.ok) return decision;
      const reply = decision.effects.find((effect) => effect.type === 'reply')?.reply;
      group = reply?.type === 'called' ? reply.group : null;
      // A campaign that a storm's message tells has no thread: its call is told with the others'.
      const isThreaded = campaign.post !== null;
      return isThreaded ? decision : { ...decision, effects: decision.effects.filter(({ type }) => type !== 'reply') };
    });
    if (!outcome.ok) continue;
    called += 1;
    if (outcome.campaign.post === null) grouped.set(group, [...(grouped.get(group) ?? []), outcome.campaign]);
  }
  for (const [group, some] of grouped) await enqueueCall(pool, group, some, now);
  return called;
}

async function enqueueCall(
  pool: pg.Pool,
  group: string | null,
  campaigns: readonly Campaign[],
  now: number,
): Promise<void> {
  const notice: Notice = {
    type: 'called',
    group,
    campaigns: campaigns.map(({ id, severity, accountCount, call }) => ({
      id,
      severity,
      accountCount,
      since: call?.since ?? now,
    })),
    at: now,
  };
  // A campaign is called about once in each of its versions.
  const [first] = campaigns;
  const dedupKey = `called:${first?.id ?? ''}:${first?.version ?? 0}`;
  await enqueue(pool, { kind: 'notice', dedupKey, payload: notice, notBefore: now }, now);
}

export function onCallJob(options: OnCallOptions): Job {
  return defineJob({
    name: 'on-call',
    schedule: '* * * * *',
    run: async ({ now }) => ({ called: await callOut(options, now) }),
  });
}
