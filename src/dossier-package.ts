import type pg from 'pg';
import type { Detection } from './detections/detection.ts';
import type { OwnDetections } from './detections/own-detections.ts';
import { createDossierMaker } from './dossier-maker.ts';
import { makeDossier } from './evidence/make-dossier.ts';
import { MANIFEST, sha256 } from './evidence/manifest.ts';
import { zipDossier } from './evidence/save-dossier.ts';

/** A campaign's dossier as one file, or why there is none. */
export type DossierPackage =
  | { ok: true; zip: Uint8Array; asOf: string; manifestSha256: string }
  | { ok: false; says: string };

export interface PackageParts {
  pool: pg.Pool;
  detections: readonly Detection[];
  own: OwnDetections;
  fingerprintKey: string;
}

/** Of a large campaign it takes minutes, and much memory: the bot has it made in a process of its own (`fork-dossier.ts`). */
export async function makePackage(parts: PackageParts, number: number): Promise<DossierPackage> {
  const { pool, detections, own, fingerprintKey } = parts;
  const all = [...detections, ...(await own.refresh()).detections];
  const made = await makeDossier(createDossierMaker({ pool, detections: all, fingerprintKey }), { number });
  if (!made.ok) return { ok: false, says: made.says };
  const { dossier } = made;
  const manifestSha256 = sha256(dossier.files.get(MANIFEST) ?? '');
  return { ok: true, zip: zipDossier(dossier), asOf: dossier.manifest.as_of, manifestSha256 };
}
