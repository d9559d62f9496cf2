import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { kindOf } from '../../src/campaigns/trait.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { importIndicators, listIndicatorSources, removeIndicators } from '../../src/db/indicator.ts';
import { Exchange } from '../../src/ingest/records.ts';
import { rollUp } from '../../src/jobs/roll-up.ts';
import { rollUpTraits } from '../../src/jobs/roll-up-traits.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld, fingerprinter, loadAccounts, loadExchanges } from '../detections/load-world.ts';
import { createWorld, END, people } from '../detections/world.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(database.pool));

const DAY = 86_400_000;
const ADDRESS = '100.40.9.7';
const by = { actor: 'U0MARA', now: END };
const trait =
  fingerprinter
    .exchange(
      Exchange.parse({
        id: 'x',
        occurred_at: '2026-01-01T00:00:00Z',
        account_id: 'a',
        model: 'm',
        client_address: ADDRESS,
      }),
    )
    .traits.find((each) => kindOf(each) === 'network') ?? 0n;
const told = (expiresAt = END + DAY) => ({ trait, note: 'theirs', expiresAt });

it('finds what one account alone showed before it was told of, each exchange once', async () => {
  const { pool } = database;
  const world = createWorld('indicator');
  world.pool(20, { rhythm: people(8, 0) });
  world.add({ rhythm: people(8, 0), exchange: () => ({ client_address: ADDRESS }) });
  await loadAccounts(pool, world.accounts);
  const half = Math.floor(world.exchanges.length / 2);
  await loadExchanges(pool, world.exchanges.slice(0, half));
  await rollUp({ pool, now: END, allowedLatenessMs: 0 });
  await rollUpTraits(pool, END);
  await loadExchanges(pool, world.exchanges.slice(half));
  await importIndicators(pool, 'Example Lab', [told()], by);
  await importIndicators(pool, 'Sample Lab', [told()], by);
  await rollUp({ pool, now: END, allowedLatenessMs: 0 });
  await rollUpTraits(pool, END);
  const { rows } = await pool.query<{ kept: number; sent: number }>(
    `select (select sum(uses)::int from account_trait where trait = $1) as kept,
       (select count(*)::int from exchange where $1::bigint = any(traits)) as sent`,
    [String(trait)],
  );
  expect(rows[0]?.sent).toBeGreaterThan(10);
  expect(rows[0]?.kept).toBe(rows[0]?.sent);
  expect(await listIndicatorSources(pool, END)).toMatchObject([
    { source: 'Example Lab', indicators: 1, expired: 0, accounts: 1 },
    { source: 'Sample Lab', indicators: 1, expired: 0, accounts: 1 },
  ]);
  expect(await listIndicatorSources(pool, END + 2 * DAY)).toMatchObject([{ expired: 1, accounts: 0 }, { expired: 1 }]);
});

it('holds one told again until its new end, and one taken away no more', async () => {
  const { pool } = database;
  expect(await importIndicators(pool, 'Example Lab', [told(), told(END + 3 * DAY)], by)).toEqual({
    added: 1,
    renewed: 0,
  });
  expect(await importIndicators(pool, 'Example Lab', [told(END + 5 * DAY)], by)).toEqual({ added: 0, renewed: 1 });
  expect(await listIndicatorSources(pool, END)).toMatchObject([{ indicators: 1, last_expires_at: END + 5 * DAY }]);
  const why = { ...by, reason: 'a mistake' };
  expect(await removeIndicators(pool, 'Example Lab', why)).toBe(1);
  expect(await removeIndicators(pool, 'Example Lab', why)).toBe(0);
  expect(await listIndicatorSources(pool, END)).toEqual([]);
  expect(await importIndicators(pool, 'Example Lab', [told()], by)).toEqual({ added: 1, renewed: 0 });
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
});
