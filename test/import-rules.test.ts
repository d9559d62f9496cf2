import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImports } from './read-imports.ts';
import { ROOMS } from './rooms.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Modules of the whole program that any room may import, and what every room may import of packages. */
const COMMON_FILES = ['src/log.ts', 'src/make-directory.ts', 'src/time-units.ts'];
const COMMON_PACKAGES = ['zod'];

/** Packages that only these files or folders may import at run time. */
const KEEPERS: Record<string, string[]> = {
  'node-cron': ['src/jobs/scheduler.ts'],
  pg: ['src/db/', 'src/replay/temporary-database.ts'],
  'node-pg-migrate': ['src/db/migrate.ts'],
  pino: ['src/log.ts'],
  'prom-client': ['src/health/metrics.ts'],
  commander: ['src/cli/'],
};

const files = ['src', 'sandbox']
  .flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`),
  )
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /\.tsx?$/.test(file))
  .toSorted();
const sources = files.map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
const imports = sources.flatMap(({ file, text }) =>
  readImports(text).map(({ specifier, typeOnly }) => ({ file, typeOnly, target: resolve(file, specifier) })),
);

/** A path within the checkout, or a package's name; node: stays as it is. */
function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function roomOf(file: string): string {
  if (file.startsWith('sandbox/')) return 'sandbox';
  const [top = '', room = '', ...rest] = file.split('/');
  return rest.length === 0 ? top : `${top}/${room}`;
}

const isPackage = (target: string) => !/^(node:|src\/|sandbox\/|\.\.)/.test(target);

function allows(file: string, target: string, typeOnly: boolean): boolean {
  const room = roomOf(file);
  const allowed = ROOMS[room] ?? [];
  if (allowed === 'everything' || target.startsWith('node:')) return true;
  if (isPackage(target)) return typeOnly || COMMON_PACKAGES.includes(target) || allowed.includes(target);
  if (COMMON_FILES.includes(target) || roomOf(target) === room) return true;
  // The shape of the configuration may be named anywhere; only the composition root reads it.
  if (target === 'src/config.ts') return typeOnly;
  return allowed.includes(target) || allowed.includes(roomOf(target).slice('src/'.length));
}

/** What a file loads before it does anything: files and packages. */
function neededBy(first: string): string[] {
  const needed = new Set([first]);
  for (const file of needed) {
    const text = sources.find((source) => source.file === file)?.text ?? '';
    const atOnce = readImports(text.replaceAll('import(', 'later(')).filter(({ typeOnly }) => !typeOnly);
    for (const { specifier } of atOnce) needed.add(resolve(file, specifier));
  }
  return [...needed];
}

describe('the rooms of the house', () => {
  it('are seen at all', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports).toContainEqual({ file: 'src/jobs/scheduler.ts', typeOnly: false, target: 'node-cron' });
  });

  it('all stand in the table', () => {
    expect(files.filter((file) => !(roomOf(file) in ROOMS))).toEqual([]);
  });

  it('import only what the table allows', () => {
    const against = imports.filter(({ file, target, typeOnly }) => !allows(file, target, typeOnly));
    expect(against.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('leave certain packages to their keepers', () => {
    const against = imports.filter(
      ({ file, target, typeOnly }) =>
        !typeOnly && file.startsWith('src/') && KEEPERS[target]?.every((keeper) => !file.startsWith(keeper)),
    );
    expect(against.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('keep the sandbox apart: only the demo opens it, and it knows nothing of src', () => {
    const against = imports.filter(
      ({ file, target }) =>
        (file.startsWith('sandbox/') && target.startsWith('src/')) ||
        (file.startsWith('src/') && target.startsWith('sandbox/') && !file.startsWith('src/cli/demo')),
    );
    expect(against).toEqual([]);
  });

  it('read the environment in one place', () => {
    const readers = sources.filter(({ file, text }) => file.startsWith('src/') && /\bprocess\s*\.\s*env\b/.test(text));
    expect(readers.map(({ file }) => file)).toEqual(['src/config.ts']);
  });

  it('let the program start without the bot, the sandbox and their packages', () => {
    const needed = neededBy('src/main.ts');
    expect(needed).toEqual(expect.arrayContaining(['src/cli/program.ts', 'src/cli/demo.ts', 'commander', 'pg']));
    const late = /^(@slack\/|echarts|prom-client|sandbox\/|src\/(app|slack\/bolt-app)\.ts)/;
    expect(needed.filter((file) => late.test(file))).toEqual([]);
  });

  it('let the bot start without what draws: it has that done elsewhere, and not before it is asked', () => {
    const needed = neededBy('src/cli/run-bot.ts');
    expect(needed).toEqual(expect.arrayContaining(['src/app.ts', '@slack/bolt']));
    expect(needed.filter((file) => /^(echarts|@resvg|sandbox\/)/.test(file))).toEqual([]);
  });

  it('keep nothing that changes in a module, which tests of one worker share', () => {
    const keeps = (text: string) => /^(export )?(let|var) /m.test(text);
    expect([keeps('export let port = 0;\n'), keeps('  let port = 0;\n')]).toEqual([true, false]);
    const tests = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test|-process)\.ts$/.test(file))
      .map((file) => ({ file, text: readFileSync(path.join(ROOT, 'test', file), 'utf8') }));
    expect(tests.length).toBeGreaterThan(20);
    expect([...sources, ...tests].filter(({ text }) => keeps(text)).map(({ file }) => file)).toEqual([]);
  });

  it('have no drawers', () => {
    const drawers = /(^|[/-])(utils?|helpers?|managers?|services?|misc|common)([./-]|$)/;
    expect(files.filter((file) => drawers.test(file))).toEqual([]);
  });
});

it('no file of the checkout is past 300 lines', () => {
  const written = ['src', 'sandbox', 'test', 'bench', 'docs'].flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|mjs|css)$/.test(file))
      .map((file) => path.join(top, file)),
  );
  expect(written).toContain(path.join('test', 'import-rules.test.ts'));
  const long = written.filter((file) => readFileSync(path.join(ROOT, file), 'utf8').trimEnd().split('\n').length > 300);
  expect(long).toEqual([]);
});

describe('readImports', () => {
  it.each([
    ["import a from 'x';", 'x', false],
    ["import { a, type B } from '../y.ts';", '../y.ts', false],
    ["import type { B } from 'x';", 'x', true],
    ["import { type B, type C } from 'x';", 'x', true],
    ["import {\n  a,\n  b,\n} from 'x';", 'x', false],
    ["import 'x';", 'x', false],
    ["export * from 'x';", 'x', false],
    ["export { a } from 'x';", 'x', false],
    ["export type { A } from 'x';", 'x', true],
    ["const a = await import('x');", 'x', false],
    ["import * as a from 'x';", 'x', false],
  ])('reads %s', (text, specifier, typeOnly) => {
    expect(readImports(text)).toEqual([{ specifier, typeOnly }]);
  });

  it.each(["// import a from 'x';", "/* import a from 'x'; */", "export const from = 'x';", 'const a = `import b`;'])(
    'sees none in %s',
    (text) => {
      expect(readImports(text)).toEqual([]);
    },
  );
});
