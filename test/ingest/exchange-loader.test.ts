import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MARKS } from '../../src/campaigns/marks.ts';
import { createExchangeLoader } from '../../src/ingest/exchange-loader.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { everyRow, exchangeLine, fingerprinter, loadExchanges, NOW } from './loading.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query('truncate exchange, ingest_batch, quarantine, account');
});

const load = (lines: readonly (string | Buffer)[], batchLines?: number) =>
  loadExchanges(database.pool, lines, batchLines === undefined ? {} : { batchLines });
const stored = async () => {
  const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from exchange');
  return rows[0]?.n;
};

describe('each exchange is counted once', () => {
  test('within a batch, across batches and across runs', async () => {
    const lines = ['a', 'b', 'a', 'c'].map((id) => exchangeLine(id));
    expect(await load(lines, 2)).toEqual({ accepted: 3, duplicates: 1, quarantined: 0 });
    expect(await load(lines)).toEqual({ accepted: 0, duplicates: 4, quarantined: 0 });
    expect(await stored()).toBe(3);
  });

  test('with another time, too', async () => {
    const times = ['2026-03-10T10:00:00Z', '2026-03-10T10:00:01Z', '2026-03-09T23:59:59Z'];
    const lines = times.map((occurred_at) => exchangeLine('a', { occurred_at }));
    expect(await load(lines, 1)).toEqual({ accepted: 1, duplicates: 2, quarantined: 0 });
  });

  test('the same id of two accounts is two exchanges', async () => {
    const lines = ['acct_1', 'acct_2'].map((account_id) => exchangeLine('a', { account_id }));
    expect(await load(lines)).toEqual({ accepted: 2, duplicates: 0, quarantined: 0 });
  });

  test('by two loaders at once', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => exchangeLine(`id ${at}`, { account_id: `acct_${at % 70}` }));
    const both = await Promise.all([load(lines, 500), load(lines.toReversed(), 400)]);
    expect(both.map(({ accepted }) => accepted).reduce((a, b) => a + b)).toBe(3000);
    expect(both.map(({ duplicates }) => duplicates).reduce((a, b) => a + b)).toBe(3000);
    expect(await stored()).toBe(3000);
  });
});

test('a batch lies account by account, whatever came between, and whole', async () => {
  const line = (at: number) => exchangeLine(`id ${at}`, { account_id: `acct_${(at * 7) % 50}` });
  const lines = Array.from({ length: 1_000 }, (_, at) => (at % 9 === 4 ? '{"id": 1}' : line(at)));
  const { accepted } = await load(lines, 400);
  expect(accepted).toBe(lines.filter((each) => each !== '{"id": 1}').length);
  const { rows } = await database.pool.query<{ batch_id: number; key: string; exchange: string }>(
    'select batch_id, account_key as key, exchange_key as exchange from exchange order by ctid',
  );
  expect(new Set(rows.map(({ exchange }) => exchange)).size).toBe(accepted);
  const batches = [...new Set(rows.map(({ batch_id }) => batch_id))];
  expect(batches).toHaveLength(3);
  for (const batch of batches) {
    const keys = rows.filter(({ batch_id }) => batch_id === batch).map(({ key }) => BigInt(key));
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
  }
});

test('a row bears the batch that counts it, also where that had to be written twice', async () => {
  await load([exchangeLine('a'), exchangeLine('b')]);
  await load([exchangeLine('c'), exchangeLine('a'), exchangeLine('d')]);
  const { rows } = await database.pool.query(
    `select accepted, duplicates, e.rows from ingest_batch b
     join (select batch_id, count(*)::int as rows from exchange group by batch_id) e on e.batch_id = b.batch_id
     order by b.batch_id`,
  );
  expect(rows).toEqual([
    { accepted: 2, duplicates: 0, rows: 2 },
    { accepted: 2, duplicates: 1, rows: 2 },
  ]);
});

test('others get their turn while lines are kept', async () => {
  const { pool } = database;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: () => NOW, source: 'test' });
  const keep = async (id: number) => {
    const text = exchangeLine(String(id));
    for (const reading of loader.read({ number: id, bytes: text.length, text })) await loader.keep(reading);
  };
  // The first asks the database for its model.
  await keep(0);
  let turns = 0;
  setImmediate(() => (turns += 1));
  for (let id = 1; id < 200; id += 1) await keep(id);
  expect(turns).toBe(1);
  await loader.close();
});

test('a row holds what its line said', async () => {
  const line = exchangeLine('a', {
    occurred_at: '2026-03-09T23:30:00.25-02:00',
    access_path: 'Bedrock',
    input_tokens: 10,
    reasoning_tokens: 2_147_483_647,
    outcome: 'rate_limited',
    labels: ['math', 'cot_elicitation'],
    client_address: '8.8.8.8',
    client_asn: 4_294_967_295,
    conversation_id: 'conv_2',
    reasoning_origin_conversation_id: 'conv_1',
  });
  await load([line, exchangeLine('b')]);
  const { rows } = await database.pool.query(
    `select e.account_key, occurred_at, input_tokens, output_tokens, reasoning_tokens, m.name as model, marks, outcome,
       capability, access_path, array_length(e.traits, 1) as traits, a.account_id, a.created_at
     from exchange e join model m using (model_id) join account a using (account_key) order by occurred_at`,
  );
  const account_key = String(fingerprinter.accountKey('acct_1'));
  const common = { account_key, model: 'halcyon-4', account_id: 'acct_1', created_at: null, output_tokens: null };
  expect(rows).toEqual([
    {
      ...common,
      occurred_at: new Date('2026-03-10T01:30:00.250Z'),
      input_tokens: 10,
      reasoning_tokens: 2_147_483_647,
      marks: MARKS.elicits_reasoning | MARKS.replays_reasoning,
      outcome: 3,
      capability: 3,
      access_path: 3,
      traits: 3,
    },
    {
      ...common,
      occurred_at: new Date('2026-03-10T10:00:00Z'),
      input_tokens: null,
      reasoning_tokens: null,
      marks: 0,
      outcome: 0,
      capability: 0,
      access_path: 0,
      traits: null,
    },
  ]);
});

test('every bad line is told with its reason, and the rest of the file goes on', async () => {
  const deep = (levels: number) => `${'[1,'.repeat(levels)}1${']'.repeat(levels)}`;
  const good = exchangeLine('good');
  const bad: [string | Buffer, string][] = [
    [Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'not UTF-8'],
    ['{"id": ', 'not JSON'],
    ['<html>', 'not JSON'],
    ['{"id":NaN}', 'not JSON'],
    ['[1]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    [good.replace('good', 'a\0b'), 'holds a NUL character'],
    [good.replace('good', 'a\\u0000b'), 'holds a NUL character'],
    [exchangeLine('a', { prompt: '\ud800' }), 'holds half a surrogate pair'],
    [exchangeLine('a', { labels: ['\udfff'] }), 'holds half a surrogate pair'],
    [good.replace('}', `,"x":${deep(40)}}`), 'nested deeper than 32 levels'],
    [good.replace('}', `,"x":${deep(100_000)}}`), 'nested deeper than 32 levels'],
    ['{}', 'id: expected string; occurred_at: expected string; account_id: expected string; model: expected string'],
    [exchangeLine(''), 'id: less than 1'],
    [exchangeLine('x'.repeat(129)), 'id: more than 128'],
    [exchangeLine('a', { input_tokens: -1 }), 'input_tokens: less than 0'],
    [exchangeLine('a', { input_tokens: 1.5 }), 'input_tokens: expected int'],
    [exchangeLine('a', { labels: Array.from({ length: 65 }, () => 'x') }), 'labels: more than 64'],
    [good.replace('}', ',"outcome":"lost"}'), 'outcome: expected one of completed, refused, error, rate_limited'],
    [exchangeLine('a', { occurred_at: '10 March' }), 'occurred_at: wrong form'],
    [exchangeLine('a', { occurred_at: '2026-13-40T00:00:00Z' }), 'occurred_at: not a time'],
    [exchangeLine('a', { occurred_at: '1970-01-01T00:00:00Z' }), 'time before 2020-01-01'],
    [exchangeLine('a', { occurred_at: '2099-01-01T00:00:00Z' }), 'time more than a day in the future'],
    [exchangeLine('a', { prompt: 'x'.repeat(1024 * 1024) }), 'line longer than 1048576 bytes'],
  ];
  const lines = bad.flatMap(([line], at) => [line, exchangeLine(`good ${at}`)]);
  expect(await load(lines, 7)).toEqual({ accepted: bad.length, duplicates: 0, quarantined: bad.length });
  const { rows } = await database.pool.query('select line_number, reason, line_bytes from quarantine order by 1');
  expect(rows).toEqual(
    bad.map(([line, reason], at) => ({
      line_number: String(2 * at + 1),
      reason,
      line_bytes: String(Buffer.byteLength(line)),
    })),
  );
});

test('what the schema allows at its edges is taken', async () => {
  const lines = [
    exchangeLine('x'.repeat(128)),
    exchangeLine('next day', { occurred_at: new Date(NOW + 24 * 3_600_000).toISOString() }),
    exchangeLine('oldest', { occurred_at: '2020-01-01T00:00:00Z' }),
    exchangeLine('pair', { prompt: '😀' }).replace('😀', '\\ud83d\\ude00'),
    exchangeLine('empty', { prompt: '', system_instructions: '', labels: [] }),
    `${exchangeLine('unknown').slice(0, -1)},"unknown":{"a":[{}]},"output_tokens":null}`,
  ];
  expect(await load(lines)).toEqual({ accepted: lines.length, duplicates: 0, quarantined: 0 });
});

test('closed batches tell the roll-ups what they span, and nothing where all was known', async () => {
  const lines = ['2026-03-08T01:00:00Z', '2026-03-10T02:00:00Z'].map((occurred_at, at) =>
    exchangeLine(`id ${at}`, { occurred_at }),
  );
  await load(lines);
  await load([...lines, 'bad']);
  const { rows } = await database.pool.query(
    'select source, accepted, duplicates, quarantined, earliest_at, latest_at, closed_at from ingest_batch order by batch_id',
  );
  const common = { source: 'test', closed_at: new Date(NOW) };
  expect(rows).toEqual([
    {
      ...common,
      accepted: 2,
      duplicates: 0,
      quarantined: 0,
      earliest_at: new Date('2026-03-08T01:00:00Z'),
      latest_at: new Date('2026-03-10T02:00:00Z'),
    },
    { ...common, accepted: 0, duplicates: 2, quarantined: 1, earliest_at: null, latest_at: null },
  ]);
});

test('no text of an exchange is kept anywhere, of good lines or bad', async () => {
  const secret = 'xylophone-marzipan';
  const lines = [
    exchangeLine('a', {
      prompt: `Tell me about ${secret} and other things, step by step`,
      system_instructions: secret,
    }),
    exchangeLine('b', { prompt: secret, occurred_at: secret }),
    `{"prompt":"${secret}"`,
    exchangeLine('c').replace('}', `,"${secret}":"${secret}","outcome":"${secret}"}`),
    exchangeLine('d', { client_address: `8.8.8.8`, user_agent: secret, tls_ja4: secret, conversation_id: secret }),
  ];
  expect(await load(lines)).toEqual({ accepted: 2, duplicates: 0, quarantined: 3 });
  const rows = await everyRow(database.pool);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => /xylophone|marzipan|8\.8\.8\./i.test(row))).toEqual([]);
});

test('a batch that fails leaves nothing, and what came before it stays', async () => {
  const { pool } = database;
  const loader = await createExchangeLoader({ pool, fingerprinter, clock: () => NOW, source: 'test', batchLines: 2 });
  const keep = async (id: string) => {
    const text = exchangeLine(id);
    for (const reading of loader.read({ number: 1, bytes: text.length, text })) await loader.keep(reading);
  };
  for (const id of ['a', 'b']) await keep(id);
  await loader.flush();
  await pool.query('alter table ingest_batch add constraint broken check (accepted = 0) not valid');
  try {
    for (const id of ['c', 'd']) await keep(id);
    await expect(loader.flush()).rejects.toThrow('broken');
    await loader.close();
  } finally {
    await pool.query('alter table ingest_batch drop constraint broken');
  }
  expect(await stored()).toBe(2);
  expect(await load(['a', 'b', 'c', 'd'].map((id) => exchangeLine(id)))).toMatchObject({ accepted: 2, duplicates: 2 });
});
