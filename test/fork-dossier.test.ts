import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOwnDetections } from '../src/detections/own-detections.ts';
import { DETECTIONS } from '../src/detections/registry.ts';
import { makePackage } from '../src/dossier-package.ts';
import { forkDossier, type ForkDossierOptions } from '../src/fork-dossier.ts';
import { silentLog } from '../src/log.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { dealtAccount, live, look, peopledWorld } from './jobs/campaign-world.ts';
import { program } from './programs.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const fingerprintKey = 'a key for tests only, thirty-two characters';
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const world = peopledWorld('dossier');
  world.pool(24, (index) => dealtAccount(world, index));
  await live(database.pool, world);
  await look(database.pool);
});
afterAll(() => database.drop());

const open = (change: Partial<ForkDossierOptions> = {}) =>
  forkDossier({
    databaseUrl: database.url,
    detectionsDir: undefined,
    logLevel: 'silent',
    fingerprintKey,
    signal: new AbortController().signal,
    program: program('src/dossier-process.ts'),
    ...change,
  });

it('makes, byte by byte, what this process would', async () => {
  const own = createOwnDetections(undefined, silentLog);
  const near = await makePackage({ pool: database.pool, detections: DETECTIONS, own, fingerprintKey }, 1);
  const far = await open()(1);
  if (!near.ok || !far.ok) throw new Error('there is no dossier');
  expect(Buffer.from(far.zip).equals(near.zip)).toBe(true);
  expect({ ...far, zip: null }).toEqual({ ...near, zip: null });
  expect(far.zip.byteLength).toBeGreaterThan(1_000);
});

it('says why there is none', async () => {
  expect(await open()(99)).toEqual({ ok: false, says: expect.stringContaining('no campaign C-99') });
  await expect(open({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })(1)).rejects.toThrow('ECONNREFUSED');
});

it('tells who waits where its process cannot be started, or the program ends', async () => {
  const nowhere = path.join(await temporaryDirectory(), 'nothing.js');
  await expect(open({ program: nowhere })(1)).rejects.toThrow('the process that made the dossier ended (status 1)');
  const ending = new AbortController();
  const lost = open({ signal: ending.signal })(1);
  ending.abort();
  await expect(lost).rejects.toThrow('the program ended before the dossier was made');
});
