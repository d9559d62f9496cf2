// A receiver of Retort's actions, to copy from: what docs/enforcement.md asks for, with nothing but Node.
// Run it alone with: RETORT_WEBHOOK_SECRETS=whsec_… node enforcement-receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const MOST_BYTES = 1_000_000;
/** Older or newer messages are refused: a recorded one cannot be played again later. */
const TOLERANCE_SECONDS = 300;

/**
 * True where one of the signatures was made with one of the secrets. Compared in constant time: how long it takes tells
 * nobody how much of a guess was right.
 */
export function verifySignature(secrets, headers, body, nowSeconds) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!id || !/^\d{1,12}$/.test(timestamp ?? '')) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = String(headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
}

/**
 * `act(action, accountId)` does it, and returns nothing, or `{ reason, retry? }` where it cannot be done. `done` holds the
 * idempotency keys of what was done: keep them in your database, in the transaction that acts.
 */
export function createReceiver({ secrets, act, done = new Map(), now = Date.now }) {
  return async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method !== 'POST') return answer(405, { error: 'POST only' });
    const body = await read(request);
    if (body === undefined) return answer(413, { error: 'too long' });
    if (!verifySignature(secrets, request.headers, body, now() / 1000)) return answer(401, { error: 'not signed by us' });
    const { data } = JSON.parse(body);
    const results = data.accounts.map(({ account_id: accountId, idempotency_key: key }) => {
      // Done before: say so again, and do nothing.
      if (done.has(key)) return { account_id: accountId, idempotency_key: key, status: 'done' };
      const problem = act(data.action, accountId, data);
      if (problem) return { account_id: accountId, idempotency_key: key, status: 'failed', ...problem };
      done.set(key, accountId);
      return { account_id: accountId, idempotency_key: key, status: 'done' };
    });
    return answer(200, { results });
  };
}

async function read(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const secrets = (process.env.RETORT_WEBHOOK_SECRETS ?? '').split(/[\s,]+/).filter(Boolean);
  if (secrets.length === 0) throw new Error('set RETORT_WEBHOOK_SECRETS to the secret that Retort signs with');
  const statuses = new Map();
  const act = (action, accountId) => {
    statuses.set(accountId, action);
    process.stdout.write(`${action} ${accountId}\n`);
  };
  const port = Number(process.env.PORT ?? 8787);
  const receive = createReceiver({ secrets, act });
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.writeHead(500).end());
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`listening on ${port}\n`));
}
