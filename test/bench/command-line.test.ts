import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../programs.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

function run(script: string, ...args: string[]) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [program(script), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stderr, stdout };
}

describe('the benchmark’s command lines', () => {
  it.each([
    [['--scenario', 'lettre', '--out', 'x'], 'There is no scenario "lettre"'],
    [['--scenario', 'letter'], 'A scenario and a folder to write it to are needed'],
    [['--scenario', 'letter', '--out', 'x', '--days', 'two'], '--days must be a number above nought'],
    [['--scenario', 'letter', '--out', 'x', '--without', 'ja5'], '--without takes labels, ja4, payment, text'],
    [['--sead', '1'], "Unknown option '--sead'"],
  ])('refuse %j for a world', (args, reason) => {
    const { status, stderr } = run('bench/worlds/main.ts', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('usage:');
  });

  it.each([
    [['--only', 'lettre'], 'There is no scenario "lettre"'],
    [['--size', 'big'], '--size must be a number above nought'],
    [['--quick'], "Unknown option '--quick'"],
  ])('refuse %j for a measurement', (args, reason) => {
    const { status, stderr } = run('bench/detection.ts', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
  });

  it.each([
    [['--scale', '2'], '--scale must be a number above nought and at most 1'],
    [['--days', '3'], '--days must be a whole number of at least 8'],
    [['--only', 'ingest,speed'], '--only takes ingest, history, campaign, and not "speed"'],
  ])('refuse %j for the costs', (args, reason) => {
    const { status, stderr } = run('bench/run.ts', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
  });

  it.each([
    [['--minutes', '0'], '--minutes must be a number above nought'],
    [['--rate', '50000'], '--rate must be above nought and at most 20000'],
    [['--most-growth', 'none'], '--most-growth must be a number above nought'],
  ])('refuse %j for a soak', (args, reason) => {
    const { status, stderr } = run('bench/soak.ts', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('list the scenarios', () => {
    const { status, stdout } = run('bench/worlds/main.ts', '--list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^letter +26 a day/m);
  });
});
