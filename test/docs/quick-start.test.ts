import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRetort } from '../cli/run-retort.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { commandLinesOf } from './command-lines.ts';
import { readDocuments } from './documents.ts';

const commandLines = readDocuments().flatMap(commandLinesOf);

describe('what a newcomer types', { timeout: 120_000 }, () => {
  /** Runs the lines of a page that name a file of this world, or nothing but the command, in a folder of its own. */
  async function typed(page: string, world: string, commands: string[]): Promise<string[]> {
    const folder = await temporaryDirectory();
    const lines = commandLines.filter(
      ({ file, words: [command = '', ...rest], text }) =>
        file === page &&
        commands.includes(command) &&
        (text.includes(world) || rest.every((word) => /^C-1$/.test(word))),
    );
    expect(lines.map(({ words }) => words[0])).toEqual(commands);
    const told: string[] = [];
    for (const { words } of lines) {
      const here = words.map((word) => (word.startsWith(world) ? path.join(folder, word.slice(world.length)) : word));
      const { status, out } = await runRetort(here, { RETORT_DATA_DIR: path.join(folder, 'data') });
      expect([here[0], status]).toEqual([here[0], 0]);
      told.push(out);
    }
    return told;
  }

  it('from the README finds the campaign that was hidden', async () => {
    const [, replay] = await typed('README.md', '/tmp/world', ['simulate', 'replay']);
    expect(replay).toMatch(/^C-1 +extraction/m);
  });

  it('from the quick start finds it, too', async () => {
    const commands = ['simulate', 'ingest', 'detect', 'campaigns', 'campaigns'];
    const [, , detect, campaigns, one] = await typed('docs/quick-start.md', 'world', commands);
    expect(detect).toMatch(/^C-1: \d+ accounts, first$/m);
    expect(campaigns).toMatch(/^C-1 +extraction/m);
    expect(one).toMatch(/prompt templates dealt evenly/);
  });
});
