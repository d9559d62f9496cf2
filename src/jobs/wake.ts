import type pg from 'pg';
import { wakeCampaign } from '../campaigns/lifecycle/snooze.ts';
import { dueToWake } from '../db/campaign.ts';
import { createCampaignStore } from '../db/campaign-store.ts';
import { defineJob, type Job } from './job.ts';

const ACTOR = 'retort';

/** Wakes the campaigns whose snooze has ended; returns how many. */
export async function wakeSnoozed(pool: pg.Pool, now: number): Promise<number> {
  const store = createCampaignStore(pool);
  let woken = 0;
  for (const number of await dueToWake(pool, now)) {
    const outcome = await store.transition(number, { actor: ACTOR, now }, (campaign) => wakeCampaign(campaign, now));
    if (outcome.ok) woken += 1;
  }
  return woken;
}

export function wakeJob({ pool }: { pool: pg.Pool }): Job {
  return defineJob({
    name: 'wake',
    schedule: '* * * * *',
    run: async ({ now }) => ({ woken: await wakeSnoozed(pool, now) }),
  });
}
