import { Command } from 'commander';
import type { Check } from './doctor/check.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check configuration, database and Slack, and say what to mend')
    .option('--post', 'also post a message to each alert channel, to try it')
    .option('--json', 'print the checks as JSON')
    .action(async ({ json, post = false }: { json?: true; post?: boolean }) => {
      const { examine } = await import('./doctor/examine.ts');
      const checks = await examine({ post });
      const text = json ? JSON.stringify({ checks }) : checks.map(line).join('\n');
      process.stdout.write(`${text}\n`);
      const bad = checks.filter((check) => !check.ok).length;
      if (bad > 0) throw new Error(`${bad} of ${checks.length} checks failed; each says above what to mend`);
    });
}

function line({ ok, name, says }: Check): string {
  return `${ok ? 'ok  ' : 'MEND'}  ${name}: ${says}`;
}
