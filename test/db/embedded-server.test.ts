import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { silentLog } from '../../src/log.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const asRoot = process.getuid?.() === 0;
const start = async (dataDir: string, port?: number) =>
  startEmbeddedServer({ dataDir, log: silentLog, durable: false, ...(port === undefined ? {} : { port }) });
const clusterOf = (server: EmbeddedServer) => path.join(server.directory, 'cluster');

describe('startEmbeddedServer', { timeout: 60_000 }, () => {
  it('makes a database at the first start and finds its data at the second', async () => {
    const dataDir = await temporaryDirectory();
    const first = await start(dataDir);
    await ask(first.url, `create table kept as select 'here' as word`);
    await first.stop();
    await expect(ask(first.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    const second = await start(dataDir);
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: 'here' }]);
    const { mode } = await stat(path.join(second.directory, 'password'));
    expect(mode & 0o777).toBe(0o600);
    await second.stop();
  });

  it('asks for the password and listens on loopback alone', async () => {
    const server = await start(await temporaryDirectory());
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(await ask(server.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await server.stop();
  });

  it('goes to another port when the wanted one is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const server = await start(await temporaryDirectory(), taken);
    expect(new URL(server.url).port).not.toBe(String(taken));
    await server.stop();
    squatter.close();
  });

  it.each([
    { whose: 'a process that is gone', pid: () => 4_194_000 },
    { whose: 'a process that is no PostgreSQL', pid: () => process.pid },
  ])('mends the pid file of $whose', async ({ pid }) => {
    const dataDir = await temporaryDirectory();
    const first = await start(dataDir);
    await first.stop();
    await writeFile(
      path.join(clusterOf(first), 'postmaster.pid'),
      `${pid()}\n${clusterOf(first)}\n1\n5432\n\n\n\nready\n`,
    );
    const second = await start(dataDir);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('makes a database anew where the making was interrupted', async () => {
    const dataDir = await temporaryDirectory();
    const home = path.join(dataDir, 'postgres');
    await mkdir(path.join(home, 'cluster', 'base'), { recursive: true });
    await mkdir(path.join(home, 'cluster.new-4194000', 'base'), { recursive: true });
    await writeFile(path.join(home, 'cluster', 'PG_VERSION'), '18\n');
    const server = await start(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const names = await readdir(home);
    expect(names.filter((name) => name.startsWith('cluster.new'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('cluster.unfinished'))).toHaveLength(1);
    await server.stop();
  });

  it.runIf(process.platform === 'linux')('refuses a data directory that cannot be made', async () => {
    await expect(start('/proc/retort')).rejects.toThrow(/\/proc\/retort cannot be made/);
  });

  it('refuses a database of another major version and says so', async () => {
    const dataDir = await temporaryDirectory();
    const server = await start(dataDir);
    await server.stop();
    await writeFile(path.join(clusterOf(server), 'PG_VERSION'), '17\n');
    await expect(start(dataDir)).rejects.toThrow(/made by PostgreSQL 17/);
  });

  it('is shared by those who start it on one directory, and ends with the last', async () => {
    const dataDir = await temporaryDirectory();
    const [first, second] = await Promise.all([start(dataDir), start(dataDir)]);
    expect(second.url).toBe(first.url);
    await first.stop();
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    await expect(ask(second.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('ends the server of a Retort that was killed, and keeps its data', async () => {
    const dataDir = await temporaryDirectory();
    const killed = await startProcess(dataDir);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    const again = await startProcess(dataDir);
    expect(again.said.visits).toBe(2);
    expect(again.said.url).not.toBe(killed.said.url);
    await expect(ask(killed.said.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    await end(again.child);
  });

  it('starts again after it was killed at any moment of its making', async () => {
    const dataDir = await temporaryDirectory();
    const home = path.join(dataDir, 'postgres');
    for (const moment of ['password', 'cluster.new', 'server.log', 'cluster']) {
      const child = launch(dataDir);
      const gone = once(child, 'exit');
      await expect
        .poll(async () => readdir(home).catch(() => []), { timeout: 20_000, interval: 2 })
        .toContainEqual(expect.stringContaining(moment));
      child.kill('SIGKILL');
      await gone;
    }
    const server = await start(dataDir);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await readPid(server)).toBeUndefined();
  });

  it.runIf(asRoot)('runs as an ordinary user too', async () => {
    const nobody = 65_534;
    const dataDir = await temporaryDirectory();
    await chown(dataDir, nobody, nobody);
    const { child, said } = await startProcess(dataDir, { uid: nobody, gid: nobody });
    expect(said).toMatchObject({ visits: 1, uid: nobody });
    await end(child);
  });

  it.runIf(asRoot)(
    'puts its files elsewhere when its user cannot reach the data directory, and finds them again',
    async () => {
      const dataDir = path.join(await temporaryDirectory(), 'private', 'data');
      await mkdir(dataDir, { recursive: true });
      await chmod(path.dirname(dataDir), 0o700);
      const first = await start(dataDir);
      onTestFinished(async () => rm(first.directory, { recursive: true, force: true }));
      expect(first.directory.startsWith('/var/lib/retort/')).toBe(true);
      await ask(first.url, 'create table kept ()');
      await first.stop();
      const second = await start(dataDir);
      expect(second.directory).toBe(first.directory);
      expect(await ask(second.url, `select to_regclass('kept') is not null as kept`)).toEqual([{ kept: true }]);
      await second.stop();
    },
  );
});

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function launch(dataDir: string, user: { uid?: number; gid?: number } = {}): ChildProcess {
  const child = spawn(process.execPath, [program('test/db/embedded-server-process.ts'), dataDir], {
    ...user,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function startProcess(dataDir: string, user: { uid?: number; gid?: number } = {}) {
  const child = launch(dataDir, user);
  if (child.stdout === null) throw new Error('the process has no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said: JSON.parse(line) as { url: string; visits: number; uid: number } };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
}

async function readPid(server: EmbeddedServer): Promise<string | undefined> {
  return readFile(path.join(clusterOf(server), 'postmaster.pid'), 'utf8').catch(() => undefined);
}
