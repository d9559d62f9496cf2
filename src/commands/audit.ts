import { z } from 'zod';
import { listAudit, verifyAudit } from '../db/audit-entry.ts';
import { auditMessage } from '../slack/blocks/audit.ts';
import { defineVerb } from './define-verb.ts';

const SHOWN = 12;

/** `C-12`, `E-3`, the name of a detection; campaigns also as people write them. */
const Subject = z
  .string()
  .max(80, 'that is too long')
  .transform((text) =>
    text.replace(/^([ce])-?(\d+)$/i, (_, kind: string, number: string) => `${kind.toUpperCase()}-${number}`),
  );

export const audit = defineVerb({
  name: 'audit',
  usage: 'audit [campaign, exception or detection]',
  summary: 'Recompute the audit chain, and show who did what and why',
  role: 'responder',
  args: z.object({ subject: Subject.optional() }),
  run: async ({ subject }, { pool }) => ({
    message: auditMessage(await verifyAudit(pool), await listAudit(pool, { subject, limit: SHOWN }), subject),
  }),
  atWork: () => ({ text: 'The audit chain is being recomputed, entry by entry.' }),
});
