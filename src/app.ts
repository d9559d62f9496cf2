import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { STORM_RULE } from './campaigns/storm.ts';
import { VERBS } from './commands/registry.ts';
import { createRouter } from './commands/router.ts';
import type { Config, SlackConfig } from './config.ts';
import type { Detection } from './detections/detection.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { createDossierDesk } from './dossier-desk.ts';
import { type DossierPackage, makePackage } from './dossier-package.ts';
import { graphPicture, type GraphWish } from './evidence/picture/graph-picture.ts';
import { createGraphDesk } from './graph-desk.ts';
import { createMetrics } from './health/metrics.ts';
import type { DiskRoom } from './db/embedded/disk-room.ts';
import { databaseNow } from './db/job-slot.ts';
import { createEscalationStore } from './db/escalation-store.ts';
import { createProposalStore } from './db/proposal-store.ts';
import { auditAnchorJob } from './jobs/audit-anchor.ts';
import { createDeliverer } from './jobs/deliver.ts';
import { createWorkLoop } from './jobs/work-loop.ts';
import { createDetectionDesk } from './jobs/detection-desk.ts';
import { createDetector, type Detector } from './jobs/detector.ts';
import type { DetectionObserver } from './jobs/gather-hits.ts';
import { digestJob } from './jobs/digest.ts';
import { createHomeRefresher, homeJob } from './jobs/home.ts';
import { onCallJob } from './jobs/on-call.ts';
import { createEnforcer } from './jobs/enforce.ts';
import { createEscalator } from './jobs/escalate.ts';
import { openEscalations } from './open-escalations.ts';
import { openWebhooks } from './open-webhooks.ts';
import { createReplicaClock } from './jobs/replica-clock.ts';
import { packJob } from './jobs/pack-days.ts';
import { partitionJob } from './jobs/partition-job.ts';
import { createScheduler, type Scheduler } from './jobs/scheduler.ts';
import { wakeJob } from './jobs/wake.ts';
import { forgetRequestsJob } from './jobs/forget-requests.ts';
import { heartbeatJob } from './jobs/heartbeat.ts';
import { litellmJob } from './jobs/litellm.ts';
import { retentionJob } from './jobs/retention.ts';
import { selfCheckJob } from './jobs/self-check.ts';
import { watchJobs } from './jobs/watch-jobs.ts';
import type { Log } from './log.ts';
import { openLitellm } from './open-litellm.ts';
import { openListeners } from './open-listeners.ts';
import { createBoltApp } from './slack/bolt-app.ts';
import { createFiles } from './slack/files.ts';
import { createHomePublisher } from './slack/home-publisher.ts';
import { limitInteractions } from './slack/limit-interactions.ts';
import { createNotifier } from './slack/notifier.ts';
import { createPermalink } from './slack/permalink.ts';
import { createPeople } from './slack/people.ts';
import { createRateLimiter } from './slack/rate-limit.ts';
import { createRoles } from './slack/roles.ts';
import { createThreadFiles } from './slack/thread-files.ts';
import { createUserGroups } from './slack/user-groups.ts';
import { createWebClient } from './slack/web-client.ts';

export interface AppOptions {
  config: Pick<
    Config,
    | 'actions'
    | 'alertChannel'
    | 'alertRoutes'
    | 'allowedLatenessMs'
    | 'detectionsDir'
    | 'digestTime'
    | 'escalation'
    | 'groups'
    | 'quietHours'
    | 'retention'
    | 'rota'
    | 'healthPort'
    | 'heartbeatUrl'
    | 'ingest'
    | 'litellmDatabaseUrl'
    | 'timezone'
  >;
  slack: SlackConfig;
  pool: pg.Pool;
  detections: readonly Detection[];
  /** What the traffic in the database was ingested with. */
  fingerprintKey: string;
  log: Log;
  /** The clock that slots are due by, epoch milliseconds. */
  jobClock: () => Promise<number>;
  /** Runs the detections somewhere else; undefined: in this process. */
  openDetector?: ((observe: DetectionObserver) => Detector) | undefined;
  /** The same for dossiers. */
  openDossiers?: ((signal: AbortSignal) => (number: number) => Promise<DossierPackage>) | undefined;
  /** And for pictures. */
  openPictures?: ((signal: AbortSignal) => (wish: GraphWish) => Promise<Uint8Array>) | undefined;
  /** Of our own database; undefined: its disk is not ours to watch. */
  disk?: DiskRoom | undefined;
}

export interface RetortApp {
  /** Connects to Slack and begins to deliver; jobs begin with `scheduler.start()`. */
  start(): Promise<{ port: number | undefined; ingestPort: number | undefined; healthPort: number | undefined }>;
  /** Stops taking work, and waits for what is under way. */
  stop(): Promise<void>;
  scheduler: Scheduler;
}

/** The bot: everything wired, on the real clock but for the jobs. */
export function createApp(options: AppOptions): RetortApp {
  const { config, slack, pool, detections, fingerprintKey, log, jobClock, disk } = options;
  const now = Date.now;
  const leases = createReplicaClock({ databaseNow: () => databaseNow(pool), own: now, log });
  /** A round of a worker on rows that replicas share. */
  const onSharedTime =
    <T>(work: () => Promise<T>) =>
    async () => {
      await leases.refresh();
      return work();
    };
  const metrics = createMetrics({ pool, now, log });
  let isUp = false;
  const listeners = openListeners(config, { pool, secret: fingerprintKey, metrics, now, isUp: () => isUp, disk, log });
  const litellm = openLitellm(config, { pool, secret: fingerprintKey, now, log });
  const client = createWebClient({ botToken: slack.botToken, apiUrl: slack.apiUrl, log });
  const people = createPeople({ client, now });
  const userGroups = createUserGroups({ client, now });
  const roles = createRoles({ people, userGroups, groups: config.groups, log });
  const { quietHours, rota, timezone } = config;
  const quiet = quietHours === undefined ? undefined : { hours: quietHours, timezone };
  const ending = new AbortController();
  const deliver = createDeliverer({
    pool,
    notifier: createNotifier(client),
    people,
    alertChannel: config.alertChannel,
    alertRoutes: config.alertRoutes,
    quiet,
    userGroups,
    storm: STORM_RULE,
    respondersGroup: config.groups.responders,
    clock: { now: leases.now, sleep: (ms) => sleep(ms) },
    random: Math.random,
    log,
    signal: ending.signal,
  });
  const delivery = createWorkLoop({ work: onSharedTime(deliver), log, told: 'posts delivered' });
  const webhooks = openWebhooks(config.actions);
  const enforce = createEnforcer({
    pool,
    service: webhooks.accounts,
    live: config.actions.policy.live,
    may: (user, role) => roles.may(user, role),
    clock: { now: leases.now, sleep: (ms) => sleep(ms) },
    random: Math.random,
    log,
    batchSize: 100,
    paceMs: 250,
    signal: ending.signal,
  });
  const enforcement = createWorkLoop({ work: onSharedTime(enforce), log, told: 'accounts acted upon' });
  const { policy: reachable, senders } = openEscalations(config);
  const escalate = createEscalator({
    pool,
    senders,
    clock: { now: leases.now },
    random: Math.random,
    log,
    signal: ending.signal,
  });
  const escalation = createWorkLoop({ work: onSharedTime(escalate), log, told: 'escalations told' });
  const own = createOwnDetections(config.detectionsDir, log);
  const detector =
    options.openDetector?.(metrics.detectionRan) ??
    createDetector({ pool, detections, own, log, observe: metrics.detectionRan });
  const desk = createDetectionDesk({ pool, detections, own, detector });
  const threadFiles = createThreadFiles(client);
  const dossiers = createDossierDesk({
    pool,
    make:
      options.openDossiers?.(ending.signal) ??
      ((number) => makePackage({ pool, detections, own, fingerprintKey }, number)),
    files: threadFiles,
  });
  const around = {
    pool,
    actions: createProposalStore(pool, config.actions.policy),
    escalations: createEscalationStore(pool, reachable),
    detections: desk,
    dossiers,
    graphs: createGraphDesk({
      pool,
      detections,
      own,
      draw: options.openPictures?.(ending.signal) ?? graphPicture,
      files: threadFiles,
    }),
    roles,
    people,
    userGroups,
    files: createFiles(client),
    permalink: createPermalink(client),
    rota,
    timezone,
  };
  const homes = { pool, publisher: createHomePublisher(client), roles, log };
  const refresher = createHomeRefresher({ ...homes, now });
  const wake = () => {
    delivery.wake();
    refresher.wake();
    enforcement.wake();
    escalation.wake();
  };
  const interactions = createRouter({ ...around, verbs: VERBS, now: leases.now, log, wake });
  const limiter = createRateLimiter({ now });
  const limited = limitInteractions(interactions, { limiter, now, log, onRefused: metrics.requestRefused });
  const bolt = createBoltApp({ slack, log, interactions: limited, now });
  const scheduler = createScheduler({
    pool,
    jobs: [
      ...(litellm === undefined ? [] : [litellmJob(litellm.poll, disk)]),
      ...watchJobs({ pool, detector, allowedLatenessMs: config.allowedLatenessMs }),
      partitionJob({ pool }),
      wakeJob({ pool }),
      onCallJob({ pool, rota, quiet }),
      homeJob(homes),
      forgetRequestsJob({ pool }),
      packJob({ pool }),
      retentionJob({ pool, retention: config.retention }),
      selfCheckJob({ pool, disk }),
      ...(config.heartbeatUrl === undefined ? [] : [heartbeatJob({ pool, url: config.heartbeatUrl, disk })]),
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
      delivery.start();
      enforcement.start();
      escalation.start();
      const [ingestPort, healthPort] = [await listeners.ingest?.start(), await listeners.health?.start()];
      isUp = true;
      return { ...listening, ingestPort, healthPort };
    },
    async stop() {
      isUp = false;
      // What comes from outside first: nobody is to be told "done" by a program that is going away.
      await Promise.all([bolt.stop(), listeners.ingest?.stop()]);
      ending.abort();
      await Promise.all([enforcement.stop(), escalation.stop()]);
      const idle = scheduler.stop();
      await detector.stop();
      await idle;
      await delivery.stop();
      await refresher.stop();
      await litellm?.close();
      // To the last it tells that the end is near.
      await listeners.health?.stop();
    },
  };
}
