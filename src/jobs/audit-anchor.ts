import type pg from 'pg';
import { auditHead } from '../db/audit-entry.ts';
import type { PostWebhook } from '../enforcement/post-webhook.ts';
import { defineJob, type Job } from './job.ts';

/** Tells the head of the audit chain to somebody outside, every hour: whoever rewrites the chain cannot reach it there. */
export function auditAnchorJob({ pool, post }: { pool: pg.Pool; post: PostWebhook }): Job {
  return defineJob({
    name: 'audit-anchor',
    schedule: '5 * * * *',
    async run({ slotAt, now }) {
      const { seq, hash } = await auditHead(pool);
      const data = { entries: seq, hash };
      const body = JSON.stringify({ type: 'audit.head', timestamp: new Date(slotAt).toISOString(), data });
      const outcome = await post({ id: `msg_audit_${slotAt}_${seq}`, at: now, body });
      if (outcome.kind !== 'answered') throw new Error(`the audit's head was not taken: ${outcome.error}`);
      if (outcome.status >= 300) throw new Error(`the audit's head was not taken: http_${outcome.status}`);
      return data;
    },
  });
}
