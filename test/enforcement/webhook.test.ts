import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAddressGuard } from '../../src/enforcement/address-guard.ts';
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
  const server = createServer((request, response) => {
    seen.push(request.url);
    request.resume();
    const said = answer(request.url);
    if (said !== null) response.writeHead(said.status, said.headers).end(said.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
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
  const sign = createWebhookSigner([OTHER, SECRET]);
  const headers = sign(MESSAGE.id, NOW, MESSAGE.body);

  it('are taken by the specification’s own library and by the example, with either secret', () => {
    for (const secret of [SECRET, OTHER]) {
      expect(new Webhook(secret).verify(MESSAGE.body, headers)).toEqual({ a: 1 });
      expect(example.verifySignature([secret], headers, MESSAGE.body, NOW / 1000)).toBe(true);
    }
  });

  it.each([
    ['another body', { body: '{"a":2}' }],
    ['another id', { headers: { ...headers, 'webhook-id': 'msg_2' } }],
    ['another time', { headers: { ...headers, 'webhook-timestamp': '1' } }],
    ['none', { headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': headers['webhook-timestamp'] } }],
    ['half a signature', { headers: { ...headers, 'webhook-signature': 'v1,AAAA' } }],
    ['ten minutes later', { seconds: NOW / 1000 + 600 }],
    ['another secret', { secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`] }],
  ])('do not hold for %s', (_, change) => {
    const given = { secrets: [SECRET], headers, body: MESSAGE.body, seconds: NOW / 1000, ...change };
    expect(example.verifySignature(given.secrets, given.headers as never, given.body, given.seconds)).toBe(false);
  });
});

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '::',
  ])('%s is refused, as a name’s answer and by itself', async (address) => {
    const guard = createAddressGuard([], async () => [
      { address: '93.184.216.34', family: 4 },
      { address, family: 4 },
    ]);
    await expect(guard.resolve('accounts.example')).rejects.toThrow('may not be connected to');
    await expect(guard.resolve(address.includes(':') ? `[${address}]` : address)).rejects.toThrow('may not be');
  });

  it('are let through where they are public, or allowed by name', async () => {
    expect(await createAddressGuard([]).resolve('93.184.216.34')).toHaveLength(1);
    expect(await createAddressGuard(['10.0.0.0/8']).resolve('10.1.2.3')).toHaveLength(1);
    await expect(createAddressGuard(['10.0.0.0/8']).resolve('11.0.0.1')).resolves.toHaveLength(1);
    await expect(createAddressGuard(['10.0.0.0/8']).resolve('192.168.0.1')).rejects.toThrow('may not be');
  });

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
});

describe('requests', () => {
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

  it('say how long to wait, and end at an answer that has no end', async () => {
    const { port } = await listen((url) =>
      url === '/wait' ? { status: 429, headers: { 'retry-after': '7' } } : { status: 200, body: 'x'.repeat(5_000_000) },
    );
    expect(await poster(`http://accounts.example:${port}/wait`)(MESSAGE)).toMatchObject({ retryAfterMs: 7_000 });
    expect(await poster(`http://accounts.example:${port}/long`)(MESSAGE)).toEqual({
      kind: 'unknown',
      error: 'answer_too_long',
    });
  });
});
