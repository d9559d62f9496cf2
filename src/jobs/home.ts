import { createHash } from 'node:crypto';
import type pg from 'pg';
import { readHome } from '../db/home-figures.ts';
import { listViewers, noteShown } from '../db/home-viewer.ts';
import type { Log } from '../log.ts';
import { homeView } from '../slack/blocks/home.ts';
import type { HomePublisher } from '../slack/home-publisher.ts';
import type { Roles } from '../slack/roles.ts';
import { DAY_MS } from '../time-units.ts';
import { defineJob, type Job } from './job.ts';

/** Who did not look for so long sees it anew when they do. */
const VIEWED_MS = 7 * DAY_MS;
const MOST = 200;

export interface HomeOptions {
  pool: pg.Pool;
  publisher: HomePublisher;
  roles: Roles;
  log: Log;
}

/** Publishes the Homes of those who opened theirs lately, where what they show has changed; returns how many. */
export async function refreshHomes({ pool, publisher, roles, log }: HomeOptions, now: number): Promise<number> {
  let published = 0;
  for (const { user, shown } of await listViewers(pool, now - VIEWED_MS, { limit: MOST })) {
    const view = homeView(await readHome(pool, { user, isApprover: (await roles.may(user, 'approver')).ok, now }), now);
    const hash = createHash('sha256').update(JSON.stringify(view)).digest('hex');
    if (hash === shown) continue;
    const outcome = await publisher.publish(user, view);
    if (outcome.kind !== 'done') {
      log.warn({ user, error: outcome.error }, 'a Home could not be published');
      // Slack asks for a pause: the others wait for the next run.
      if (outcome.kind === 'retry') break;
      continue;
    }
    await noteShown(pool, user, hash);
    published += 1;
  }
  return published;
}

export function homeJob(options: HomeOptions): Job {
  return defineJob({
    name: 'home',
    schedule: '* * * * *',
    run: async ({ now }) => ({ published: await refreshHomes(options, now) }),
  });
}

/** Refreshes soon after something was decided; asked again while it works, it looks once more. */
export function createHomeRefresher(options: HomeOptions & { now: () => number }): {
  wake(): void;
  stop(): Promise<void>;
} {
  let round: Promise<void> | undefined;
  let again = false;

  async function work(): Promise<void> {
    do {
      again = false;
      await refreshHomes(options, options.now()).catch((fault: unknown) =>
        options.log.warn({ err: fault }, 'Homes could not be refreshed; the job tries again'),
      );
    } while (again);
  }

  return {
    wake() {
      again = true;
      round ??= work().finally(() => (round = undefined));
    },
    async stop() {
      again = false;
      await round;
    },
  };
}
