import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');

/** In dist/ itself: a build makes it anew without this, and a copy of it takes this along. */
const STAMP = path.join(DIST, '.programs');
const CONFIGS = ['tsconfig.json', 'test/programs.tsconfig.json'];

/** What a test starts as a process: the compiled form of a file of the checkout. It starts in half of what tsx takes. */
export function program(file: string): string {
  return path.join(DIST, file).replace(/\.ts$/, '.js');
}

/** Compiles what `program` names, unless dist/ holds just that already. The types are not looked at: `npm run types` does. */
export async function compilePrograms(): Promise<void> {
  const wanted = await hashOfSources();
  const found = await readFile(STAMP, 'utf8').catch(() => '');
  if (found === wanted) return;
  const compiler = path.join(ROOT, 'node_modules/.bin/tsc');
  await promisify(execFile)(compiler, ['-p', path.join(ROOT, 'test/programs.tsconfig.json')]);
  await cp(path.join(ROOT, 'src/db/migrations'), path.join(DIST, 'src/db/migrations'), { recursive: true });
  await chmod(program('src/main.ts'), 0o755);
  await writeFile(STAMP, wanted);
}

async function hashOfSources(): Promise<string> {
  const files = await Promise.all(
    ['src', 'sandbox', 'bench', 'test'].map(async (top) => {
      const names = await readdir(path.join(ROOT, top), { recursive: true });
      return names.filter((name) => /(?<!\.test)\.ts$|\.sql$/.test(name)).map((name) => path.join(top, name));
    }),
  );
  const hash = createHash('sha256');
  for (const file of [...CONFIGS, ...files.flat().toSorted()]) {
    hash.update(`${file}\n`).update(await readFile(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}
