import { expect, it } from 'vitest';
import { Environment } from '../../src/config.ts';
import { generatedPart } from './generated-part.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** As a person would set it; all numbers that have a default are durations, or bytes where the form says so. */
function wordOf(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  const [unit, size] = UNITS.find(([, ms]) => value % ms === 0) ?? ['ms', 1];
  return `${value / size}${unit}`;
}

/** A default as code; nothing where there is none, or one of nothing. */
function valueText(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  if (typeof value !== 'object' || value === null) return `\`${wordOf(value)}\``;
  // Two numbers of accounts, or something for each severity.
  if ('soft' in value && 'hard' in value) return `\`${String(value.soft)}/${String(value.hard)}\``;
  const entries = Object.entries(value);
  if (entries.every(([, each]) => each === null)) return '';
  return `\`${entries.map(([name, each]) => `${name}=${wordOf(each)}`).join(' ')}\``;
}

/** Nothing that a variable with a form of its own takes. */
const WRONG = '!';

/** What Retort says of a value that it cannot read, as a description. */
function formOf(variable: (typeof Environment.shape)[keyof typeof Environment.shape]): string {
  const said = variable.safeParse(WRONG).error?.issues[0]?.message;
  if (said === undefined) return 'any text';
  return said
    .replace(/^must (be|look like) /, '')
    .replace(/^must start with /, 'starts with ')
    .replace(/^knows (.*), not !; write /, 'for each of $1: ');
}

const rows = Object.entries(Environment.shape).map(([name, variable]) => {
  const form = formOf(variable);
  const unset = variable.safeParse(undefined).data;
  const isSize = typeof unset === 'number' && form.includes('GB');
  return {
    name,
    unset: isSize ? `\`${unset / 1e9}GB\`` : valueText(unset),
    form,
    meaning: variable.description ?? '',
  };
});

it('a default is told as it would be set', () => {
  const unset = Object.fromEntries(rows.map((row) => [row.name, row.unset]));
  expect(unset).toMatchObject({
    RETORT_CAP_ACTION: '`1000/25000`',
    RETORT_ANSWER_WITHIN: '`critical=15m high=1h medium=8h low=none`',
    RETORT_RETENTION: '`14d`',
    RETORT_LEAST_DISK: '`2GB`',
    RETORT_ALERT_ROUTES: '',
    DATABASE_URL: '',
  });
  for (const [name, text] of Object.entries(unset)) {
    if (text === '') continue;
    // Set to what the table calls its default, a variable means the same as unset.
    const variable = Environment.shape[name as keyof typeof Environment.shape];
    expect([name, variable.parse(text.slice(1, -1))]).toEqual([name, variable.parse(undefined)]);
  }
});

it('the README’s table of configuration is the schema’s', () => {
  const text = [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...rows.map(({ name, unset, meaning }) => `| \`${name}\` | ${unset} | ${meaning} |`),
  ].join('\n');
  expect(generatedPart({ file: 'README.md', name: 'configuration', text })).toBe(text);
});

it('the table of docs/configuration.md is the schema’s, with the form of each value', () => {
  // The page stands in docs/ itself.
  const here = (meaning: string) => meaning.replaceAll('](docs/', '](');
  const text = [
    '| variable | default | form | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ name, unset, form, meaning }) => `| \`${name}\` | ${unset} | ${form} | ${here(meaning)} |`),
  ].join('\n');
  expect(generatedPart({ file: 'docs/configuration.md', name: 'configuration', text })).toBe(text);
});
