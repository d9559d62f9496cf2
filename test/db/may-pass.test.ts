import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { mayPass } from '../../src/db/embedded/may-pass.ts';
import { StartError, startPostmaster } from '../../src/db/embedded/postmaster.ts';
import { createTestDatabase } from '../database.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

describe('mayPass', () => {
  it('tries again where the server is ended before it answers', async () => {
    const fault = await faultOfServer((socket) => socket.once('data', () => socket.end()));
    expect(fault).toMatchObject({ message: 'Connection terminated unexpectedly' });
    expect(mayPass(fault)).toBe(true);
  });

  it('tries again where the connection is reset', async () => {
    const fault = await faultOfServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(fault).toMatchObject({ code: 'ECONNRESET' });
    expect(mayPass(fault)).toBe(true);
  });

  it('tries again where the connection was lost between two questions', async () => {
    const database = await createTestDatabase();
    try {
      const client = new Client({ connectionString: database.url });
      client.on('error', () => {});
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      // An error comes first, for which `once` would throw.
      const ended = new Promise((resolve) => client.once('end', resolve));
      await database.pool.query('select pg_terminate_backend($1::int)', [rows[0]?.pid]);
      await ended;
      const fault = await client.query('select 1').catch((thrown: unknown) => thrown);
      expect(fault).toMatchObject({ message: expect.stringContaining('not queryable') });
      expect(mayPass(fault)).toBe(true);
    } finally {
      await database.drop();
    }
  });

  it('tries again where a server loses to another, whose start has put its own log in the place of this one’s', async () => {
    const home = await temporaryDirectory();
    const postgres = path.join(home, 'postgres.sh');
    await writeFile(
      postgres,
      '#!/bin/sh\nmv server.log server.log.previous\ntouch server.log\necho lock file "postmaster.pid" already exists\nexit 1\n',
      { mode: 0o755 },
    );
    const binaries = { root: home, version: '18.0.0', postgres, initdb: '', pgCtl: '' };
    const fault = await startPostmaster(home, binaries, undefined, {}).catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ message: 'PostgreSQL did not start: lock file postmaster.pid already exists' });
    expect(mayPass(fault)).toBe(true);
    const silent = { ...binaries, postgres: '/bin/false' };
    await expect(startPostmaster(home, silent, undefined, {})).rejects.toThrow(/^PostgreSQL did not start: $/);
  });

  it.each([
    { fault: new StartError('could not create any TCP/IP sockets'), passes: true },
    { fault: new StartError('could not open file: No space left on device'), passes: false },
    { fault: Object.assign(new Error('the database system is starting up'), { code: '57P03' }), passes: true },
    { fault: Object.assign(new Error('password authentication failed'), { code: '28P01' }), passes: false },
  ])('judges "$fault.message"', ({ fault, passes }) => {
    expect(mayPass(fault)).toBe(passes);
  });
});

/** What pg throws at a server that does this to every connection. */
async function faultOfServer(answer: (socket: Socket) => void): Promise<unknown> {
  const server = createServer((socket) => answer(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    return await new Client({ connectionString: `postgres://retort@127.0.0.1:${port}/retort` }).connect().then(
      () => undefined,
      (fault: unknown) => fault,
    );
  } finally {
    server.close();
  }
}
