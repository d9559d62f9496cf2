import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { createLog } from '../log.ts';
import { findServer } from '../open-database.ts';

export function migrateCommand(): Command {
  return new Command('migrate').description("bring the database's schema up to date").action(async () => {
    const config = readConfig();
    const log = createLog(config.logLevel);
    const server = await findServer(config, log);
    try {
      const done = await migrate(server.url, log);
      process.stdout.write(done.length === 0 ? 'the schema is up to date\n' : `ran ${done.join(', ')}\n`);
    } finally {
      await server.stop();
    }
  });
}
