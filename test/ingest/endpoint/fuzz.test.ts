import { afterAll, beforeAll, expect, it } from 'vitest';
import { adapters } from '../../../src/ingest/adapters/registry.ts';
import { Random } from '../../../src/simulation/random.ts';
import { createTestDatabase, type TestDatabase } from '../../database.ts';
import { everyRow } from '../loading.ts';
import { fuzzBatch, PLANTED } from './fuzz.ts';
import { endpointRoom } from './room.ts';

// `npm run fuzz:ingest` does the same at any length.

const BATCHES = 10;
const LINES = 300;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('counts every line of a flood of odd ones, in each format, and keeps no text of them', {
  timeout: 120_000,
}, async () => {
  const faults: unknown[] = [];
  const note = (fields: unknown) => void faults.push(fields);
  const log = { debug() {}, info() {}, warn: note, error: note };
  const { send } = await endpointRoom(database.pool, { log });
  const random = new Random('fuzz 1');
  let accepted = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const { body, lines } = fuzzBatch(random, LINES);
    for (const { name } of adapters) {
      const answer = await send(`/v1/exchanges?format=${name}`, new Uint8Array(body));
      expect(answer.status).toBe(200);
      const told = answer.body as { accepted: number; duplicates: number; quarantined: number };
      accepted += told.accepted;
      // Of other formats a line may hold many exchanges, or none.
      const counted = told.accepted + told.duplicates + told.quarantined;
      expect(name === 'native' ? counted : lines).toBe(lines);
    }
  }
  expect(accepted).toBeGreaterThan(BATCHES * 20);
  expect(faults).toEqual([]);
  const rows = await everyRow(database.pool);
  expect(rows.length).toBeGreaterThan(BATCHES * LINES);
  // As an account's or a model's name it may be kept: those are stored as they are given.
  const { rows: named } = await database.pool.query<{ row: string }>(
    'select a::text as row from account a union all select m::text from model m',
  );
  const names = new Set(named.map(({ row }) => row));
  expect(rows.filter((row) => row.includes(PLANTED) && !names.has(row))).toEqual([]);
});
