import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startEmbeddedServer } from '../../src/db/embedded-server.ts';
import { silentLog } from '../../src/log.ts';

const run = promisify(execFile);

/** A CA, and what it signed for a name; all of it for a day. */
async function makeCertificates(folder: string) {
  const file = (name: string) => path.join(folder, name);
  const key = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(name),
  ];
  for (const ca of ['ca', 'other-ca']) {
    const words = ['req', '-x509', ...key(`${ca}.key`), '-out', file(`${ca}.pem`), '-days', '1', '-subj', `/CN=${ca}`];
    await run('openssl', [...words, '-addext', 'basicConstraints=critical,CA:TRUE']);
  }
  for (const [name, san] of [
    ['good', 'DNS:localhost,IP:127.0.0.1'],
    ['elsewhere', 'DNS:db.example'],
  ] as const) {
    const request = [...key(`${name}.key`), '-out', file(`${name}.csr`), '-subj', `/CN=${name}`];
    await run('openssl', ['req', ...request, '-addext', `subjectAltName=${san}`]);
    const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-copy_extensions', 'copy'];
    await run('openssl', [
      'x509',
      '-req',
      '-in',
      file(`${name}.csr`),
      ...signed,
      '-days',
      '1',
      '-out',
      file(`${name}.pem`),
    ]);
  }
  return file;
}

export async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

export interface TlsServer {
  /** Shows this certificate from the next connections on; undefined: speaks no TLS. */
  show: (name: 'good' | 'elsewhere' | undefined) => Promise<void>;
  /** The server's address, with a query of its own. */
  url: (words: string, host?: string) => string;
  /** Of a certificate or key, such as `ca.pem`. */
  file: (name: string) => string;
  stop: () => Promise<void>;
}

/** A PostgreSQL of its own that speaks TLS, or why there is none. */
export async function tlsServer(): Promise<TlsServer | string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'retort-tls-'));
  // As root, the server's user must be able to pass through.
  await chmod(folder, 0o711);
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const file = await makeCertificates(folder).catch((fault: unknown) => `no certificates by openssl: ${String(fault)}`);
  if (typeof file === 'string') {
    await removeFolder();
    return file;
  }
  const server = await startEmbeddedServer({ dataDir: path.join(folder, 'data'), log: silentLog, durable: false });
  const cluster = path.join(server.directory, 'cluster');
  const { uid, gid } = await stat(cluster);
  const stop = async () => {
    await server.stop();
    await rm(server.directory, { recursive: true, force: true });
    await removeFolder();
  };
  const show: TlsServer['show'] = async (name) => {
    for (const end of name === undefined ? [] : ['key', 'pem']) {
      const target = path.join(cluster, `server.${end}`);
      await copyFile(file(`${name}.${end}`), target);
      await chown(target, uid, gid);
      await chmod(target, 0o600);
    }
    await ask(server.url, `alter system set ssl_cert_file = 'server.pem'`);
    await ask(server.url, `alter system set ssl_key_file = 'server.key'`);
    await ask(server.url, `alter system set ssl = ${name === undefined ? 'off' : 'on'}`);
    await ask(server.url, 'select pg_reload_conf()');
  };
  const built = await show('good').then(
    () => undefined,
    (fault: unknown) => `this server speaks no TLS: ${String(fault)}`,
  );
  if (built !== undefined) {
    await stop();
    return built;
  }
  const url = (words: string, host = 'localhost') => {
    const made = new URL(server.url);
    made.hostname = host;
    made.search = words;
    return made.href;
  };
  return { show, url, file, stop };
}
