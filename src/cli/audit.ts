import { existsSync, readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { type AuditAnchor, readAnchors } from '../campaigns/audit-verdict.ts';
import { exportAudit, verifyAudit } from '../db/audit-entry.ts';
import { withSession } from './session.ts';

export function auditCommand(): Command {
  const audit = new Command('audit').description('the tamper-evident record of what was decided');
  audit
    .command('verify')
    .description('recompute the chain of hashes, and name the first bad entry')
    .option(
      '--anchor <file-or-hash>',
      'what was kept outside: a head’s hash, <entries>:<hash>, or a file of them or of an earlier export; shows a cut or rewritten chain',
      anchorsFrom,
    )
    .option('--json', 'print the verdict as JSON', false)
    .action(async ({ json, anchor }: { json: boolean; anchor?: AuditAnchor[] }) => {
      const verdict = await withSession(({ database }) => verifyAudit(database.pool, anchor));
      const words = verdict.ok
        ? `${verdict.head.seq} entries, whole; head ${verdict.head.hash}`
        : `entry ${verdict.seq} is ${verdict.problem}`;
      process.stdout.write(`${json ? JSON.stringify(verdict) : words}\n`);
      if (!verdict.ok)
        throw new Error('the audit chain is broken: keep the database as it is, and compare with a backup');
    });
  audit
    .command('export')
    .description('print every entry as a line of JSON, with its hash')
    .action(() =>
      withSession(async ({ database }) => {
        for await (const line of exportAudit(database.pool)) process.stdout.write(`${line}\n`);
      }),
    );
  return audit;
}

function anchorsFrom(given: string): AuditAnchor[] {
  const anchors = readAnchors(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (anchors === undefined) throw new InvalidArgumentError('It is neither a hash nor a file of heads or entries.');
  return anchors;
}
