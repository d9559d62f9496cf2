import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, schemaState } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { expectToldOnce } from './told-once.ts';

const OURS = fileURLToPath(new URL('../../src/db/migrations', import.meta.url));

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** Our migrations and one of the next version. */
async function nextVersion(up: string): Promise<string> {
  const directory = await temporaryDirectory();
  await cp(OURS, directory, { recursive: true });
  await writeFile(path.join(directory, '9999_next.sql'), `-- Up Migration\n${up}\n`);
  return directory;
}

/** It may meet the work in a deadlock, which leaves everything as it was: then it is run again. */
async function migrateNext(directory: string): Promise<boolean> {
  try {
    await migrate(database.url, silentLog, directory);
    return true;
  } catch (fault) {
    return String(fault).includes('deadlock') ? migrateNext(directory) : false;
  }
}

const ADDS = `alter table outbox add column next_version text; alter table campaign add column next_version int;
alter table exchange add column next_version int not null default 0; create table next_version ();`;
const FAILS = `${ADDS} select 1 / 0;`;

describe('the next version migrates while this one works', () => {
  it.each([
    ['adding columns and a table', ADDS, true],
    ['failing half-way', FAILS, false],
  ])('%s: posts and batches go on', async (_, up, succeeds) => {
    const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
    const { send } = await endpointRoom(database.pool);
    const next = await nextVersion(up);
    let migrated: Promise<boolean> | undefined;
    for (let campaign = 1; campaign <= 4; campaign += 1) {
      await room.alert();
      // It begins while a post is on its way.
      const work = room.worker({
        onPoint: (point) => {
          if (point !== 'request_sent') return;
          migrated ??= migrateNext(next);
        },
      });
      const [, answer] = await Promise.all([work(), send('/v1/exchanges', exchangeLine(`id ${campaign}`))]);
      expect(answer.status).toBe(200);
      await room.acknowledge(campaign, 'U0MARA');
    }
    expect(await migrated).toBe(succeeds);
    expect((await schemaState(database.pool, OURS)).unknown).toEqual(succeeds ? ['9999_next'] : []);
    await room.settle(room.worker());
    await expectToldOnce(database.pool, room.sandbox);
  });
});

it('no migration of ours takes away what the version before it reads', async () => {
  const names = (await readdir(OURS)).filter((name) => name.endsWith('.sql'));
  const taking: string[] = [];
  for (const name of names) {
    const [up = ''] = (await readFile(path.join(OURS, name), 'utf8')).split('-- Down Migration');
    // What a function does when it is called, the migration does not do.
    const itself = up.replaceAll(/create (?:or replace )?function .*?\$\$.*?\$\$;/gs, '');
    if (/\bdrop (table|column)\b|\brename\b|set not null/i.test(itself)) taking.push(name);
  }
  expect(names.length).toBeGreaterThan(1);
  expect(taking).toEqual([]);
});
