import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createHealthEndpoint } from '../../src/health/health-endpoint.ts';
import { createMetrics } from '../../src/health/metrics.ts';
import { createPool } from '../../src/db/pool.ts';
import { createListener } from '../../src/listener.ts';
import { silentLog } from '../../src/log.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { deployed, ROOT, unknownVariables } from './deployed.ts';

const run = promisify(execFile);
const instructions = DockerfileParser.parse(deployed('Dockerfile')).getInstructions();
const lastFrom = instructions.findLastIndex((each) => each.getKeyword() === 'FROM');
const image = instructions.slice(lastFrom);

const words = (instruction: Instruction) => instruction.getArguments().map((argument) => argument.getValue());
const the = (keyword: string): string[] => {
  const found = image.find((each) => each.getKeyword() === keyword);
  if (found === undefined) throw new Error(`the image has no ${keyword}`);
  return words(found);
};
/** An instruction whose words are a list of JSON: no shell is in between. */
const json = (keyword: string): string[] => {
  const text = image.find((each) => each.getKeyword() === keyword)?.getRawArgumentsContent() ?? '';
  return z.array(z.string()).parse(JSON.parse(text.slice(text.indexOf('['))));
};
const environment = Object.fromEntries(the('ENV').map((pair) => pair.split('=') as [string, string]));
const home = the('WORKDIR')[0] ?? '';

/** What the image has of the build, laid out from what is built here. */
async function laidOut(): Promise<string> {
  const folder = await temporaryDirectory();
  for (const copy of image.filter((each) => each instanceof Copy)) {
    expect(copy.getFlags().map((flag) => flag.toString())).toEqual(['--from=build']);
    const sources = words(copy).slice(0, -1);
    const target = words(copy).at(-1) ?? '';
    for (const source of sources) {
      const name = path.posix.relative('/build', source);
      const to = path.join(folder, target.endsWith('/') ? path.join(target, name) : target);
      await mkdir(path.dirname(to), { recursive: true });
      if (name === 'node_modules') await symlink(path.join(ROOT, name), to);
      else await cp(path.join(ROOT, name), to, { recursive: true });
    }
  }
  return folder;
}

describe('the image', { timeout: 60_000 }, () => {
  it('is built in one stage and run in another, both on one supported release of Node.js', () => {
    const bases = instructions.filter((each) => each.getKeyword() === 'FROM').map((each) => words(each)[0]);
    expect(bases).toEqual(['node:22-bookworm-slim', 'node:22-bookworm-slim']);
  });

  it('runs as a user that is not root, and knows its variables', () => {
    expect(the('USER')[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    // Nothing after it would run as another.
    expect(image.findLastIndex((each) => each.getKeyword() === 'RUN')).toBeLessThan(
      image.findIndex((each) => each.getKeyword() === 'USER'),
    );
    expect(unknownVariables(Object.keys(environment))).toEqual(['NODE_ENV']);
    expect(the('EXPOSE')).toContain(environment['RETORT_HEALTH_PORT']);
  });

  it('has everything that its entry point needs', async () => {
    const folder = await laidOut();
    const [program, main = '', ...rest] = json('ENTRYPOINT');
    expect([program, ...rest]).toEqual(['node']);
    expect(main.startsWith(`${home}/`)).toBe(true);
    const entry = path.join(folder, path.posix.relative(home, main));
    const retort = async (...given: string[]) => run(process.execPath, [entry, ...given], { cwd: folder, env: {} });
    expect((await retort('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await retort(...json('CMD'), '--help')).stdout).toMatch(/^Usage: retort start/);
    // Files of the package's root, which only some commands read.
    for (const name of ['manifest.yml', 'dist/page/index.html']) expect(existsSync(path.join(folder, name))).toBe(true);
  });

  it('has a program of its name', () => {
    const links = image.filter((each) => each.getKeyword() === 'RUN').map((each) => words(each).join(' '));
    expect(links).toEqual([`ln -s ${json('ENTRYPOINT')[1]} /usr/local/bin/retort`]);
  });

  it('is healthy while /healthz answers, and no longer', async () => {
    const pool = createPool('postgres://nobody@127.0.0.1:1/nothing', { log: silentLog });
    const metrics = createMetrics({ pool, now: Date.now, log: silentLog });
    const handle = createHealthEndpoint({ pool, metrics, isUp: () => true });
    const listener = createListener({ port: 0, handle, log: silentLog });
    onTestFinished(() => pool.end());
    const port = await listener.start();
    const [program, ...given] = json('HEALTHCHECK');
    expect(program).toBe('node');
    const check = async () =>
      run(process.execPath, given, { env: { RETORT_HEALTH_PORT: String(port) } }).then(
        () => 0,
        (fault: { code: number }) => fault.code,
      );
    expect(await check()).toBe(0);
    await listener.stop();
    expect(await check()).toBe(1);
  });

  it('is not built of what is secret or only lies about, and of all else', () => {
    const ignored = deployed('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', 'dist', '**/.env', '.retort']));
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const read = ['package.json', 'package-lock.json', 'manifest.yml', 'LICENSE', 'tsconfig.json', 'src', 'sandbox'];
    expect(scripts['build']).toContain('tsconfig.build.json');
    expect([...read, 'tsconfig.build.json'].filter((name) => ignored.includes(name))).toEqual([]);
  });
});
