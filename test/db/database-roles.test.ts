import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../sandbox/server.ts';
import { createApp } from '../../src/app.ts';
import { checkDatabase } from '../../src/cli/doctor/check-database.ts';
import { readConfig } from '../../src/config.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { listDays } from '../../src/db/drop-day.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { migrate } from '../../src/db/migrate.ts';
import { retain } from '../../src/jobs/retention.ts';
import { packDays } from '../../src/jobs/pack-days.ts';
import { silentLog } from '../../src/log.ts';
import { END } from '../detections/world.ts';
import { endpointRoom } from '../ingest/endpoint/room.ts';
import { exchangeLine } from '../ingest/loading.ts';
import { dealtAccount, live, look, peopledWorld } from '../jobs/campaign-world.ts';
import { type RolesRoom, rolesRoom } from './roles-room.ts';

const DAY = 86_400_000;
let room: RolesRoom;
beforeAll(async () => {
  room = await rolesRoom();
});
afterAll(() => room.drop());

const NOT_ALLOWED = expect.objectContaining({ code: '42501' });

describe('the role that the bot runs as', () => {
  it('starts on a schema that is up to date, and asks for the owner where it is not', async () => {
    expect(await migrate(room.url.runtime, silentLog)).toEqual([]);
    await room.admin.query(`delete from schema_migration where name = '0009_day_functions'`);
    await expect(migrate(room.url.runtime, silentLog)).rejects.toThrow(
      /lacks 0009_day_functions, and this role does not own its tables. Run retort migrate/,
    );
    await room.admin.query(`insert into schema_migration (name, run_on) values ('0009_day_functions', now())`);
  });

  it('does all that the bot does: takes traffic in, finds a campaign, posts it, acts, and drops old days', async () => {
    const pool = room.pool.runtime;
    const { send } = await endpointRoom(pool);
    const early = exchangeLine('early', { occurred_at: new Date(END - 20 * DAY).toISOString() });
    expect((await send('/v1/exchanges', `${early}\nno json`, { 'idempotency-key': 'k' })).status).toBe(200);
    const world = peopledWorld('roles');
    world.pool(24, (index) => dealtAccount(world, index));
    await live(pool, world);
    expect((await look(pool)).campaigns).toHaveLength(1);
    const over = inject('isCitus') ? [] : ['2026-02-21', '2026-03-10'];
    expect((await packDays({ pool, now: END, log: silentLog })).packed).toEqual(over);

    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    const { bot: botToken, app: appToken } = sandbox.tokens;
    sandbox.control.setGroupMembers('abuse-approvers', ['U0MARA']);
    sandbox.control.inviteBot('abuse-legal');
    const app = createApp({
      config: readConfig({ RETORT_APPROVERS_GROUP: 'S0APPROVERS', RETORT_LEGAL_CHANNEL: 'abuse-legal' }),
      slack: { mode: 'socket', botToken, appToken, apiUrl: sandbox.apiUrl },
      pool,
      detections: DETECTIONS,
      fingerprintKey: 'a key for tests only, thirty-two characters',
      log: silentLog,
      jobClock: () => Promise.resolve(Date.now()),
    });
    await app.start();
    onTestFinished(() => app.stop());
    const posted = (words: string) =>
      sandbox.control.until(
        () => sandbox.control.messages('abuse-alerts').find(({ text }) => text.includes(words)),
        15_000,
      );
    const say = async (text: string) => {
      const before = sandbox.control.ephemeral('U0MARA').length;
      await sandbox.say({ user: 'U0MARA', channel: 'C0ALERTS', text });
      const answer = await sandbox.control.until(() => sandbox.control.ephemeral('U0MARA')[before]);
      return answer.text;
    };
    await posted('C-1 · Suspected');
    const answers: string[] = [];
    for (const text of [
      'ack 1',
      'note 1 looked at the cards',
      'confirm 1 the cards match',
      'snooze 1 4h waiting for billing',
      'hold place 1 for the lawyers',
      'hold lift 1 they are done',
      'freeze a test',
      'unfreeze it is over',
      'allow add organization org_1 7d our own course',
      'detections shadow no-night too noisy',
      'escalate 1 legal they asked for it',
      'evidence 1',
      'audit',
      'why 1',
      'status',
    ]) {
      answers.push(await say(`/campaign ${text}`));
    }
    expect(answers.filter((answer) => /fault of its own|Use: |This is for/.test(answer))).toEqual([]);
    const now = Date.now();
    const outcomes = [...(await app.scheduler.runDueSlots(now)), ...(await app.scheduler.runDueSlots(now + 3_700_000))];
    expect(outcomes.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    expect(outcomes.map(({ job }) => job)).toEqual(expect.arrayContaining(['detect', 'partitions', 'retention']));
    expect(sandbox.control.complaints()).toEqual([]);

    const retention = { raw: 14 * DAY, traits: 30 * DAY };
    await retain({ pool, now: END, retention, log: silentLog });
    expect((await listDays(pool, 'exchange')).every((day) => day >= END - 15 * DAY)).toBe(true);
    expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  }, 60_000);

  it.each([
    'drop table campaign',
    'drop table exchange',
    'truncate outbox',
    'alter table campaign add column mine text',
    'alter table audit_entry disable trigger all',
    `update audit_entry set reason = 'nothing happened'`,
    'delete from audit_entry',
    'truncate audit_entry',
    'begin; lock table audit_entry in access exclusive mode',
    'delete from exchange',
    'delete from campaign',
    'delete from action_ledger',
    'delete from legal_hold',
    `update schema_migration set name = 'other'`,
    'create table mine ()',
    'create schema mine',
    `create function mine() returns int language sql return 1`,
    'create role mine',
    'create database mine',
    'select from pg_authid',
    'alter system set fsync = off',
    'set session_replication_role = replica',
    `copy campaign to '/tmp/campaigns'`,
    `copy campaign to program 'cat'`,
    `select pg_read_file('/etc/passwd')`,
  ])('may not: %s', async (statement) => {
    await expect(room.pool.runtime.query(statement)).rejects.toEqual(NOT_ALLOWED);
  });

  it('may not take the owner’s part, nor the reader’s, nor let anybody else in', async () => {
    const { name, pool } = room;
    for (const statement of [
      `set role ${name.owner}`,
      `set session authorization ${name.owner}`,
      `grant ${name.owner} to ${name.runtime}`,
      `alter role ${name.runtime} superuser`,
      `alter function make_day(text, date) owner to ${name.runtime}`,
      'create or replace function make_day(text, date) returns void language sql return null',
    ]) {
      await expect(pool.runtime.query(statement)).rejects.toEqual(NOT_ALLOWED);
    }
    // What cannot be given away is not given away: PostgreSQL warns, and does nothing.
    await pool.runtime.query(`grant update on audit_entry to ${name.reader}`).catch(() => undefined);
    const { rows } = await room.admin.query(`select has_table_privilege($1, 'audit_entry', 'update') as may`, [
      name.reader,
    ]);
    expect(rows).toEqual([{ may: false }]);
  });

  it('may not install an extension, whether it trusts whoever installs it or not', async () => {
    const { rows } = await room.admin.query<{ name: string }>(
      `select distinct on (trusted) name from pg_available_extension_versions where not installed and requires is null order by trusted, name`,
    );
    // The embedded server brings some; another may bring none.
    for (const { name } of rows) {
      await expect(room.pool.runtime.query(`create extension "${name}"`)).rejects.toEqual(NOT_ALLOWED);
    }
    await expect(room.pool.runtime.query('drop extension plpgsql')).rejects.toEqual(NOT_ALLOWED);
  });

  it('makes and drops days by the owner’s functions alone, which nothing of its own can lead astray', async () => {
    const client = await room.pool.runtime.connect();
    try {
      await client.query(`create temporary table exchange (like public.exchange) partition by range (occurred_at);
        create function pg_temp.day_part(text, date) returns text language sql return 'campaign';
        set search_path = pg_temp; set timezone = 'Asia/Tokyo'; set datestyle = 'German'`);
      await client.query(`select public.make_day('exchange', '2031-02-01')`);
      const { rows } = await client.query(
        `select inhparent::regclass::text as parent, pg_get_expr(relpartbound, oid) as bounds, relowner::regrole::text as owner
         from pg_class join pg_inherits on inhrelid = oid where relname = 'exchange_20310201'`,
      );
      expect(rows).toEqual([
        {
          parent: 'public.exchange',
          bounds: `FOR VALUES FROM ('2031-02-01 09:00:00+09') TO ('2031-02-02 09:00:00+09')`.replaceAll(
            /'(\d+)-(\d+)-(\d+) 09:00:00\+09'/g,
            `'$3.$2.$1 09:00:00 JST'`,
          ),
          owner: room.name.owner,
        },
      ]);
      await expect(client.query('drop table public.exchange_20310201')).rejects.toEqual(NOT_ALLOWED);
      await client.query(`select public.drop_day('exchange', '2031-02-01')`);
    } finally {
      client.release(true);
    }
    for (const call of [`make_day('campaign', '2031-02-01')`, `drop_day('audit_entry', '2031-02-01')`]) {
      await expect(room.pool.runtime.query(`select ${call}`)).rejects.toThrow('has no part for each day');
    }
    await expect(room.pool.runtime.query(`select drop_day('exchange', '2031-02-02')`)).rejects.toThrow(
      'has no part for',
    );
  });
});

describe('the role that reads', () => {
  it('reads every table, and does nothing else', async () => {
    const reader = room.pool.reader;
    const { rows } = await reader.query<{ name: string }>(
      `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
         and not relispartition and not has_table_privilege(oid, 'select')
         and not exists (select from pg_depend where objid = c.oid and deptype = 'e')`,
    );
    expect(rows).toEqual([]);
    for (const statement of [
      `insert into watermark values ('events', now())`,
      'update campaign set status = status',
      'create temporary table mine ()',
      `select make_day('exchange', '2031-02-01')`,
      `select lock_day('exchange', '2031-02-01')`,
      `select pack_day('2031-02-01', '{}', 0)`,
    ]) {
      await expect(reader.query(statement)).rejects.toEqual(NOT_ALLOWED);
    }
  });
});

/** What the program's statements do with each table, as `insert`, `update` and `delete`. */
function rightsUsed(tables: readonly string[]): Record<string, string[]> {
  const root = path.resolve(import.meta.dirname, '../../src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(root, file), 'utf8').replaceAll(/\s+/g, ' '));
  const rights: [string, RegExp][] = [
    ['delete', /delete from (\w+)/g],
    ['insert', /insert into (\w+)/g],
    ['update', /\bupdate (\w+)/g],
    ['update', /insert into (\w+)(?:(?!insert into|delete from|export ).)*?do update set/g],
  ];
  const used = sources.flatMap((text) =>
    rights.flatMap(([right, pattern]) => [...text.matchAll(pattern)].map(([, table = '']) => [table, right] as const)),
  );
  return Object.fromEntries(
    tables.map((table) => [
      table,
      [...new Set(used.filter(([each]) => each === table).map(([, right]) => right))].toSorted(),
    ]),
  );
}

it('gives the bot for each table exactly what its statements do', async () => {
  const { rows } = await room.admin.query<{ name: string; rights: string[] }>(
    `select relname as name, array(select lower(privilege_type) from aclexplode(relacl)
       where grantee = $1::regrole and privilege_type <> 'SELECT' order by 1) as rights
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    [room.name.runtime],
  );
  const given = Object.fromEntries(rows.map(({ name, rights }) => [name, rights]));
  expect(given['audit_entry']).toEqual(['insert']);
  expect(rightsUsed(Object.keys(given))).toEqual(given);
});

async function rights(url: string) {
  const config = readConfig({
    DATABASE_URL: url,
    RETORT_FINGERPRINT_KEY: 'a key for tests only, thirty-two characters',
  });
  return (await checkDatabase(config)).find(({ name }) => name === 'rights');
}

it('the doctor says whose role it is, and what it lacks', async () => {
  expect(await rights(room.url.owner)).toMatchObject({ ok: true, says: expect.stringContaining('owns the tables') });
  expect(await rights(room.url.runtime)).toMatchObject({ ok: true, says: expect.stringContaining('does not own') });
  // As after a migration that brought a table.
  await room.pool.owner.query('create table next_version ()');
  expect(await rights(room.url.runtime)).toMatchObject({
    ok: false,
    says: expect.stringContaining('may not use next_version: run docs/database-roles.sql'),
  });
  await room.pool.owner.query('drop table next_version');
});

it('the script can be run again, and takes away what was given beside it', async () => {
  await room.admin.query(`grant update on audit_entry to ${room.name.runtime}; grant usage on schema public to public`);
  await room.apply();
  await expect(room.pool.runtime.query(`update audit_entry set reason = ''`)).rejects.toEqual(NOT_ALLOWED);
});

it('the views of an extension are not Retort’s: they stay whose they were, and nobody lacks them', async () => {
  await room.admin.query('create extension pg_buffercache');
  await room.apply();
  const { rows } = await room.admin.query<{ own: boolean }>(
    `select relowner = current_user::regrole as own from pg_class where oid = 'pg_buffercache'::regclass`,
  );
  expect(rows).toEqual([{ own: true }]);
  expect(await rights(room.url.runtime)).toMatchObject({ ok: true });
});
