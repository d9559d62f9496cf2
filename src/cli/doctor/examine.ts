import { type Config, readConfig } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import { type Check, failed, passed } from './check.ts';
import { checkDataDirectory } from './check-data-directory.ts';
import { checkDatabase } from './check-database.ts';
import { checkDetections } from './check-detections.ts';
import { checkEnforcement } from './check-enforcement.ts';
import { checkEscalation } from './check-escalation.ts';
import { checkHealth } from './check-health.ts';
import { checkIngest } from './check-ingest.ts';
import { checkLitellm } from './check-litellm.ts';
import { checkSlack } from './check-slack.ts';

/** Every check that can be made; where the configuration cannot be read, its problems alone. */
export async function examine({ post }: { post: boolean }): Promise<Check[]> {
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
