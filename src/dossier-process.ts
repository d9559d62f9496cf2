import { createPool } from './db/pool.ts';
import { createOwnDetections } from './detections/own-detections.ts';
import { DETECTIONS } from './detections/registry.ts';
import { makePackage } from './dossier-package.ts';
import type { DossierWish, DossierWord } from './fork-dossier.ts';
import { liveWithParent } from './live-with-parent.ts';
import { createLog } from './log.ts';

// One dossier in a process of its own: started by fork-dossier.ts, and over when it is made.

async function make({
  databaseUrl,
  detectionsDir,
  logLevel,
  fingerprintKey,
  number,
}: DossierWish): Promise<DossierWord> {
  const log = createLog(logLevel);
  const pool = createPool(databaseUrl, { log, applicationName: 'retort dossier', maxConnections: 2 });
  try {
    const own = createOwnDetections(detectionsDir, log);
    return { made: await makePackage({ pool, detections: DETECTIONS, own, fingerprintKey }, number) };
  } catch (fault) {
    return { error: fault instanceof Error ? fault.message : String(fault) };
  } finally {
    await pool.end();
  }
}

liveWithParent();
process.once('message', (wish: DossierWish) => {
  // Nobody hears it where its parent is gone.
  void make(wish).then((word) => process.send?.(word, undefined, undefined, () => process.exit()));
});
