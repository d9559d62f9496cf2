import { withSession } from '../../src/cli/session.ts';

/** A command of its own for the tests: says when it works, then heeds the wish to end, or does not. */
const [manner] = process.argv.slice(2);
await withSession(async ({ signal, database }) => {
  await database.pool.query('select from campaign');
  process.stdout.write('working\n');
  if (manner === 'heedless') await database.pool.query('select pg_sleep(600)');
  else await new Promise((resolve) => signal.addEventListener('abort', resolve));
  process.stdout.write('ended in order\n');
});
