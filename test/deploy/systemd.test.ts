import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { deployed, ROOT, unknownVariables } from './deployed.ts';

const unit = deployed('retort.service');
const analyze = '/usr/bin/systemd-analyze';

/** Every value of a setting, in order. */
const values = (setting: string) =>
  [...unit.matchAll(new RegExp(`^${setting}=(.*)$`, 'gm'))].map(([, value = '']) => value);

describe('retort.service', () => {
  it('starts the program where npm installs it', () => {
    const { bin } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { bin: { retort: string } };
    const [node, main, command, ...rest] = values('ExecStart')[0]?.split(' ') ?? [];
    expect([node, main, rest]).toEqual(['/usr/bin/node', `/opt/retort/node_modules/retort/${bin.retort}`, []]);
    expect(createProgram().commands.map((each) => each.name())).toContain(command);
  });

  it('keeps its data in a directory of its own, and knows its variables', () => {
    const variables = values('Environment')
      .flatMap((line) => line.split(' '))
      .map((pair) => pair.split('='));
    const set = Object.fromEntries(variables as [string, string][]);
    expect(unknownVariables(Object.keys(set))).toEqual(['NODE_ENV']);
    expect(set['RETORT_DATA_DIR']).toBe(`/var/lib/${values('StateDirectory')[0]}`);
  });

  it('tries again, unless the configuration is wrong, and lets Retort end in order', () => {
    expect([values('Restart'), values('RestartPreventExitStatus')]).toEqual([['always'], ['2']]);
    expect([values('KillMode'), Number(values('TimeoutStopSec')[0])]).toEqual([['mixed'], 15]);
  });

  // Where systemd is not installed nothing can be asked of it: skipped, and counted as such.
  it.skipIf(!existsSync(analyze))('is a unit that systemd takes, and locks up well', async () => {
    const folder = await temporaryDirectory();
    const file = path.join(folder, 'retort.service');
    // Where this machine has it.
    await writeFile(file, unit.replace('/usr/bin/node', process.execPath));
    const ask = (...words: string[]) => execFileSync(analyze, [...words, file], { encoding: 'utf8', stdio: 'pipe' });
    expect(ask('verify')).toBe('');
    // Fails above 2.0 of 10; 9.6 is a unit without any of it.
    expect(ask('security', '--offline=true', '--threshold=20')).toMatch(/exposure level for retort.service: [01]\.\d/);
  });
});
