import type pg from 'pg';
import type { Detection } from './detections/detection.ts';
import type { DossierMaker } from './evidence/make-dossier.ts';
import { createKeyedHash } from './ingest/keyed-hash.ts';
import { version } from './version.ts';

/** How this installation makes dossiers: pseudonyms are keyed hashes of their own, unrelated to the database's. */
export function createDossierMaker(parts: {
  pool: pg.Pool;
  detections: readonly Detection[];
  fingerprintKey: string;
}): DossierMaker {
  const { pool, detections, fingerprintKey } = parts;
  const hash = (purpose: string) => {
    const keyed = createKeyedHash(fingerprintKey, purpose);
    return (text: string): string => BigInt.asUintN(64, keyed.text(text)).toString(16).padStart(16, '0');
  };
  const hashes = { account: hash('dossier account'), organization: hash('dossier organization') };
  return {
    pool,
    detections,
    version,
    keyId: keyIdOf(fingerprintKey),
    pseudonym: (kind, name) => hashes[kind](name),
  };
}

/** A name for a fingerprint key that tells nothing of it: two installations that share a key have the same. */
export function keyIdOf(fingerprintKey: string): string {
  const number = createKeyedHash(fingerprintKey, 'key id').text('retort');
  return BigInt.asUintN(64, number).toString(16).padStart(16, '0');
}
