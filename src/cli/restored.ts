import { Command } from 'commander';
import { appendAudit, auditHead } from '../db/audit-entry.ts';
import { doubtPending } from '../db/outbox-doubt.ts';
import { transaction } from '../db/query.ts';
import { withSession } from './session.ts';

export function restoredCommand(): Command {
  return new Command('restored')
    .description('run once after a backup was restored, before start: what waited then is looked for in Slack first')
    .action(async () => {
      const { doubtful, last } = await withSession(({ database }) =>
        transaction(database.pool, async (tx) => {
          const entries = (await auditHead(tx)).seq;
          const rows = await doubtPending(tx);
          // Whoever holds a later head sees here why the chain went on from an earlier entry.
          await appendAudit(tx, {
            at: Date.now(),
            actor: 'retort',
            action: 'database.restore',
            subject: 'database',
            reason: `restored as of entry ${entries}`,
            detail: { entries, doubtful: rows },
          });
          return { doubtful: rows, last: entries };
        }),
      );
      process.stdout.write(
        `the audit goes on after entry ${last}; posts that are looked for in Slack before they are made: ${doubtful}\n`,
      );
    });
}
