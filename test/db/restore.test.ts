import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { runRetort } from '../cli/run-retort.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { expectToldOnce } from '../faults/told-once.ts';
import { exchangeLine, loadExchanges } from '../ingest/loading.ts';
import { deliveryRoom } from '../jobs/delivery-room.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const run = promisify(execFile);
const LINES = Array.from({ length: 30 }, (_, at) => exchangeLine(`id ${at}`));

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = new Client({ connectionString: inject('databaseUrl') });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

/** An empty name for what is restored, and its address. */
function place() {
  const name = `retort_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('databaseUrl'));
  url.pathname = name;
  return { name, url: url.href };
}

/** As a base backup or a snapshot of the volume: the same files. */
async function copyFiles(from: TestDatabase) {
  const source = new URL(from.url).pathname.slice(1);
  const { name, url } = place();
  await asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`,
    `create database ${name} template ${source}`,
  );
  return { name, restore: async () => url };
}

/** `pg_dump` now, `pg_restore` later. */
async function dump(from: TestDatabase) {
  const file = path.join(await temporaryDirectory(), 'retort.dump');
  await run('pg_dump', ['--format=custom', `--file=${file}`, from.url]);
  const { name, url } = place();
  return {
    name,
    async restore() {
      await asAdmin(`create database ${name} template template0`);
      await run('pg_restore', ['--exit-on-error', `--dbname=${url}`, file]);
      return url;
    },
  };
}

/** A cluster is backed up node by node. */
const onCitus = () => (inject('isCitus') ? 'the coordinator is not the whole of a Citus cluster' : undefined);

/** Why pg_dump cannot be used here; undefined where it can. */
async function withoutDump(): Promise<string | undefined> {
  const said = await run('pg_dump', ['--version']).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  if (said === undefined) return 'there is no pg_dump here';
  const admin = new Client({ connectionString: inject('databaseUrl') });
  await admin.connect();
  const { rows } = await admin.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  );
  await admin.end();
  const major = Number(/\d+/.exec(said)?.[0]);
  const server = rows[0]?.major ?? 0;
  return major < server ? `pg_dump ${major} cannot read a server of version ${server}` : undefined;
}

describe.each([
  ['a copy of its files', copyFiles, async () => onCitus()],
  ['pg_dump', dump, async () => onCitus() ?? (await withoutDump())],
])('a backup by %s', { timeout: 120_000 }, (_, backUp, obstacle) => {
  it('that is restored keeps the audit whole, and posts and counts nothing twice', async ({ skip }) => {
    const why = await obstacle();
    if (why !== undefined) skip(why);
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const room = await deliveryRoom(database.pool, { pacing: { perSecond: 1_000, burst: 1_000 } });
    await loadExchanges(database.pool, LINES);
    await room.alert();
    await room.settle(room.worker());
    // At the time of the backup: a new alert, a change with its reply, and a post that broke off half-way.
    await room.alert();
    await room.acknowledge(1, 'U0MARA');
    await room.alert();
    const broken = room.worker({
      onPoint: (point) => {
        if (point === 'response_received') throw new Error('the worker died');
      },
    });
    await broken();
    await room.acknowledge(2, 'U0JONAS');
    const { rows: waiting } = await database.pool.query(
      `select state from outbox where state <> 'sent' order by state`,
    );
    expect(new Set(waiting.map(({ state }) => state as string))).toEqual(new Set(['pending', 'sending']));
    const head = await auditHead(database.pool);
    const backup = await backUp(database);
    onTestFinished(() => asAdmin(`drop database if exists ${backup.name} with (force)`));
    // Life went on, and all that waited was posted.
    room.clock.advance(150_000);
    await room.settle(room.worker());
    await expectToldOnce(database.pool, room.sandbox);
    const messages = room.sandbox.control.messages('abuse-alerts').length;

    const url = await backup.restore();
    const restored = await runRetort(['restored'], { DATABASE_URL: url, RETORT_LOG_LEVEL: 'error' });
    expect(restored).toMatchObject({ status: 0, out: expect.stringContaining(`goes on after entry ${head.seq};`) });
    const pool = createPool(url, { log: silentLog });
    onTestFinished(() => pool.end());
    expect(await migrate(url, silentLog)).toEqual([]);
    const work = room.worker({ pool });
    await expect
      .poll(async () => {
        room.clock.advance(60_000);
        await work();
        const { rows } = await pool.query(`select distinct state from outbox`);
        return rows;
      })
      .toEqual([{ state: 'sent' }]);
    await expectToldOnce(pool, room.sandbox);
    expect(room.sandbox.control.messages('abuse-alerts')).toHaveLength(messages);
    expect(await verifyAudit(pool, [head])).toMatchObject({ ok: true });
    // What gateways send again from before is known, and what is new finds its day.
    expect(await loadExchanges(pool, LINES)).toMatchObject({ accepted: 0, duplicates: LINES.length });
    expect(await loadExchanges(pool, [exchangeLine('new')])).toMatchObject({ accepted: 1 });
  });
});
