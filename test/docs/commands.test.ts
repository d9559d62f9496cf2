import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { VERBS } from '../../src/commands/registry.ts';
import { splitWords } from '../../src/commands/split-words.ts';
import { runRetort } from '../cli/run-retort.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { commandLinesOf, mentionsOf, shellLinesOf } from './command-lines.ts';
import { codeOf, exists, readDocuments, spansOf } from './documents.ts';

const documents = readDocuments();
const commandLines = documents.flatMap(commandLinesOf);

/** The program, whose commands do nothing but read what was typed. */
async function reading(words: string[]): Promise<string | undefined> {
  const program = createProgram();
  for (const command of withSubCommands(program)) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
    if (command !== program) command.action(() => {});
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return undefined;
  } catch (fault) {
    const { exitCode, message } = fault as { exitCode?: number; message: string };
    return exitCode === 0 ? undefined : message;
  }
}

function withSubCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubCommands)];
}

/** The command that the first words name, and what is left of them. */
function named(command: Command, [word, ...rest]: string[]): { command: Command; rest: string[] } {
  const found = command.commands.find((each) => each.name() === word);
  return found === undefined ? { command, rest: word === undefined ? [] : [word, ...rest] } : named(found, rest);
}

describe('command lines in the pages', () => {
  it('are seen at all', () => {
    const texts = commandLines.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        'npx retort simulate --scenario demo --out /tmp/world',
        'docker run --rm --env-file deploy/.env retort doctor',
        'npx retort dossier verify DIR',
      ]),
    );
    expect(commandLines.length).toBeGreaterThan(20);
  });

  it('are ones that the program reads', async () => {
    const refused: string[] = [];
    for (const { file, text, words } of commandLines) {
      const problem = await reading(words);
      if (problem !== undefined) refused.push(`${file}: ${text}: ${problem}`);
    }
    expect(refused).toEqual([]);
  });

  it('name commands and options that there are, where words are left out', () => {
    const program = createProgram();
    const wrong = documents.flatMap(mentionsOf).flatMap(({ file, text, words }) => {
      const { command, rest } = named(program, words);
      if (command === program) return [`${file}: ${text}`];
      const options = command.options.map(({ long }) => long);
      return rest
        .filter((word) => word.startsWith('--') && word !== '--help' && !options.includes(word))
        .map((word) => `${file}: ${text}: ${word}`);
    });
    expect(wrong).toEqual([]);
  });

  it('name files of the checkout that there are', () => {
    const missing = documents.flatMap((document) =>
      shellLinesOf(document)
        .flatMap((line) => line.match(/(?<![\w/.-])(?:deploy|docs|src|test|bench)\/[\w./-]+/g) ?? [])
        // Made by the reader, in the line before.
        .filter((file) => file !== 'deploy/.env' && !exists(file))
        .map((file) => `${document.file}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('would be refused where they are wrong', async () => {
    expect(await reading(['indicators', 'remove', 'lab'])).toMatch(/required option '--reason/);
    expect(await reading(['doctor', '--posst'])).toMatch(/unknown option/);
    expect(await reading(['detekt'])).toMatch(/unknown command/);
    expect(await reading(['demo', '--port', 'x'])).toMatch(/must be a port/);
  });
});

/** What a person would put in the place of a placeholder. */
const PLACEHOLDERS: Record<string, string> = {
  campaign: 'C-12',
  'into campaign': 'C-13',
  account: 'acct_1',
  duration: '4h',
  reason: 'because of this',
  text: 'a note',
  '@person or me': 'me',
  'accounts or organisations, with commas': 'acct_1,org_4',
};

/** `/campaign` lines of a page: in sentences, in blocks, and in the first column of tables of that name. */
function verbLinesOf(document: (typeof documents)[number]): string[] {
  // What comes after a gap says what a line is for.
  const lines = codeOf(document).lines.map((line) => line.trim().replace(/ {2,}.*$/, ''));
  const spans = [...spansOf(document), ...lines].filter((span) => /^\/campaign [a-z]/.test(span));
  const tables = document.text.match(/^\| `\/campaign …` \|(?:.*\n)+?(?=\n)/gm) ?? [];
  const rows = tables.flatMap((table) => [...table.matchAll(/^\| `([a-z][^`]*)` \|/gm)].map(([, row = '']) => row));
  return [...spans.map((span) => span.slice('/campaign '.length)), ...rows];
}

/** What is wrong with a line; nothing where it can be typed, or only names a verb or what a verb does. */
function verbProblem(line: string): string | undefined {
  const typed = line
    .replaceAll(/ ?\[[^\]]*\]/g, '')
    .replaceAll(/<([^>]+)>/g, (_, name: string) => PLACEHOLDERS[name] ?? `no placeholder ${name}`)
    // As Slack sends a mention.
    .replaceAll(/@([a-z]+)/g, '<@U0JONAS|$1>');
  const [first = '', ...words] = splitWords(typed);
  if (/^c-?\d+$/i.test(first)) return undefined;
  const verb = VERBS.find(({ name }) => name === first);
  if (verb === undefined) return `there is no verb ${first}`;
  const isAction = verb.actions?.some(({ usage }) => usage.split(' ')[1] === words[0]) === true;
  if (words.length === (isAction ? 1 : 0)) return undefined;
  const prepared = verb.prepare(words);
  return prepared.ok ? undefined : prepared.problem;
}

describe('/campaign lines in the pages', () => {
  const lines = documents.flatMap((document) => verbLinesOf(document).map((line) => ({ file: document.file, line })));

  it('are seen at all', () => {
    expect(lines.map(({ line }) => line)).toEqual(
      expect.arrayContaining([
        'escalate <campaign> [pagerduty, webhook or legal] <reason>',
        'assign C-12 @jonas',
        'undo C-12 acct_17 acct_23',
      ]),
    );
    expect(lines.length).toBeGreaterThan(60);
  });

  it('are ones that the verbs read', () => {
    const wrong = lines.flatMap(({ file, line }) => {
      const problem = verbProblem(line);
      return problem === undefined ? [] : [`${file}: ${line}: ${problem}`];
    });
    expect(wrong).toEqual([]);
  });

  it('would be refused where they are wrong', () => {
    expect(verbProblem('snooze C-12 soon because')).toBeDefined();
    expect(verbProblem('dismiss C-12')).toBeDefined();
    expect(verbProblem('detections stop no-night')).toBeDefined();
    expect(verbProblem('forget C-12')).toBe('there is no verb forget');
  });
});

describe('commands that cost nothing are run', { timeout: 60_000 }, () => {
  const cheap = new Map(
    commandLines
      .filter(({ words }) => words[0] === 'manifest' || words.includes('--list') || words.includes('--help'))
      .map(({ words }) => [words.join(' '), words]),
  );

  it('are seen at all', () => {
    expect([...cheap.keys()]).toEqual(expect.arrayContaining(['simulate --list', 'manifest']));
  });

  it.each([...cheap])('retort %s', async (_, words) => {
    expect(await runRetort(words)).toMatchObject({ status: 0, err: '' });
  });

  it('retort doctor says what to mend, in the words of docs/slack-setup.md', async () => {
    const environment = { RETORT_DATA_DIR: path.join(await temporaryDirectory(), 'data'), SLACK_BOT_TOKEN: 'xapp-1' };
    const { status, out } = await runRetort(['doctor'], environment);
    expect(status).toBe(1);
    expect(out).toMatch(/^MEND {2}configuration: SLACK_BOT_TOKEN: must start with xoxb-/m);
  });
});
