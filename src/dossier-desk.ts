import type pg from 'pg';
import type { DossierDesk } from './campaigns/dossier-desk.ts';
import { appendAudit } from './db/audit-entry.ts';
import { transaction } from './db/query.ts';
import type { Detection } from './detections/detection.ts';
import type { OwnDetections } from './detections/own-detections.ts';
import { createDossierMaker } from './dossier-maker.ts';
import { makeDossier } from './evidence/make-dossier.ts';
import { MANIFEST, sha256 } from './evidence/manifest.ts';
import { zipDossier } from './evidence/save-dossier.ts';
import { postFile } from './post-file.ts';
import type { ThreadFiles } from './slack/thread-files.ts';

/** Makes dossiers with what this process has loaded, and hands them to Slack. */
export function createDossierDesk(parts: {
  pool: pg.Pool;
  detections: readonly Detection[];
  own: OwnDetections;
  fingerprintKey: string;
  files: ThreadFiles;
}): DossierDesk {
  const { pool, detections, own, fingerprintKey } = parts;
  let busy = false;

  const post = (number: number, { actor, now }: { actor: string; now: number }) =>
    postFile(parts, number, async ({ id }) => {
      const all = [...detections, ...(await own.refresh()).detections];
      const made = await makeDossier(createDossierMaker({ pool, detections: all, fingerprintKey }), { number });
      if (!made.ok) return { ok: false, reason: 'refused', says: made.says } as const;
      const { dossier } = made;
      const asOf = dossier.manifest.as_of;
      const manifestSha256 = sha256(dossier.files.get(MANIFEST) ?? '');
      // Before it goes out: a package that nobody can say who asked for is worse than an entry without a package.
      await transaction(pool, (tx) =>
        appendAudit(tx, {
          at: now,
          actor,
          action: 'campaign.evidence',
          subject: id,
          reason: 'dossier into the thread',
          detail: { as_of: asOf, manifest_sha256: manifestSha256, identified: false },
        }),
      );
      const file = {
        filename: `${id}-dossier.zip`,
        content: zipDossier(dossier),
        comment: `Dossier of ${id} as of ${asOf}, pseudonymised. SHA-256 of its manifest: \`${manifestSha256}\``,
      };
      return { ok: true, file, told: { asOf, manifestSha256 } };
    });

  return {
    async post(number, by) {
      // The database's processors are for the traffic first.
      if (busy) return { ok: false, reason: 'busy' };
      busy = true;
      try {
        return await post(number, by);
      } finally {
        busy = false;
      }
    },
  };
}
