import { describe, expect, it } from 'vitest';
import { createAccountService } from '../../src/enforcement/account-webhook.ts';
import type { WebhookOutcome } from '../../src/enforcement/post-webhook.ts';
import { actionViewLike } from '../action-world.ts';
import { NOW } from '../campaign-fixture.ts';

const BATCH = { id: 'b1', rows: [{ accountId: 'acct_1', key: 'k1' }] };

/** What comes of a request that ends so, and what was sent. */
async function ask(outcome: WebhookOutcome, change: Parameters<typeof actionViewLike>[0] = {}) {
  const messages: { id: string; body: string; at: number }[] = [];
  const service = createAccountService(async (message) => {
    messages.push(message);
    return outcome;
  });
  const answer = await service.ask(actionViewLike(change).proposal, BATCH, NOW);
  return { answer, messages };
}
const answered = (status: number, body = '', retryAfterMs?: number): WebhookOutcome => ({
  kind: 'answered',
  status,
  body,
  retryAfterMs,
});
const said = async (...results: object[]) => {
  const { answer } = await ask(answered(200, JSON.stringify({ results })));
  return answer.kind === 'results' ? Object.fromEntries(answer.results) : answer;
};

describe('the message to the account service', () => {
  it('says what was approved, by whom, and which accounts', async () => {
    const approvals = [
      { by: 'U0JONAS', at: NOW - 5 },
      { by: 'U0RAVI', at: NOW },
    ];
    const { messages } = await ask(answered(200), { approvals, proposedAt: NOW - 9 });
    expect(messages).toEqual([{ id: 'msg_b1', at: NOW, body: expect.any(String) }]);
    expect(JSON.parse(messages[0]?.body ?? '')).toEqual({
      type: 'accounts.suspend',
      timestamp: '2026-04-30T09:12:00.000Z',
      data: {
        action: 'suspend',
        campaign: 'C-12',
        proposal: 'P-3',
        list: { sha256: 'ab'.repeat(32), accounts: 1_184 },
        reason: 'one key, eight templates',
        proposed_by: 'U0MARA',
        approved_by: ['U0JONAS', 'U0RAVI'],
        accounts: [{ account_id: 'acct_1', idempotency_key: 'k1' }],
      },
    });
  });

  it('is of the time of the one approval', async () => {
    const { messages } = await ask(answered(200), { approvals: [{ by: 'U0JONAS', at: NOW - 60_000 }] });
    expect(JSON.parse(messages[0]?.body ?? '')).toMatchObject({ timestamp: '2026-04-30T09:11:00.000Z' });
  });

  it('is of the time of its proposal where nobody approved', async () => {
    const { messages } = await ask(answered(200), { proposedAt: Date.parse('2026-04-01T00:00:00Z') });
    expect(JSON.parse(messages[0]?.body ?? '')).toMatchObject({ timestamp: '2026-04-01T00:00:00.000Z' });
  });
});

describe('its answer', () => {
  it.each([
    ['never left', { kind: 'never_sent', error: 'ECONNREFUSED' }, { kind: 'later', error: 'ECONNREFUSED' }],
    ['has no end', { kind: 'unknown', error: 'timeout' }, { kind: 'unknown', error: 'timeout' }],
    ['asks to wait', answered(429, '', 7), { kind: 'later', error: 'http_429', afterMs: 7 }],
    ['is a fault', answered(500, '', 7), { kind: 'unknown', error: 'http_500', afterMs: 7 }],
    ['is none yet', answered(199), { kind: 'unknown', error: 'http_199' }],
    ['is a redirect', answered(300), { kind: 'refused', error: 'http_300' }],
    ['is a refusal', answered(499), { kind: 'refused', error: 'http_499' }],
    ['is no JSON', answered(200, '<html>'), { kind: 'unknown', error: 'not_an_answer' }],
    ['is something else', answered(299, '{"results":"fine"}'), { kind: 'unknown', error: 'not_an_answer' }],
  ] as const)('of a request that %s', async (_, outcome, answer) => {
    expect((await ask(outcome)).answer).toEqual(answer);
  });

  it('tells of each account by its key', async () => {
    expect(
      await said(
        { idempotency_key: 'k1', status: 'done' },
        { idempotency_key: 'k2', status: 'failed', reason: ' busy ', retry: true },
        { idempotency_key: 'k3', status: 'failed' },
        { idempotency_key: 'k4', status: 'failed', reason: 'x'.repeat(300) },
      ),
    ).toEqual({
      k1: { status: 'done' },
      k2: { status: 'failed', reason: 'busy', retry: true },
      k3: { status: 'failed', reason: 'no reason given', retry: false },
      k4: { status: 'failed', reason: 'x'.repeat(200), retry: false },
    });
  });

  it('says nothing of an account where it says both', async () => {
    const done = { idempotency_key: 'k1', status: 'done' };
    expect(await said(done, { idempotency_key: 'k1', status: 'failed' }, done)).toEqual({});
    expect(await said(done, done)).toEqual({ k1: { status: 'done' } });
  });

  it.each([{ status: 'done' }, { idempotency_key: 'k1' }, { idempotency_key: 'k1', status: 'perhaps' }])(
    'is none with %j in it',
    async (result) => {
      expect(await said(result)).toEqual({ kind: 'unknown', error: 'not_an_answer' });
    },
  );
});
