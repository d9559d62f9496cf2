import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/cli/doctor/check-database.ts';
import { readConfig } from '../../src/config.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { silentLog } from '../../src/log.ts';
import { runRetort } from '../cli/run-retort.ts';
import { ask, tlsServer, type TlsServer } from './tls-server.ts';

let room: TlsServer | string;
beforeAll(async () => {
  room = await tlsServer();
}, 120_000);
afterAll(async () => {
  if (typeof room === 'object') await room.stop();
});

/** What is shown, the CA that is trusted, what the fault says and what is advised. */
type Wrong = [string, 'good' | 'elsewhere' | undefined, string | undefined, RegExp, string];

const UNKNOWN = 'name the file of its CA in DATABASE_URL';
const ENCRYPTED = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

describe('a database that speaks TLS', { timeout: 60_000 }, () => {
  it('is migrated and worked with, encrypted, by its CA and its name', async ({ skip }) => {
    const { url, file, show } = typeof room === 'string' ? skip(room) : room;
    await show('good');
    for (const host of ['localhost', '127.0.0.1']) {
      const trusted = url(`sslmode=verify-full&sslrootcert=${file('ca.pem')}`, host);
      await expect.poll(() => migrate(trusted, silentLog).catch(String)).toBeInstanceOf(Array);
      const pool = createPool(trusted, { log: silentLog });
      expect((await pool.query(ENCRYPTED)).rows).toEqual([{ ssl: true }]);
      await pool.end();
    }
    // Nothing asked for, nothing encrypted.
    expect(await ask(url(''), ENCRYPTED)).toEqual([{ ssl: false }]);
    // Encrypted, whoever is at the other end.
    expect(await ask(url('sslmode=no-verify'), ENCRYPTED)).toEqual([{ ssl: true }]);
  });

  it.for<Wrong>([
    ['of a CA that nobody knows', 'good', undefined, /self-signed certificate|unable to/, UNKNOWN],
    ['of another CA', 'good', 'other-ca.pem', /self-signed certificate|unable to/, UNKNOWN],
    ['for another name', 'elsewhere', 'ca.pem', /does not match certificate's altnames/, 'is for another name'],
    ['that it does not have', undefined, 'ca.pem', /The server does not support SSL connections/, 'Check DATABASE_URL'],
  ])('is not spoken to with a certificate %s', async ([, certificate, ca, said, advice], { skip }) => {
    const { url, file, show } = typeof room === 'string' ? skip(room) : room;
    await show(certificate);
    const bad = url(`sslmode=verify-full${ca === undefined ? '' : `&sslrootcert=${file(ca)}`}`);
    // The server takes up its new certificate a moment after it was told to.
    await expect.poll(() => ask(bad, 'select 1').then(() => 'let in', String)).toMatch(said);
    const pool = createPool(bad, { log: silentLog });
    await expect(pool.query('select 1')).rejects.toThrow(said);
    await pool.end();
    const config = readConfig({ DATABASE_URL: bad, RETORT_FINGERPRINT_KEY: 'x'.repeat(32) });
    expect(await checkDatabase(config)).toEqual([
      expect.objectContaining({ name: 'database', ok: false, says: expect.stringContaining(advice) }),
    ]);
  });

  it('says so on the command line, without the password', async ({ skip }) => {
    const { url, show } = typeof room === 'string' ? skip(room) : room;
    await show('good');
    const bad = url('sslmode=verify-full');
    await expect.poll(() => ask(bad, 'select 1').then(() => 'let in', String)).toMatch(/self-signed|unable to/);
    const { status, err } = await runRetort(['migrate'], { DATABASE_URL: bad });
    expect(status).toBe(1);
    expect(err).toContain('name the file of its CA in DATABASE_URL');
    expect(err).not.toContain(new URL(bad).password);
  });
});
