import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Demo, PATIENCE } from './demo-run.ts';
import { linksOf } from './docs/documents.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const Package = z.object({ bin: z.object({ retort: z.string() }) });
const Lock = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/**
 * The tarball as a stranger has it: unpacked into a folder of its own, with what it depends on at run time beside it and
 * nothing else. Those are links to the checkout's, so that no network is needed.
 */
describe('the package', { timeout: 3 * PATIENCE }, () => {
  let folder: string;
  let installed: string;
  let program: string;
  const files: string[] = [];

  const retort = (...words: string[]) => {
    const { PATH: path = '' } = process.env;
    return run(process.execPath, [program, ...words], { cwd: folder, env: { PATH: path, TMPDIR: folder } });
  };

  beforeAll(async () => {
    if (!existsSync(path.join(ROOT, 'dist/src/main.js'))) throw new Error('it is not built; run: npm run build');
    folder = await mkdtemp(path.join(tmpdir(), 'retort-package-test-'));
    // As root, the database's user must be able to pass through.
    await chmod(folder, 0o711);
    const pack = ['pack', '--ignore-scripts', '--silent', '--offline', '--pack-destination', folder];
    const { stdout } = await run('npm', pack, { cwd: ROOT });
    await run('tar', ['-xzf', path.join(folder, stdout.trim()), '-C', folder]);
    const modules = path.join(folder, 'node_modules');
    await mkdir(modules);
    await linkRunTime(modules);
    installed = path.join(modules, 'retort');
    await rename(path.join(folder, 'package'), installed);
    files.push(...(await readdir(installed, { recursive: true })));
    program = path.join(installed, Package.parse(JSON.parse(read('package.json'))).bin.retort);
  }, 2 * PATIENCE);

  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const read = (file: string) => readFileSync(path.join(installed, file), 'utf8');

  it('has a program that a shell can run', async () => {
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect((await stat(program)).mode & 0o111).toBe(0o111);
    expect((await retort('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('has every module and migration of the source, and none of its tests', () => {
    const built = files.filter((file) => /^dist\/(src|sandbox)\//.test(file));
    const sources = ['src', 'sandbox'].flatMap((top) => sourcesOf(top));
    expect(sources.length).toBeGreaterThan(500);
    expect(
      sources.filter((file) => !built.includes(file)),
      'npm run build makes what is missing',
    ).toEqual([]);
    expect(files.filter((file) => /(^|\/)(test|bench)\/|\.ts$|\.map$|(^|\/)\.env$/.test(file))).toEqual([]);
  });

  it('has what its README links to', () => {
    const links = linksOf({ file: 'README.md', text: read('README.md') }).map((link) => link.split('#')[0] ?? '');
    expect(links).toContain('SECURITY.md');
    expect(links.filter((link) => link !== '' && !files.includes(link))).toEqual([]);
  });

  it('brings its own database up', async () => {
    const { stdout } = await retort('migrate');
    const migrations = await readdir(path.join(ROOT, 'src/db/migrations'));
    expect(migrations.length).toBeGreaterThan(0);
    for (const name of migrations) expect(stdout).toContain(path.parse(name).name);
  });

  it('shows the demo, its page and an alert', async () => {
    const temporary = await mkdtemp(path.join(folder, 'demo-'));
    await chmod(temporary, 0o711);
    const demo = new Demo(program, temporary);
    try {
      const [, address = ''] = await demo.says(/Open\s+(http:\/\/\S+)/);
      const page = await (await fetch(address)).text();
      const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, asset = '']) => asset);
      expect(assets.length).toBeGreaterThanOrEqual(3);
      for (const asset of assets) expect([asset, (await fetch(new URL(asset, address))).status]).toEqual([asset, 200]);
      await demo.says(/First alert on the page/);
    } finally {
      expect(await demo.interrupt()).toBe(0);
    }
  });
});

/** Whatever the lock file does not call a tool of development, under the name by which it is imported. */
async function linkRunTime(modules: string): Promise<void> {
  const { packages } = Lock.parse(JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')));
  const names = Object.entries(packages).flatMap(([place, { dev }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
    return name === undefined || dev === true ? [] : [name];
  });
  for (const name of names) {
    const target = path.join(ROOT, 'node_modules', name);
    // Other machines' binaries are in the lock file, and not installed.
    if (!existsSync(target)) continue;
    const link = path.join(modules, name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(target, link);
  }
}

/** The built file of each source that ends up in the program; of the page there is one for all. */
function sourcesOf(top: string): string[] {
  return readdirSync(path.join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('dist', top, file.split(path.sep).join('/')))
    .filter((file) => /\.(ts|sql)$/.test(file) && !file.startsWith('dist/sandbox/page/'))
    .map((file) => file.replace(/\.ts$/, '.js'));
}
