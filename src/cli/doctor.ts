import { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { type Check, failed, passed } from './doctor/check.ts';
import { checkDataDirectory } from './doctor/check-data-directory.ts';
import { checkDatabase } from './doctor/check-database.ts';
import { checkDetections } from './doctor/check-detections.ts';
import { checkEnforcement } from './doctor/check-enforcement.ts';
import { checkEscalation } from './doctor/check-escalation.ts';
import { checkHealth } from './doctor/check-health.ts';
import { checkIngest } from './doctor/check-ingest.ts';
import { checkLitellm } from './doctor/check-litellm.ts';
import { checkSlack } from './doctor/check-slack.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check configuration, database and Slack, and say what to mend')
    .option('--post', 'also post a message to each alert channel, to try it')
    .option('--json', 'print the checks as JSON')
    .action(async ({ json, post = false }: { json?: true; post?: boolean }) => {
      const checks = await examine({ post });
      const text = json ? JSON.stringify({ checks }) : checks.map(line).join('\n');
      process.stdout.write(`${text}\n`);
      const bad = checks.filter((check) => !check.ok).length;
      if (bad > 0) throw new Error(`${bad} of ${checks.length} checks failed; each says above what to mend`);
    });
}

/** Every check that can be made; where the configuration cannot be read, its problems alone. */
async function examine({ post }: { post: boolean }): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    return fault.problems.map(({ variable, what }) => failed(`configuration: ${variable}`, what));
  }
  const configured = passed('configuration', 'every variable that is set can be read');
  const directory = await checkDataDirectory(config);
  return [
    configured,
    ...directory,
    ...(await checkDatabase(config)),
    ...(await checkDetections(config)),
    ...checkIngest(config),
    ...(await checkLitellm(config)),
    ...(await checkHealth(config)),
    ...(await checkEnforcement(config)),
    ...(await checkEscalation(config)),
    ...(await checkSlack(config, { post })),
  ];
}

function line({ ok, name, says }: Check): string {
  return `${ok ? 'ok  ' : 'MEND'}  ${name}: ${says}`;
}
