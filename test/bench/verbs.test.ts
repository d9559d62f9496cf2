import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { askBot } from '../../bench/verbs/ask-bot.ts';
import { fillDatabase } from '../../bench/verbs/fill-database.ts';
import { questionsOf } from '../../bench/verbs/questions.ts';
import { verbTable } from '../../bench/verbs/verb-table.ts';
import { VERBS } from '../../src/commands/registry.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { program } from '../programs.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('asks of every verb, and of everything that a verb does', () => {
  const asked = questionsOf(0).map(({ text }) => text);
  const wanted = VERBS.flatMap(({ name, actions = [] }) => [
    name,
    ...actions.map(({ usage }) => usage.split(' ').slice(0, 2).join(' ')),
  ]);
  const isAsked = (words: string) => asked.some((text) => `${text} `.startsWith(`${words} `));
  // Without a word they are the first of their actions.
  expect(wanted.filter((words) => !isAsked(words))).toEqual(['detections list', 'allow list']);
});

it('gets what it asks for, of a small database', async () => {
  await fillDatabase(database.pool, { accounts: 2_000, days: 3, now: Date.now() }, () => {});
  const main = program('src/main.ts');
  const { measured } = await askBot(database, { rounds: 1, main });
  const rows = verbTable(measured).split('\n').slice(2);
  expect(rows).toHaveLength(new Set(questionsOf(0).map(({ text }) => text)).size);
  expect(rows[0]).toMatch(/^\| `help` \| 1 \| \d+ \| \d+ \| \d+ \| (yes|no) \|/);
}, 240_000);

it('asks beside a look what it does not change', async () => {
  const looked = await createTestDatabase();
  onTestFinished(() => looked.drop());
  await fillDatabase(looked.pool, { accounts: 2_000, days: 3, now: Date.now() }, () => {});
  const main = program('src/main.ts');
  const beside = await askBot(looked, { rounds: 1, besideLook: true, main });
  expect(beside.look).toMatch(/^(running|done) after \d+ s/);
  expect(beside.measured.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['status', 'show C-1', 'why C-1']));
  expect(beside.measured.map(({ verb }) => verb)).not.toContain('ban C-1');
}, 240_000);
