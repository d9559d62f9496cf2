import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { VERBS } from './commands/registry.ts';
import { createRouter } from './commands/router.ts';
import type { Config, SlackConfig } from './config.ts';
import type { Detection } from './detections/detection.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { createMetrics } from './health/metrics.ts';
import { createDeliverer } from './jobs/deliver.ts';
import { createDeliveryLoop } from './jobs/delivery-loop.ts';
import { createDetectionDesk } from './jobs/detection-desk.ts';
import { digestJob } from './jobs/digest.ts';
import { forgetRequestsJob } from './jobs/forget-requests.ts';
import { heartbeatJob } from './jobs/heartbeat.ts';
import { litellmJob } from './jobs/litellm.ts';
import { partitionJob } from './jobs/partition-job.ts';
import { createScheduler, type Scheduler } from './jobs/scheduler.ts';
import { selfCheckJob } from './jobs/self-check.ts';
import { watchJobs } from './jobs/watch-jobs.ts';
import type { Log } from './log.ts';
import { openLitellm } from './open-litellm.ts';
import { openListeners } from './open-listeners.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { createNotifier } from './slack/notifier.ts';
import { createPeople } from './slack/people.ts';
import { createRoles } from './slack/roles.ts';
import { createWebClient } from './slack/web-client.ts';

export interface AppOptions {
  config: Pick<
    Config,
    | 'alertChannel'
    | 'allowedLatenessMs'
    | 'detectionsDir'
    | 'digestTime'
    | 'groups'
    | 'healthPort'
    | 'heartbeatUrl'
    | 'ingest'
    | 'litellmDatabaseUrl'
    | 'timezone'
  >;
  slack: SlackConfig;
  pool: pg.Pool;
  /** The fingerprint key; without it nothing is taken in. */
  secret?: string;
  detections: readonly Detection[];
  log: Log;
  /** The clock that slots are due by, epoch milliseconds. */
  jobClock: () => Promise<number>;
}

export interface RetortApp {
  /** Connects to Slack and begins to deliver; jobs begin with `scheduler.start()`. */
  start(): Promise<{ port: number | undefined; ingestPort: number | undefined; healthPort: number | undefined }>;
  /** Stops taking work, and waits for what is under way. */
  stop(): Promise<void>;
  scheduler: Scheduler;
}

/** The bot: everything wired, on the real clock but for the jobs. */
export function createApp({ config, slack, pool, secret, detections, log, jobClock }: AppOptions): RetortApp {
  const now = Date.now;
  const metrics = createMetrics({ pool, now, log });
  let isUp = false;
  const listeners = openListeners(config, { pool, secret, metrics, now, isUp: () => isUp, log });
  const litellm = openLitellm(config, { pool, secret, now, log });
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
  const own = createOwnDetections(config.detectionsDir, log);
  const desk = createDetectionDesk({ pool, detections, own });
  const interactions = createRouter({ verbs: VERBS, pool, detections: desk, roles, now, log, wake: () => loop.wake() });
  const bolt = createBoltApp({ slack, log, interactions, now });
  const scheduler = createScheduler({
    pool,
    jobs: [
      ...(litellm === undefined ? [] : [litellmJob(litellm.poll)]),
      ...watchJobs({
        pool,
        detections,
        own,
        allowedLatenessMs: config.allowedLatenessMs,
        observe: metrics.detectionRan,
      }),
      partitionJob({ pool }),
      forgetRequestsJob({ pool }),
      selfCheckJob({ pool }),
      ...(config.heartbeatUrl === undefined ? [] : [heartbeatJob({ pool, url: config.heartbeatUrl })]),
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
      const [ingestPort, healthPort] = [await listeners.ingest?.start(), await listeners.health?.start()];
      isUp = true;
      return { ...listening, ingestPort, healthPort };
    },
    async stop() {
      isUp = false;
      // What comes from outside first: nobody is to be told "done" by a program that is going away.
      await Promise.all([bolt.stop(), listeners.ingest?.stop()]);
      await scheduler.stop();
      await loop.stop();
      await litellm?.close();
      // To the last it tells that the end is near.
      await listeners.health?.stop();
    },
  };
}
