import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attribution } from '../../src/evidence/attribution.ts';
import type { DossierOrder } from '../../src/evidence/make-dossier.ts';
import { techniquesOf } from '../../src/evidence/sharing/atlas.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { campaignInDatabase, dossierOf, HOSTILE } from './dossier-room.ts';
import { MispFile, StixBundle } from './stix-schema.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  await campaignInDatabase(pool);
});
afterAll(() => database.drop());

const STATED: Attribution = {
  statement: 'The accounts were run for Example Lab\u{202e}.',
  likelihood: 'unlikely',
  likelihood_percent: [20, 45],
  standard: 'ICD 203',
  confidence: 'low',
  stated_by: 'Mara',
  stated_at: '2026-03-14T10:00:00Z',
  evidence: ['a rumour'],
  alternatives: [],
};

async function bundleOf(order: Partial<DossierOrder> = {}) {
  return StixBundle.parse(JSON.parse((await dossierOf(pool, order)).files.get('stix.json') ?? ''));
}

describe('the STIX bundle', () => {
  it('is of the specification’s form, with nothing referred to that is not in it', async () => {
    const { objects } = await bundleOf();
    const ids = objects.map((object) => object.id);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = JSON.stringify(objects).match(/[a-z-]+--[0-9a-f-]{36}/g) ?? [];
    expect([...new Set(referred)].filter((id) => !ids.includes(id))).toEqual([]);
    const count = (type: string) => objects.filter((object) => object.type === type).length;
    const types = ['campaign', 'indicator', 'observed-data', 'grouping', 'note', 'user-account', 'retort-trait'];
    expect(types.map(count)).toEqual([1, 8, 1, 1, 2, 24, 8]);
    expect(JSON.stringify(objects)).not.toContain('threat-actor');
  });

  it('names ATLAS’s technique, and none of extraction for resold access', async () => {
    const patterns = (await bundleOf()).objects.filter((object) => object.type === 'attack-pattern');
    expect(patterns.flatMap((pattern) => pattern.external_references ?? [])).toContainEqual({
      source_name: 'mitre-atlas',
      external_id: 'AML.T0024.002',
      url: 'https://atlas.mitre.org/techniques/AML.T0024.002',
    });
    expect(techniquesOf('resale').map(({ id }) => id)).toEqual(['AML.T0040']);
  });

  it('holds a person’s attribution as a note of theirs alone', async () => {
    const { objects } = await bundleOf({ attribution: STATED });
    const [note] = objects.filter((object) => object.type === 'note' && object.authors !== undefined);
    expect(note).toMatchObject({
      authors: ['Mara'],
      content: expect.stringMatching(/Example Lab\\u\{202e\}.*unlikely, 20–45 %, ICD 203; confidence low.*a rumour/),
    });
    expect(objects.filter((object) => object.type === ('threat-actor' as string))).toEqual([]);
  });

  it.each(['clear', 'green', 'amber', 'red'] as const)('bears the mark TLP:%s on all that is told', async (tlp) => {
    const { objects } = await bundleOf({ tlp });
    const [marking] = objects.filter((object) => object.type === 'marking-definition');
    expect(marking?.definition.tlp).toBe(tlp === 'clear' ? 'white' : tlp);
    const told = objects.filter((object) => 'created_by_ref' in object && object.type !== 'extension-definition');
    expect(told.length).toBeGreaterThan(20);
    for (const object of told) expect(object).toMatchObject({ object_marking_refs: [marking?.id] });
  });

  it('takes hostile names as they are, where it names accounts', async () => {
    const { objects } = await bundleOf({ identified: true });
    const users = objects.flatMap((object) => (object.type === 'user-account' ? object.user_id : []));
    expect(users).toEqual(expect.arrayContaining([HOSTILE.pattern, HOSTILE.formula, 'acct_\\u{202e}gnp.exe']));
  });
});

describe('the MISP event', () => {
  it('is of MISP’s form, unpublished, with the traits and where they can be compared', async () => {
    const { Event } = MispFile.parse(JSON.parse((await dossierOf(pool)).files.get('misp.json') ?? ''));
    expect(Event).toMatchObject({
      published: false,
      analysis: '2',
      threat_level_id: '2',
      Tag: [{ name: 'tlp:amber' }],
    });
    const traits = Event.Attribute.filter(({ type }) => type === 'other');
    expect(traits).toHaveLength(8);
    expect(traits[0]).toMatchObject({
      value: expect.stringMatching(/^retort-trait:[0-9a-f]{16}$/),
      comment: expect.stringMatching(/keyed hash under key [0-9a-f]{16}/),
    });
    expect(new Set(Event.Attribute.map(({ uuid }) => uuid)).size).toBe(Event.Attribute.length);
  });

  it('holds what a person stated as theirs', async () => {
    const { files } = await dossierOf(pool, { attribution: STATED });
    const { Event } = MispFile.parse(JSON.parse(files.get('misp.json') ?? ''));
    expect(Event.Attribute.filter(({ category }) => category === 'Attribution')).toMatchObject([
      { comment: 'unlikely (ICD 203), stated by Mara' },
    ]);
  });
});
