import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Address, createAddressGuard } from '../../src/enforcement/address-guard.ts';
import { createWebhookPoster } from '../../src/enforcement/post-webhook.ts';
import { createWebhookSigner } from '../../src/enforcement/webhook-signer.ts';
import { example, SECRET } from './receiver.ts';

const NOW = Date.now();
const OTHER = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const MESSAGE = { id: 'msg_1', at: NOW, body: '{"a":1}' };

async function listen(
  answer: (url: string | undefined) => { status: number; headers?: Record<string, string>; body?: string } | null,
) {
  const seen: (string | undefined)[] = [];
  const requests: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    const note = { method: request.method, headers: request.headers, body: '' };
    requests.push(note);
    request.on('data', (chunk: Buffer) => (note.body += chunk.toString()));
    const said = answer(request.url);
    if (said !== null) response.writeHead(said.status, said.headers).end(said.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen, requests };
}

const poster = (url: string, options: { allowed?: string[]; timeoutMs?: number; at?: string } = {}) =>
  createWebhookPoster({
    url,
    sign: createWebhookSigner([SECRET]),
    guard: createAddressGuard(options.allowed ?? ['127.0.0.1/32'], async () => [
      { address: options.at ?? '127.0.0.1', family: 4 },
    ]),
    timeoutMs: options.timeoutMs ?? 5_000,
  });

describe('signatures', () => {
  const signed = () => createWebhookSigner([OTHER, SECRET])(MESSAGE.id, NOW, MESSAGE.body);

  it('are taken by the specification’s own library and by the example, with either secret', () => {
    for (const secret of [SECRET, OTHER]) {
      expect(new Webhook(secret).verify(MESSAGE.body, signed())).toEqual({ a: 1 });
      expect(example.verifySignature([secret], signed(), MESSAGE.body, NOW / 1000)).toBe(true);
    }
  });

  it.each([
    ['another body', { body: '{"a":2}' }],
    ['another id', { headers: { 'webhook-id': 'msg_2' } }],
    ['another time', { headers: { 'webhook-timestamp': '1' } }],
    ['none', { headers: { 'webhook-signature': undefined } }],
    ['half a signature', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['ten minutes later', { seconds: NOW / 1000 + 600 }],
    ['another secret', { secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`] }],
  ])('do not hold for %s', (_, change) => {
    const given = { secrets: [SECRET], body: MESSAGE.body, seconds: NOW / 1000, ...change };
    const headers = { ...signed(), ...('headers' in change ? change.headers : {}) };
    expect(example.verifySignature(given.secrets, headers as never, given.body, given.seconds)).toBe(false);
  });
});

describe('addresses', () => {
  it('are asked for once: the connection goes where the check looked', async () => {
    const { port, seen } = await listen(() => ({ status: 200, body: 'ok' }));
    let asked = 0;
    const guard = createAddressGuard(['127.0.0.1/32'], async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    });
    const post = createWebhookPoster({
      url: `http://rebinding.example:${port}/x`,
      sign: createWebhookSigner([SECRET]),
      guard,
    });
    expect(await post(MESSAGE)).toMatchObject({ kind: 'answered', status: 200 });
    expect(asked).toBe(1);
    expect(seen).toEqual(['/x']);
    expect(await post(MESSAGE)).toEqual({ kind: 'never_sent', error: 'forbidden_address' });
  });

  it('that are public are not spoken to without encryption', async () => {
    expect(await poster('http://accounts.example/x', { at: '93.184.216.34' })(MESSAGE)).toEqual({
      kind: 'never_sent',
      error: 'not_encrypted',
    });
  });

  it('of which one alone may be spoken to in the clear are not', async () => {
    const addresses: Address[] = ['127.0.0.1', '93.184.216.34'].map((address) => ({ address, family: 4 }));
    const guard = createAddressGuard(['127.0.0.1/32'], async () => addresses);
    const post = createWebhookPoster({ url: 'http://x.example/', sign: createWebhookSigner([SECRET]), guard });
    expect(await post(MESSAGE)).toMatchObject({ error: 'not_encrypted' });
  });

  it('are spoken to with TLS where the URL says so, and need not be allowed by name', async () => {
    let first: number | undefined;
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        [first] = bytes as Buffer;
        socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const guard = { resolve: async () => [{ address: '127.0.0.1', family: 4 as const }], isAllowedByName: () => false };
    const url = `https://accounts.example:${(server.address() as AddressInfo).port}/x`;
    const outcome = await createWebhookPoster({ url, sign: createWebhookSigner([SECRET]), guard })(MESSAGE);
    expect(outcome).toEqual({ kind: 'unknown', error: 'ECONNRESET' });
    // The record type of a TLS handshake.
    expect(first).toBe(0x16);
  });

  it.each([
    ['its code', Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    ['the beginning of its message', new Error('x'.repeat(100)), 'x'.repeat(80)],
    ['that it failed', 'no error at all', 'failed'],
  ])('that cannot be found were never sent to, and say %s', async (_, fault, error) => {
    const guard = createAddressGuard([], async () => {
      throw fault as Error;
    });
    const post = createWebhookPoster({ url: 'http://x.example/', sign: createWebhookSigner([SECRET]), guard });
    expect(await post(MESSAGE)).toEqual({ kind: 'never_sent', error });
  });
});

describe('requests', () => {
  it('bear the body, what it is, and its signature', async () => {
    const { port, requests } = await listen(() => ({ status: 200 }));
    const message = { ...MESSAGE, body: '{"a":"ä"}' };
    await poster(`http://accounts.example:${port}/x`)(message);
    expect(requests).toMatchObject([
      {
        method: 'POST',
        body: message.body,
        headers: {
          'content-type': 'application/json',
          'content-length': '10',
          'user-agent': 'retort',
          ...createWebhookSigner([SECRET])(message.id, message.at, message.body),
        },
      },
    ]);
  });

  it('do not follow a redirect', async () => {
    const { port, seen } = await listen(() => ({ status: 307, headers: { location: '/elsewhere' } }));
    expect(await poster(`http://accounts.example:${port}/x`)(MESSAGE)).toMatchObject({ kind: 'answered', status: 307 });
    expect(seen).toEqual(['/x']);
  });

  it('that hang are unknown, that never left are not', async () => {
    const { port } = await listen(() => null);
    const hanging = poster(`http://accounts.example:${port}/x`, { timeoutMs: 50 });
    expect(await hanging(MESSAGE)).toEqual({ kind: 'unknown', error: 'timeout' });
    expect(await poster('http://accounts.example:1/x')(MESSAGE)).toEqual({ kind: 'never_sent', error: 'ECONNREFUSED' });
  });

  it.each([
    ['0', 0],
    ['7', 7_000],
    ['90000', 3_600_000],
    ['-1', undefined],
    ['Thu, 30 Apr 2026 09:12:00 GMT', undefined],
  ])('wait after Retry-After: %s for %s ms', async (header, retryAfterMs) => {
    const { port } = await listen(() => ({ status: 429, headers: { 'retry-after': header } }));
    expect(await poster(`http://accounts.example:${port}/x`)(MESSAGE)).toMatchObject({ status: 429, retryAfterMs });
  });

  it('whose answer breaks off are unknown', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://accounts.example:${(server.address() as AddressInfo).port}/x`;
    expect(await poster(url)(MESSAGE)).toEqual({ kind: 'unknown', error: 'ECONNRESET' });
  });

  it('end at an answer that has no end', async () => {
    const { port } = await listen((url) => ({
      status: 200,
      body: 'x'.repeat(url === '/long' ? 4_000_001 : 4_000_000),
    }));
    expect(await poster(`http://accounts.example:${port}/most`)(MESSAGE)).toMatchObject({ retryAfterMs: undefined });
    expect(await poster(`http://accounts.example:${port}/long`)(MESSAGE)).toEqual({
      kind: 'unknown',
      error: 'answer_too_long',
    });
  });
});
