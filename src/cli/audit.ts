import { Command } from 'commander';
import { verifyAudit } from '../db/audit-entry.ts';
import { withSession } from './session.ts';

export function auditCommand(): Command {
  const audit = new Command('audit').description('the tamper-evident record of what was decided');
  audit
    .command('verify')
    .description('recompute the chain of hashes, and name the first bad entry')
    .option('--json', 'print the verdict as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const verdict = await withSession(({ database }) => verifyAudit(database.pool));
      const words = verdict.ok
        ? `${verdict.head.seq} entries, whole; head ${verdict.head.hash}`
        : `entry ${verdict.seq} is ${verdict.problem}`;
      process.stdout.write(`${json ? JSON.stringify(verdict) : words}\n`);
      if (!verdict.ok)
        throw new Error('the audit chain is broken: keep the database as it is, and compare with a backup');
    });
  return audit;
}
