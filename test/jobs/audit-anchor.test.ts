import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { appendAudit, auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { readAnchors } from '../../src/campaigns/audit-verdict.ts';
import { transaction } from '../../src/db/query.ts';
import { auditAnchorJob } from '../../src/jobs/audit-anchor.ts';
import { silentLog } from '../../src/log.ts';
import { openWebhooks } from '../../src/open-webhooks.ts';
import { readConfig } from '../../src/config.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { example, SECRET } from '../enforcement/receiver.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('sends the head of the chain, signed, as an anchor that verifies; a refusal fails the slot', async () => {
  const entry = { at: NOW, actor: 'U1', action: 'action.approve', subject: 'C-1', reason: 'why' };
  await transaction(database.pool, (tx) => appendAudit(tx, entry));
  let status = 200;
  const received: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { actions } = readConfig({
    RETORT_AUDIT_ANCHOR_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    RETORT_WEBHOOK_SECRETS: SECRET,
    RETORT_WEBHOOK_ALLOW: '127.0.0.1/32',
  });
  const { anchor: post, accounts } = openWebhooks(actions);
  expect(accounts).toBeUndefined();
  if (post === undefined) throw new Error('nowhere to send to');
  const job = auditAnchorJob({ pool: database.pool, post });
  const slot = { slotAt: NOW, now: NOW, skipped: 0, attempt: 1, signal: new AbortController().signal, log: silentLog };
  expect(await job.run(slot)).toMatchObject({ entries: 1 });
  const [told] = received;
  expect(example.verifySignature([SECRET], told?.headers ?? {}, told?.body ?? '', NOW / 1000)).toBe(true);
  expect(readAnchors(told?.body ?? '')).toEqual([await auditHead(database.pool)]);
  expect(await verifyAudit(database.pool, readAnchors(told?.body ?? ''))).toMatchObject({ ok: true });
  status = 503;
  await expect(job.run(slot)).rejects.toThrow('http_503');
});

it('is nowhere to be sent without an address', () => {
  expect(openWebhooks(readConfig({}).actions)).toEqual({ accounts: undefined, anchor: undefined });
});
