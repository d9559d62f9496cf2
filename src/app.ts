import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { VERBS } from './commands/registry.ts';
import { createRouter } from './commands/router.ts';
import type { Config, SlackConfig } from './config.ts';
import type { Detection } from './detections/detection.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { createProposalStore } from './db/proposal-store.ts';
import { auditAnchorJob } from './jobs/audit-anchor.ts';
import { createDeliverer } from './jobs/deliver.ts';
import { createDeliveryLoop } from './jobs/delivery-loop.ts';
import { createDetectionDesk } from './jobs/detection-desk.ts';
import { digestJob } from './jobs/digest.ts';
import { createEnforcer } from './jobs/enforce.ts';
import { openWebhooks } from './open-webhooks.ts';
import { partitionJob } from './jobs/partition-job.ts';
import { createScheduler, type Scheduler } from './jobs/scheduler.ts';
import { watchJobs } from './jobs/watch-jobs.ts';
import type { Log } from './log.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { createNotifier } from './slack/notifier.ts';
import { createPeople } from './slack/people.ts';
import { createRoles } from './slack/roles.ts';
import { createWebClient } from './slack/web-client.ts';

export interface AppOptions {
  config: Pick<
    Config,
    'actions' | 'alertChannel' | 'allowedLatenessMs' | 'detectionsDir' | 'digestTime' | 'groups' | 'timezone'
  >;
  slack: SlackConfig;
  pool: pg.Pool;
  detections: readonly Detection[];
  log: Log;
  /** The clock that slots are due by, epoch milliseconds. */
  jobClock: () => Promise<number>;
}

export interface RetortApp {
  /** Connects to Slack and begins to deliver; jobs begin with `scheduler.start()`. */
  start(): Promise<{ port: number | undefined }>;
  /** Stops taking work, and waits for what is under way. */
  stop(): Promise<void>;
  scheduler: Scheduler;
}

/** The bot: everything wired, on the real clock but for the jobs. */
export function createApp({ config, slack, pool, detections, log, jobClock }: AppOptions): RetortApp {
  const now = Date.now;
  const client = createWebClient({ botToken: slack.botToken, apiUrl: slack.apiUrl, log });
  const people = createPeople({ client, now });
  const roles = createRoles({ client, people, groups: config.groups, now, log });
  const deliver = createDeliverer({
    pool,
    notifier: createNotifier(client),
    people,
    alertChannel: config.alertChannel,
    respondersGroup: config.groups.responders,
    clock: { now, sleep: (ms) => sleep(ms) },
    random: Math.random,
    log,
  });
  const loop = createDeliveryLoop({ deliver, log });
  const ending = new AbortController();
  const webhooks = openWebhooks(config.actions);
  const enforce = createEnforcer({
    pool,
    service: webhooks.accounts,
    live: config.actions.policy.live,
    may: (user, role) => roles.may(user, role),
    clock: { now, sleep: (ms) => sleep(ms) },
    random: Math.random,
    log,
    batchSize: 100,
    paceMs: 250,
    signal: ending.signal,
  });
  const enforcement = createDeliveryLoop({ deliver: enforce, log, told: 'accounts acted upon' });
  const actions = createProposalStore(pool, config.actions.policy);
  const own = createOwnDetections(config.detectionsDir, log);
  const desk = createDetectionDesk({ pool, detections, own });
  const wake = () => {
    loop.wake();
    enforcement.wake();
  };
  const interactions = createRouter({ verbs: VERBS, pool, detections: desk, actions, roles, now, log, wake });
  const bolt = createBoltApp({ slack, log, interactions, now });
  const scheduler = createScheduler({
    pool,
    jobs: [
      ...watchJobs({ pool, detections, own, allowedLatenessMs: config.allowedLatenessMs }),
      partitionJob({ pool }),
      ...(webhooks.anchor === undefined ? [] : [auditAnchorJob({ pool, post: webhooks.anchor })]),
      digestJob({ pool, time: config.digestTime, timezone: config.timezone }),
    ],
    log,
    clock: jobClock,
  });
  return {
    scheduler,
    async start() {
      const listening = await bolt.start();
      loop.start();
      enforcement.start();
      return listening;
    },
    async stop() {
      // Slack first: nobody is to be told "done" by a program that is going away.
      await bolt.stop();
      ending.abort();
      await enforcement.stop();
      await scheduler.stop();
      await loop.stop();
    },
  };
}
