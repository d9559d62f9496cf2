import { describe, expect, it } from 'vitest';
import { type BatchAnswer, settleBatch } from '../../src/campaigns/settle-batch.ts';

const NOW = 1_000_000;
const LAST = 12;
const WAIT_MS = 5_000;

/** What the one account of a request comes to. */
function settle(answer: BatchAnswer, { attempt = 1, doubtful = false } = {}) {
  const rows = [{ account: '7', key: 'k7', attempt, doubtful }];
  return settleBatch(rows, answer, { now: NOW, waitMs: (of) => of * WAIT_MS }).get('7');
}
const results = (result: { status: 'done' } | { status: 'failed'; reason: string; retry: boolean }): BatchAnswer => ({
  kind: 'results',
  results: new Map([['k7', result]]),
});
const missing: BatchAnswer = { kind: 'results', results: new Map([['other', { status: 'done' }]]) };
const notBefore = NOW + WAIT_MS;

describe('settleBatch', () => {
  it('gives each account what was said under its own key', () => {
    const rows = ['1', '2'].map((account) => ({ account, key: `k${account}`, attempt: 1, doubtful: false }));
    const answer: BatchAnswer = {
      kind: 'results',
      results: new Map([
        ['k1', { status: 'done' }],
        ['k2', { status: 'failed', reason: 'not_found', retry: false }],
      ]),
    };
    expect([...settleBatch(rows, answer, { now: NOW, waitMs: () => 0 })]).toEqual([
      ['1', { state: 'done' }],
      ['2', { state: 'failed', reason: 'not_found' }],
    ]);
  });

  it('waits as long as the attempt calls for, or longer where the other side asks for it', () => {
    expect(settle({ kind: 'later', error: 'http_429' }, { attempt: 3 })).toMatchObject({
      notBefore: NOW + 3 * WAIT_MS,
    });
    expect(settle({ kind: 'later', error: 'http_429', afterMs: 60_000 })).toMatchObject({ notBefore: NOW + 60_000 });
    expect(settle({ kind: 'later', error: 'http_429', afterMs: 1 })).toMatchObject({ notBefore });
  });

  it('a failure that may pass is tried again, in another request, but for the last time', () => {
    const busy = results({ status: 'failed', reason: 'busy', retry: true });
    expect(settle(busy)).toEqual({ state: 'again', reason: 'busy', notBefore, certain: true });
    expect(settle(busy, { attempt: LAST - 1 })).toMatchObject({ state: 'again' });
    expect(settle(busy, { attempt: LAST })).toEqual({ state: 'failed', reason: 'busy' });
  });

  it('who was not answered for may be done', () => {
    expect(settle(missing)).toEqual({ state: 'again', reason: 'not answered for', notBefore, certain: false });
    expect(settle(missing, { attempt: LAST })).toEqual({ state: 'given_up', reason: 'not answered for' });
  });

  it('an unknown end is repeated as it was, until it is given up', () => {
    const answer: BatchAnswer = { kind: 'unknown', error: 'timeout' };
    expect(settle(answer)).toEqual({ state: 'repeat', reason: 'timeout', notBefore });
    expect(settle(answer, { attempt: LAST })).toEqual({ state: 'given_up', reason: 'timeout' });
    expect(settle(answer, { attempt: LAST + 1 })).toMatchObject({ state: 'given_up' });
  });

  it('what never arrived was not done, unless an earlier attempt did it', () => {
    const answer: BatchAnswer = { kind: 'later', error: 'ECONNREFUSED' };
    expect(settle(answer)).toEqual({ state: 'again', reason: 'ECONNREFUSED', notBefore, certain: true });
    expect(settle(answer, { doubtful: true })).toEqual({ state: 'repeat', reason: 'ECONNREFUSED', notBefore });
    expect(settle(answer, { attempt: LAST })).toEqual({ state: 'failed', reason: 'ECONNREFUSED' });
    expect(settle(answer, { attempt: LAST, doubtful: true })).toMatchObject({ state: 'given_up' });
  });

  it('what was refused was not done, unless an earlier attempt did it', () => {
    const answer: BatchAnswer = { kind: 'refused', error: 'http_400' };
    expect(settle(answer)).toEqual({ state: 'failed', reason: 'http_400' });
    expect(settle(answer, { doubtful: true })).toEqual({ state: 'given_up', reason: 'http_400' });
  });
});
