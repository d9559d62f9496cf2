import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log.ts';
import { type Binaries, usableBinaries } from './embedded/binaries.ts';
import { ensureCluster, keepPassword, layout, SUPERUSER } from './embedded/cluster.ts';
import { mayPass } from './embedded/may-pass.ts';
import { freePort, startPostmaster } from './embedded/postmaster.ts';
import { openPresence, type Presence } from './embedded/presence.ts';
import { endServer, findRunningServer, type RunningServer } from './embedded/running-server.ts';
import { findHome } from './embedded/server-home.ts';
import { findServerUser, type ServerUser } from './embedded/server-user.ts';
import { serverSettings } from './embedded/settings.ts';

export interface EmbeddedServerOptions {
  /** The server's files lie in `<dataDir>/postgres`. */
  dataDir: string;
  log: Log;
  /** Preferred port; a free one where it is taken or not given. */
  port?: number;
  /** False only in tests: data may be lost with the machine's power. */
  durable?: boolean;
}

export interface EmbeddedServer {
  /** Of the database `retort`, with its superuser and password: not for logs. */
  url: string;
  /** Where the server's files lie. */
  directory: string;
  /** Shuts the server down and waits for it, unless another Retort still uses it: then that one will. */
  stop(): Promise<void>;
}

interface Site {
  home: string;
  cluster: string;
  binaries: Binaries;
  user: ServerUser | undefined;
  urlOf: (port: number, database: string) => string;
  options: EmbeddedServerOptions;
}

const DATABASE = 'retort';
const ATTEMPTS = 20;

/**
 * A real PostgreSQL of our own on loopback, with its data in `dataDir`. Where another Retort runs on that directory its
 * server is shared; one whose Retort was killed is ended first. Throws, saying what to do, where the server's user
 * cannot reach the directory or the server does not come up (docs/decisions/0004-embedded-postgres.md).
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { log, durable = true } = options;
  const user = await findServerUser();
  const home = await findHome(path.resolve(options.dataDir), user, log);
  const binaries = await usableBinaries(home, user, log);
  const password = await keepPassword(home, user);
  const urlOf = (port: number, database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const site: Site = { home, cluster: layout(home).cluster, binaries, user, urlOf, options };
  await ensureCluster(home, binaries, user, { log, durable });
  let last: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const shared = await joinRunning(site);
      const server = shared === 'none' ? await startOwn(site, attempt) : shared;
      if (server !== 'gone') return server;
    } catch (fault) {
      // A port taken meanwhile, or another Retort that was faster: what is true now is seen by looking again.
      last = fault;
      if (!mayPass(fault)) throw fault;
    }
    await wait(100);
  }
  throw new Error(`the embedded database in ${home} could neither be started nor joined`, { cause: last });
}

/** Joins the server that runs on the directory; ends it first where nobody is there any more. */
async function joinRunning(site: Site): Promise<EmbeddedServer | 'none' | 'gone'> {
  const { cluster, options, urlOf } = site;
  const running = await findRunningServer(cluster);
  if (running === undefined) return 'none';
  if (!running.ready) return 'gone';
  const presence = await openPresence(urlOf(running.port, 'postgres'), options.log);
  if (await presence.takeAlone()) {
    options.log.warn({ pid: running.pid }, 'ending the database server of a Retort that was killed');
    await endServer(running.pid, cluster, site.binaries);
    await presence.close();
    return 'none';
  }
  if (await presence.share()) return serve(site, running, presence, () => {});
  await presence.close();
  return 'gone';
}

async function startOwn(site: Site, attempt: number): Promise<EmbeddedServer | 'gone'> {
  const { options, home, binaries, user, urlOf } = site;
  const port = attempt === 0 && options.port !== undefined ? options.port : await freePort();
  const settings = { ...(await serverSettings(options.durable ?? true)), port: String(port) };
  const postmaster = await startPostmaster(home, binaries, user, settings);
  const presence = await openPresence(urlOf(port, 'postgres'), options.log);
  if (await presence.share()) return serve(site, postmaster, presence, () => postmaster.release());
  await presence.close();
  return 'gone';
}

async function serve(site: Site, running: RunningServer, presence: Presence, release: () => void) {
  const { home, cluster, binaries, urlOf, options } = site;
  await ensureDatabase(urlOf(running.port, 'postgres'));
  options.log.debug({ port: running.port, pid: running.pid, directory: home }, 'the embedded database is up');
  return {
    url: urlOf(running.port, DATABASE),
    directory: home,
    async stop() {
      if (await presence.leaveAsLast()) await endServer(running.pid, cluster, binaries);
      await presence.close();
      release();
    },
  };
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (fault) {
    // Another Retort was faster.
    if ((fault as { code?: string }).code !== '42P04' && (fault as { code?: string }).code !== '23505') throw fault;
  } finally {
    await client.end();
  }
}
