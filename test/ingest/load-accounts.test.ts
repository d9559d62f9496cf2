import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadAccounts } from '../../src/ingest/load-accounts.ts';
import { openInput } from '../../src/ingest/open-input.ts';
import type { AccountLine } from '../../src/ingest/records.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { fingerprinter, loadExchanges, exchangeLine, NOW } from './loading.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account');
});

const CREATED = '2026-01-01T00:00:00Z';
const at = (ms: number) => new Date(ms);

async function load(lines: (Partial<AccountLine> | string)[], now = NOW) {
  const text = lines.map((line) =>
    typeof line === 'string' ? line : JSON.stringify({ account_id: 'acct_1', created_at: CREATED, ...line }),
  );
  const input = await openInput('-', Readable.from([Buffer.from(text.join('\n'))]));
  return loadAccounts({ pool: database.pool, input, fingerprinter, clock: () => now });
}

async function stored() {
  const { rows } = await database.pool.query('select * from account order by account_id');
  return rows as Record<string, unknown>[];
}

test('a row holds what its line said, and the rest is unknown', async () => {
  await load([
    {
      organization_id: 'org_1',
      email_domain: 'Mail.Example',
      email_disposable: true,
      payment_fingerprint: 'pm_1',
      payment_kind: 'virtual_card',
      plan: 'scale',
      program: 'research',
      verification: 'kyc',
      signup_address: '8.8.8.8',
      country: 'de',
      status: 'banned',
      status_at: '2026-02-01T00:00:00Z',
    },
    { account_id: 'acct_2', organization_id: null },
  ]);
  const [full, bare] = await stored();
  expect(full).toMatchObject({
    account_key: String(fingerprinter.accountKey('acct_1')),
    created_at: new Date(CREATED),
    organization_id: 'org_1',
    email_domain: 'mail.example',
    email_disposable: true,
    payment_kind: 'virtual_card',
    plan: 'scale',
    program: 'research',
    verification: 'kyc',
    country: 'DE',
    status: 'banned',
    status_at: new Date('2026-02-01T00:00:00Z'),
    updated_at: at(NOW),
  });
  expect(full?.['traits']).toHaveLength(3);
  expect(bare).toMatchObject({ organization_id: null, payment_kind: null, status: 'active', traits: [] });
});

test('a later line replaces the earlier, in one file and in the next', async () => {
  expect(await load([{ plan: 'free' }, { plan: 'scale', payment_fingerprint: 'pm_1' }])).toMatchObject({ accepted: 2 });
  expect(await stored()).toMatchObject([{ plan: 'scale', traits: [expect.any(String)] }]);
  await load([{ country: 'FR' }]);
  expect(await stored()).toMatchObject([{ plan: null, country: 'FR', traits: [] }]);
});

test('a status without its time holds since it was first read', async () => {
  await load([{ status: 'active' }], NOW);
  await load([{ status: 'banned' }], NOW + 1000);
  await load([{ status: 'banned' }], NOW + 2000);
  expect(await stored()).toMatchObject([{ status: 'banned', status_at: at(NOW + 1000), updated_at: at(NOW + 2000) }]);
  await load([{ status: 'banned', status_at: '2026-03-01T00:00:00Z' }], NOW + 3000);
  expect(await stored()).toMatchObject([{ status_at: new Date('2026-03-01T00:00:00Z') }]);
  await load([{ status: 'active' }], NOW + 4000);
  expect(await stored()).toMatchObject([{ status: 'active', status_at: at(NOW + 4000) }]);
});

test('an account first seen in an exchange is filled in by its line, and not emptied by the next exchange', async () => {
  await loadExchanges(database.pool, [exchangeLine('a')]);
  expect(await stored()).toMatchObject([{ account_id: 'acct_1', created_at: null, plan: null }]);
  await load([{ plan: 'scale' }]);
  await loadExchanges(database.pool, [exchangeLine('b')]);
  expect(await stored()).toMatchObject([{ account_id: 'acct_1', created_at: new Date(CREATED), plan: 'scale' }]);
});

test('bad lines are told, and the rest is loaded', async () => {
  const lines = [
    '{"account_id":"a"}',
    { country: 'Germany' },
    { created_at: '1999-01-01T00:00:00Z' },
    { status_at: '2099-01-01T00:00:00Z' },
    { plan: 'a\0' },
    { account_id: 'good' },
  ];
  expect(await load(lines)).toEqual({ accepted: 1, quarantined: 5 });
  const { rows } = await database.pool.query('select line_number::int as n, reason from quarantine order by 1');
  expect(rows).toEqual([
    { n: 1, reason: 'created_at: expected string' },
    { n: 2, reason: 'country: wrong form' },
    { n: 3, reason: 'time before 2020-01-01' },
    { n: 4, reason: 'time more than a day in the future' },
    { n: 5, reason: 'holds a NUL character' },
  ]);
});
