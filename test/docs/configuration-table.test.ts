import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Environment } from '../../src/config.ts';

const README = path.resolve(import.meta.dirname, '../../README.md');
const BEGIN = '<!-- configuration: made by test/docs/configuration-table.test.ts, do not edit -->\n';
const END = '<!-- end of configuration -->';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** As a person would set it; all numbers that have a default are durations. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return `\`${value}\``;
  if (typeof value !== 'number') return '';
  const [unit, size] = UNITS.find(([, ms]) => value % ms === 0) ?? ['ms', 1];
  return `\`${value / size}${unit}\``;
}

function table(): string {
  const rows = Object.entries(Environment.shape).map(([name, variable]) => {
    const unset = variable.safeParse(undefined);
    return `| \`${name}\` | ${valueText(unset.data)} | ${variable.description ?? ''} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** `RETORT_WRITE_GOLDEN=1` writes the table into the README first, for a person to read the change. */
it('the README’s table of configuration is the schema’s', async () => {
  const text = await readFile(README, 'utf8');
  const from = text.indexOf(BEGIN) + BEGIN.length;
  const to = text.indexOf(END);
  expect(text.indexOf(BEGIN)).toBeGreaterThan(0);
  expect(to).toBeGreaterThanOrEqual(from);
  if (process.env['RETORT_WRITE_GOLDEN'] === '1') {
    await writeFile(README, `${text.slice(0, from)}\n${table()}\n${text.slice(to)}`);
  }
  const now = await readFile(README, 'utf8');
  expect(now.slice(now.indexOf(BEGIN) + BEGIN.length, now.indexOf(END)).trim()).toBe(table().trim());
});
