import { once } from 'node:events';
import { createApp } from '../app.ts';
import { readConfig, requireSlack } from '../config.ts';
import { databaseNow } from '../db/job-slot.ts';
import { DETECTIONS } from '../detections/registry.ts';
import { fingerprintKey } from '../fingerprint-key.ts';
import { forkDetector } from '../fork-detector.ts';
import { forkDossier } from '../fork-dossier.ts';
import { forkPicture } from '../fork-picture.ts';
import { withSession } from './session.ts';

/** `retort start`: the bot, until it is asked to end. */
export async function runBot(): Promise<void> {
  const config = readConfig(undefined, ['slack']);
  const slack = requireSlack(config);
  await withSession(async ({ log, database: { pool, url, disk }, signal }) => {
    const jobClock = () => databaseNow(pool);
    const key = await fingerprintKey(config);
    const begin = { databaseUrl: url, detectionsDir: config.detectionsDir, logLevel: config.logLevel };
    const app = createApp({
      config,
      slack,
      pool,
      detections: DETECTIONS,
      fingerprintKey: key,
      log,
      jobClock,
      disk,
      openDetector: (observe) => forkDetector({ ...begin, log, observe }),
      openDossiers: (ending) => forkDossier({ ...begin, fingerprintKey: key, signal: ending }),
      openPictures: (ending) => forkPicture({ signal: ending }),
    });
    const { port, ingestPort, healthPort } = await app.start();
    app.scheduler.start();
    log.info({ mode: slack.mode, port, ingestPort, healthPort, channel: config.alertChannel }, 'Retort watches');
    if (!signal.aborted) await once(signal, 'abort');
    await app.stop();
  }, config);
}
