import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { mayPass } from '../../src/db/embedded/may-pass.ts';
import { StartError } from '../../src/db/embedded/postmaster.ts';

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
