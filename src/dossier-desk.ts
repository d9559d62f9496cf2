import type pg from 'pg';
import type { DossierDesk } from './campaigns/dossier-desk.ts';
import { appendAudit } from './db/audit-entry.ts';
import { transaction } from './db/query.ts';
import type { DossierPackage } from './dossier-package.ts';
import { postFile } from './post-file.ts';
import type { ThreadFiles } from './slack/thread-files.ts';

/** Has dossiers made, and hands them to Slack. */
export function createDossierDesk(parts: {
  pool: pg.Pool;
  make: (number: number) => Promise<DossierPackage>;
  files: ThreadFiles;
}): DossierDesk {
  const { pool, make } = parts;
  let busy = false;

  const post = (number: number, { actor, now }: { actor: string; now: number }) =>
    postFile(parts, number, async ({ id }) => {
      const made = await make(number);
      if (!made.ok) return { ok: false, reason: 'refused', says: made.says } as const;
      const { asOf, manifestSha256 } = made;
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
        content: made.zip,
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
