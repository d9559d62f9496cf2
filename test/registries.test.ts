import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../src/commands/registry.ts';
import { adapters } from '../src/ingest/adapters/registry.ts';
import { LookAlikes } from '../src/simulation/lookalikes/all.ts';

/** Names of the files in a folder that define one of these, in order. */
function definedIn(folder: string, definition: RegExp): string[] {
  const directory = path.resolve(import.meta.dirname, '..', folder);
  const files = readdirSync(directory).filter((file) => file.endsWith('.ts'));
  return files
    .filter((file) => definition.test(readFileSync(path.join(directory, file), 'utf8')))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
}

// Detections have a test of their own: test/detections/registry.test.ts.
describe('registries hold every file of their folder, under its name', () => {
  it.each([
    ['src/commands', /^export const \w+ = defineVerb(Group)?\(/m, VERBS.map(({ name }) => name)],
    ['src/ingest/adapters', /^export const \w+: Adapter = /m, adapters.map(({ name }) => name)],
    ['src/simulation/lookalikes', /^export const \w+: LookAlike = /m, LookAlikes.map(({ name }) => name)],
  ])('%s', (folder, definition, registered) => {
    expect(registered.toSorted()).toEqual(definedIn(folder, definition));
    expect(registered.length).toBeGreaterThan(0);
  });
});
