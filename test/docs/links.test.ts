import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';
import { program } from '../programs.ts';
import { anchorsOf, codeOf, exists, linksOf, readDocuments, ROOT } from './documents.ts';

const documents = readDocuments();
const readme = documents.find(({ file }) => file === 'README.md')?.text ?? '';

/** What each page says, one entry a finding: `file: what`. */
function findings(look: (document: (typeof documents)[number]) => string[]): string[] {
  return documents.flatMap((document) => look(document).map((what) => `${document.file}: ${what}`));
}

/** A path of the checkout, as opposed to one that only its own page's folder knows. */
const PATH = /^(?:src|test|docs|sandbox|bench|deploy|\.ci)\/[\w./-]+$/;

const commands = [
  ...execFileSync(process.execPath, [program('src/main.ts'), '--help'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).matchAll(/^ {2}([a-z]+)\b/gm),
].map(([, name = '']) => name);
const scripts = Object.keys(
  (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
);

/** Words that follow a program's name wherever a page writes it as code. */
function wordsAfter(name: RegExp, document: (typeof documents)[number]): string[] {
  const { spans, lines } = codeOf(document);
  return [...spans, ...lines].flatMap((code) => [...code.matchAll(name)].map(([, word = '']) => word));
}

describe('the pages', () => {
  it('are seen at all, and so is the program', () => {
    expect(documents.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'src/commands/README.md']),
    );
    expect(commands).toEqual(expect.arrayContaining(['start', 'demo', 'replay']));
  });

  it('link to what exists', () => {
    const broken = findings((document) =>
      linksOf(document).filter((link) => {
        const [target = '', anchor] = link.split('#');
        const file = target === '' ? document.file : path.posix.join(path.posix.dirname(document.file), target);
        if (!exists(file)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(path.join(ROOT, file), 'utf8')).includes(anchor);
      }),
    );
    expect(broken).toEqual([]);
  });

  it('name paths that exist', () => {
    const missing = findings((document) => codeOf(document).spans.filter((code) => PATH.test(code) && !exists(code)));
    expect(missing).toEqual([]);
  });

  it('name npm scripts that exist', () => {
    const unknown = findings((document) =>
      wordsAfter(/\bnpm run ([\w:-]+)/g, document).filter((script) => !scripts.includes(script)),
    );
    expect(unknown).toEqual([]);
  });

  it('name commands of the program that exist', () => {
    const unknown = findings((document) =>
      wordsAfter(/(?:^|npx )retort ([a-z]+)/g, document).filter((command) => !commands.includes(command)),
    );
    expect(unknown).toEqual([]);
  });

  it('name verbs that exist', () => {
    const names = VERBS.map((verb) => verb.name);
    const unknown = findings((document) =>
      wordsAfter(/\/campaign ([a-z]+)\b/g, document).filter((verb) => !names.includes(verb)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the README', () => {
  it('tells of every command', () => {
    const named = wordsAfter(/^retort ([a-z]+)/g, { file: 'README.md', text: readme });
    expect(commands.filter((command) => command !== 'help' && !named.includes(command))).toEqual([]);
  });

  it('tells of every verb, as help does', () => {
    for (const { usage, summary } of VERBS) expect(readme).toContain(`| \`${usage}\` | ${summary} |`);
  });
});

describe('the index of the documentation', () => {
  it('names every page of docs, and the first of each folder', () => {
    const index = documents.find(({ file }) => file === 'docs/README.md');
    const pages = documents.filter(({ file }) =>
      /^docs\/(?!README)[^/]+\.md$|^docs\/decisions\/README\.md$/.test(file),
    );
    expect(pages.length).toBeGreaterThan(12);
    const listed = index === undefined ? [] : linksOf(index);
    expect(pages.filter(({ file }) => !listed.includes(file.slice('docs/'.length))).map(({ file }) => file)).toEqual(
      [],
    );
  });
});

describe('the index of decisions', () => {
  it('has a line for every decision', () => {
    const index = documents.find(({ file }) => file === 'docs/decisions/README.md')?.text ?? '';
    const decisions = documents.filter(({ file }) => /^docs\/decisions\/\d/.test(file));
    expect(decisions.length).toBeGreaterThan(5);
    const unlisted = decisions.filter(({ file }) => !index.includes(`](${path.basename(file)})`));
    expect(unlisted.map(({ file }) => file)).toEqual([]);
  });
});
