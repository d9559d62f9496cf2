import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/campaigns/campaign.ts';
import type { Hit } from '../../src/campaigns/hit.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { runDetection } from '../../src/detections/run-detection.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../src/detections');
const WINDOW = { end: Date.parse('2026-03-12T23:00:00Z') };

it('holds every detection of the folder, each under its file’s name', () => {
  const defined = readdirSync(FOLDER)
    .filter((file) => /export const \w+ = defineDetection\(/.test(readFileSync(path.join(FOLDER, file), 'utf8')))
    .map((file) => file.replace(/\.ts$/, ''));
  expect(DETECTIONS.map((detection) => detection.id).toSorted()).toEqual(defined.toSorted());
});

it('gives each a test file of its own', () => {
  const tested = readdirSync(import.meta.dirname);
  expect(DETECTIONS.filter(({ id }) => !tested.includes(`${id}.test.ts`)).map(({ id }) => id)).toEqual([]);
});

describe.each(DETECTIONS.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is described in words', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(FAMILIES).toContain(detection.family);
    const { title, looksFor, runbook, benignCauses, knownGaps } = detection;
    for (const text of [title, looksFor, runbook, ...benignCauses, ...knownGaps]) {
      expect(text.trim().length).toBeGreaterThan(4);
    }
    expect(benignCauses).not.toEqual([]);
    expect(knownGaps).not.toEqual([]);
  });

  it('gives every parameter a default and says what it trades', () => {
    const defaults = detection.params.parse({});
    expect(Object.keys(defaults).toSorted()).toEqual(Object.keys(detection.params.shape).toSorted());
    for (const [name, schema] of Object.entries(detection.params.shape)) {
      expect((schema as { description?: string }).description ?? `${name} is not described`).toMatch(/\w \w/);
      expect(name).not.toMatch(/ is not described$/);
    }
  });

  it('refuses parameters of the wrong kind', () => {
    const [name] = Object.keys(detection.params.shape);
    expect(() => detection.build({ [name ?? '']: 'many' }, WINDOW)).toThrow(/many|number/);
  });

  it('returns exactly the columns of its row, and finds nothing in an empty database', async () => {
    const { rows, fields } = await database.pool.query(detection.build({}, WINDOW));
    expect(fields.map((field) => field.name).toSorted()).toEqual(Object.keys(detection.row.shape).toSorted());
    expect(detection.interpret(rows, {})).toEqual([]);
    expect(await runDetection(database.pool, detection, WINDOW, { timeoutMs: 30_000 })).toEqual([]);
  });

  it('explains itself in a plain sentence, of one hit and of several', () => {
    const hit = (trait: string): Hit => ({
      detection: id,
      family: detection.family,
      role: detection.role,
      trait,
      accounts: ['1', '2', '3'],
      weight: 3,
      evidence: { networks: 4, owners: 3, minRatio: 2.5, maxGapHours: 4, windowDays: 3, uses: 40 },
    });
    for (const hits of [[hit('young')], [hit('young'), hit('throw-away')]]) {
      const text = detection.explain(hits, 3, 5);
      expect(text).toMatch(/\b3 of 5 accounts\b/);
      // Neither markup nor a value that nobody gave.
      expect(text).not.toMatch(/[<>*_`~\n]|undefined|NaN|\[object/);
    }
  });
});
