import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLitellmPoll } from '../../src/ingest/poll-litellm.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { everyRow, fingerprinter, NOW } from './loading.ts';

let database: TestDatabase;
let theirs: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  theirs = await createTestDatabase({ empty: true });
});
afterAll(async () => {
  await database.drop();
  await theirs.drop();
});
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account, model, watermark');
  await theirs.pool.query('drop table if exists "LiteLLM_SpendLogs"');
  // Columns and types as Prisma makes them of LiteLLM's schema.
  await theirs.pool.query(
    `create table "LiteLLM_SpendLogs" (request_id text primary key, call_type text not null, api_key text not null default '',
       prompt_tokens int not null default 0, completion_tokens int not null default 0, "startTime" timestamp(3) not null,
       "endTime" timestamp(3) not null, model text not null default '', model_group text default '', "user" text default '',
       metadata jsonb default '{}', request_tags jsonb default '[]', team_id text, end_user text, requester_ip_address text,
       messages jsonb default '{}', response jsonb default '{}', session_id text, status text,
       proxy_server_request jsonb default '{}')`,
  );
});

const MINUTE = 60_000;
const never = new AbortController().signal;
/** A replica that was just started. */
const replica = (pageRows = 3) =>
  createLitellmPoll({ pool: database.pool, source: theirs.pool, fingerprinter, clock: () => NOW, pageRows });

/** Logs requests by id and how long ago they began. */
async function log(rows: Record<string, number>, rest: Record<string, unknown> = {}) {
  for (const [id, ago] of Object.entries(rows)) {
    const row = { request_id: id, call_type: 'acompletion', user: 'acct_1', model_group: 'halcyon-4', ...rest };
    const times = { startTime: new Date(NOW - ago * MINUTE), endTime: new Date(NOW) };
    const all = Object.entries({ ...row, ...times });
    await theirs.pool.query(
      `insert into "LiteLLM_SpendLogs" (${all.map(([key]) => `"${key}"`).join(', ')}) values (${all.map((_, at) => `$${at + 1}`).join(', ')})`,
      all.map(([, value]) => value),
    );
  }
}

it('takes up what was logged, page by page, and the next time only what is new', async () => {
  await log(Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`r${at}`, 60 - at])));
  const poll = replica();
  expect(await poll(never)).toEqual({ accepted: 8, duplicates: 0, quarantined: 0 });
  expect(await poll(never)).toEqual({ accepted: 0, duplicates: 0, quarantined: 0 });
  await log({ next: 1 });
  expect(await poll(never)).toEqual({ accepted: 1, duplicates: 0, quarantined: 0 });
  const { rows } = await database.pool.query<{ at: Date }>(`select at from watermark where name = 'litellm'`);
  expect(rows[0]?.at.getTime()).toBe(NOW - MINUTE);
});

it('goes on after a restart where it was, and counts nothing twice', async () => {
  await log({ a: 60, b: 12, c: 11 });
  await replica()(never);
  await log({ d: 5 });
  // Those within the overlap are read again.
  expect(await replica()(never)).toEqual({ accepted: 1, duplicates: 2, quarantined: 0 });
});

it('takes up a request that ended long after it began', async () => {
  await log({ quick: 1 });
  const poll = replica();
  await poll(never);
  await log({ slow: 14 });
  expect(await poll(never)).toMatchObject({ accepted: 1 });
});

it('reads again what a failed poll may not have counted', async () => {
  await log({ a: 3, b: 2 });
  const poll = replica();
  await database.pool.query('alter table exchange rename to exchange_gone');
  try {
    await expect(poll(never)).rejects.toThrow('does not exist');
  } finally {
    await database.pool.query('alter table exchange_gone rename to exchange');
  }
  expect(await poll(never)).toMatchObject({ accepted: 2 });
});

it('ends between two pages when it is asked to, and goes on from there', async () => {
  await log({ a: 3, b: 2, c: 1 });
  const ending = new AbortController();
  ending.abort(new Error('asked to end'));
  await expect(replica(1)(ending.signal)).rejects.toThrow('asked to end');
  expect(await replica(1)(never)).toMatchObject({ accepted: 3 });
});

it('is not led astray by a clock that is ahead, or by a row that is none', async () => {
  await log({ ahead: -600, good: 2 });
  await log({ nobody: 1 }, { user: '' });
  const poll = replica();
  expect(await poll(never)).toEqual({ accepted: 2, duplicates: 0, quarantined: 1 });
  await log({ after: 0 });
  expect(await poll(never)).toMatchObject({ accepted: 1 });
});

it('reads an older LiteLLM’s table, tells refusals, and keeps no text', async () => {
  const asked = JSON.stringify({
    messages: [{ role: 'user', content: 'Tell me of the xylophone, and of all its kin' }],
  });
  const response = JSON.stringify({
    choices: [{ finish_reason: 'content_filter', message: { content: 'xylophone' } }],
  });
  await log({ a: 1 }, { proxy_server_request: asked, response });
  await theirs.pool.query('alter table "LiteLLM_SpendLogs" drop column session_id, drop column status');
  expect(await replica()(never)).toMatchObject({ accepted: 1 });
  const { rows } = await database.pool.query<{ outcome: number; traits: number }>(
    'select outcome, cardinality(traits) as traits from exchange',
  );
  expect(rows[0]?.outcome).toBe(1);
  expect(rows[0]?.traits).toBeGreaterThan(3);
  expect((await everyRow(database.pool)).filter((row) => row.includes('xylophone'))).toEqual([]);
});
