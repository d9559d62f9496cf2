import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommanderError } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulateCommand } from '../../src/cli/simulate.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retort-simulate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...words: string[]): Promise<{ status: number; errors: string }> {
  let errors = '';
  const command = simulateCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (errors += text) });
  try {
    await command.parseAsync(words, { from: 'user' });
    return { status: 0, errors };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { status: error.exitCode, errors };
  }
}

const lineCount = (text: string) => text.split('\n').length - 1;

describe('retort simulate', () => {
  it('writes four files that agree with each other', async () => {
    const out = join(folder, 'deep', 'world');
    expect((await run('--scenario', 'demo', '--seed', '5', '--days', '2', '--out', out)).status).toBe(0);
    const text = (name: string) => readFile(join(out, name), 'utf8');
    const truth = JSON.parse(await text('truth.json'));
    expect(truth).toMatchObject({ scenario: 'demo', seed: '5', scale: 1, must_not_alert: false });
    expect(lineCount(await text('accounts.ndjson'))).toBe(truth.accounts);
    expect(lineCount(await text('exchanges.ndjson'))).toBe(truth.exchanges + truth.duplicates + truth.malformed);
    expect(lineCount(await text('releases.ndjson'))).toBe(4);
  });

  it('compresses, and starts when it is told', async () => {
    const words = ['--scenario', 'demo', '--days', '1', '--start', '2026-04-02T10:00:00Z', '--out', folder];
    expect((await run(...words, '--gzip')).status).toBe(0);
    await run(...words);
    const packed = gunzipSync(await readFile(join(folder, 'exchanges.ndjson.gz'))).toString();
    expect(packed).toBe(await readFile(join(folder, 'exchanges.ndjson'), 'utf8'));
    expect(packed).toContain('"occurred_at":"2026-04-02T00:0');
  });

  it('names the nearest scenario and all others where there is none of the name', async () => {
    const { status, errors } = await run('--scenario', 'leter', '--out', folder);
    expect(status).toBe(2);
    expect(errors).toContain("did you mean 'letter'?");
    expect(errors).toContain('signature-replay');
  });

  it('asks for what is missing', async () => {
    expect(await run('--out', folder)).toMatchObject({ status: 2, errors: expect.stringContaining('--scenario') });
    expect(await run('--scenario', 'demo')).toMatchObject({ status: 2, errors: expect.stringContaining('--out') });
  });

  it.each(['/proc/world', 'file/world'])('fails where it cannot write: %s', async (path) => {
    await writeFile(join(folder, 'file'), '');
    const out = path.startsWith('/') ? path : join(folder, path);
    const { status, errors } = await run('--scenario', 'demo', '--days', '1', '--out', out);
    expect(status).toBe(1);
    expect(errors).toContain(`cannot write to ${out}`);
  });
});
