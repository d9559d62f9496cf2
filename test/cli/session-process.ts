import { once } from 'node:events';
import { withSession } from '../../src/cli/session.ts';

/**
 * A command of its own for the tests: says when it works, then heeds the wish to end, which may come
 * twice as npm tells it, or does not.
 */
const [manner] = process.argv.slice(2);
await withSession(async ({ signal, database }) => {
  await database.pool.query('select from campaign');
  process.stdout.write('working\n');
  if (manner === 'heedless') await database.pool.query('select pg_sleep(600)');
  else await new Promise((resolve) => signal.addEventListener('abort', resolve));
  if (manner === 'echoed') {
    const again = once(process, 'SIGINT');
    process.kill(process.pid, 'SIGINT');
    await again;
  }
  process.stdout.write('ended in order\n');
});
