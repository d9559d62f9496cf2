import { answerOnce } from './ask-process.ts';
import { createPool } from './db/pool.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { DETECTIONS } from './detections/registry.ts';
import { type DossierPackage, makePackage } from './dossier-package.ts';
import type { DossierWish } from './fork-dossier.ts';
import { liveWithParent } from './live-with-parent.ts';
import { createLog } from './log.ts';

// One dossier in a process of its own: started by fork-dossier.ts, and over when it is made.

async function make(wish: DossierWish): Promise<DossierPackage> {
  const { databaseUrl, detectionsDir, logLevel, fingerprintKey, number } = wish;
  const log = createLog(logLevel);
  const pool = createPool(databaseUrl, { log, applicationName: 'retort dossier', maxConnections: 2 });
  try {
    const own = createOwnDetections(detectionsDir, log);
    return await makePackage({ pool, detections: DETECTIONS, own, fingerprintKey }, number);
  } finally {
    await pool.end();
  }
}

liveWithParent();
answerOnce(make);
