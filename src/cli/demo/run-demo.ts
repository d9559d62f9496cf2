import { existsSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { createSandbox, type Sandbox } from '../../../sandbox/server.ts';
import { createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { createDemoWorld, DEMO_KEY } from '../../demo/demo-world.ts';
import { playWorld } from '../../demo/play-world.ts';
import { DETECTIONS } from '../../detections/registry.ts';
import { createFingerprinter } from '../../ingest/fingerprint.ts';
import { createDetector } from '../../jobs/detector.ts';
import { queueDigest } from '../../jobs/digest.ts';
import { createScheduler } from '../../jobs/scheduler.ts';
import { watchJobs } from '../../jobs/watch-jobs.ts';
import { createLog } from '../../log.ts';
import { packageFile } from '../../package-file.ts';
import { createTemporaryDatabase } from '../../replay/temporary-database.ts';
import { HOUR_MS, MINUTE_MS } from '../../time-units.ts';
import { interruptibly } from '../session.ts';

/** After it nobody waits for the first alert any more. */
const WATCH_MS = 10 * MINUTE_MS;

export interface DemoOptions {
  port: number;
  seed: string;
  /** Minutes from the start. */
  digestAfter: number;
}

/** Shows the demo until Ctrl-C. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  // Of the environment only how much is logged: a demo must not touch a real database or workspace.
  const { logLevel } = readConfig();
  const log = createLog(logLevel === 'info' ? 'warn' : logLevel);
  const pageDir = packageFile('dist/page');
  if (!existsSync(path.join(pageDir, 'index.html'))) throw new Error('the page is not built; run: npm run build');

  await interruptibly(log, async (signal) => {
    say(
      'Retort demo: simulated traffic, a sandbox workspace, and a campaign hidden in it. Nothing leaves this machine.',
    );
    say('Starting PostgreSQL …');
    const database = await createTemporaryDatabase(undefined, log);
    try {
      const sandbox = await openSandbox(options.port, pageDir);
      try {
        await play(sandbox, database.pool, { options, log, say, signal });
      } finally {
        await sandbox.close();
      }
    } finally {
      await database.remove();
    }
  });
}

/** On the wished port, or on any that is free where that is taken. */
async function openSandbox(wished: number, pageDir: string): Promise<Sandbox> {
  const manifestPath = packageFile('manifest.yml');
  try {
    return await createSandbox({ port: wished, manifestPath, pageDir });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault;
    return createSandbox({ port: 0, manifestPath, pageDir });
  }
}

interface Stage {
  options: DemoOptions;
  log: ReturnType<typeof createLog>;
  say: (line: string) => void;
  signal: AbortSignal;
}

async function play(
  sandbox: Sandbox,
  pool: Awaited<ReturnType<typeof createTemporaryDatabase>>['pool'],
  { options, log, say, signal }: Stage,
): Promise<void> {
  const began = Date.now();
  const world = createDemoWorld({ now: began, seed: options.seed });
  const digestTime = new Date(began + options.digestAfter * MINUTE_MS).toISOString().slice(11, 16);
  // So that a ban can be tried, as a dry run, with another person's approval.
  const groups = { responders: undefined, approvers: 'abuse-approvers', admins: undefined };
  const unset = readConfig({});
  const escalation = { ...unset.escalation, legalChannel: 'abuse-legal' };
  sandbox.control.inviteBot(escalation.legalChannel);
  const config = { ...unset, digestTime, groups, escalation };
  const app = createApp({
    config,
    slack: { mode: 'socket', botToken: sandbox.tokens.bot, appToken: sandbox.tokens.app, apiUrl: sandbox.apiUrl },
    pool,
    detections: DETECTIONS,
    fingerprintKey: DEMO_KEY,
    log,
    jobClock: () => Promise.resolve(Date.now()),
  });
  // The past needs no digests: only the jobs that watch run in the world's time.
  let worldTime = world.startAt;
  const past = createScheduler({
    pool,
    jobs: watchJobs({
      pool,
      detector: createDetector({ pool, detections: DETECTIONS, log }),
      allowedLatenessMs: config.allowedLatenessMs,
    }),
    log,
    clock: () => Promise.resolve(worldTime),
  });
  await app.start();
  say(`\n  Open  ${sandbox.url}  and look at #abuse-alerts. Try: /campaign status\n`);
  say(
    `Replaying ${Math.floor((began - world.startAt) / HOUR_MS)} hours of traffic; the first alert comes in well under a minute. Ctrl-C ends the demo.`,
  );
  const telling = tellFirstAlert(sandbox, began, say, signal);
  try {
    await playWorld({
      pool,
      world,
      fingerprinter: createFingerprinter(DEMO_KEY),
      now: Date.now,
      async onHour(at) {
        worldTime = at;
        await past.runDueSlots(at);
      },
      async onPresent() {
        app.scheduler.start();
        // Due while the past was played: the job looks for its slots only from now on.
        await queueDigest({ pool, now: Date.now(), time: digestTime, timezone: config.timezone });
        say('The simulated traffic has caught up with the present, and goes on in real time.');
      },
      signal,
    });
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await app.stop();
    await telling;
  }
}

/** A digest is no alert. */
const isAlert = ({ text }: { text: string }): boolean => text.startsWith('C-');

async function tellFirstAlert(
  sandbox: Sandbox,
  began: number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  // Ctrl-C may have come while the bot was starting: an abort is told once, and not to those who come later.
  if (signal.aborted) return;
  const ended = once(signal, 'abort').then(() => undefined);
  const alert = sandbox.control
    .until(() => sandbox.control.messages('C0ALERTS').find(isAlert), WATCH_MS)
    .catch(() => undefined);
  if ((await Promise.race([alert, ended])) === undefined) return;
  say(`First alert on the page after ${Math.round((Date.now() - began) / 1000)} s.`);
}
