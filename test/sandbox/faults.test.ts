import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import { clientOf, startSandbox } from './bolt-app.ts';
import { errorOf } from './refusal.ts';

const channel = 'C0ALERTS';

async function failing(fault: Fault, times = 1) {
  const sandbox = await startSandbox();
  sandbox.control.fail('chat.postMessage', fault, times);
  const post = async (client = clientOf(sandbox)) => client.chat.postMessage({ channel, text: 'x' });
  return { sandbox, post, count: () => sandbox.control.messages(channel).length };
}

describe('a call that fails', () => {
  test.each<{ fault: Fault; error: object; done: number }>([
    { fault: { kind: 'http_500' }, error: { code: ErrorCode.HTTPError, statusCode: 500 }, done: 0 },
    { fault: { kind: 'http_500_after' }, error: { code: ErrorCode.HTTPError, statusCode: 500 }, done: 1 },
    { fault: { kind: 'reset' }, error: { code: ErrorCode.RequestError }, done: 0 },
    { fault: { kind: 'reset_after' }, error: { code: ErrorCode.RequestError }, done: 1 },
    { fault: { kind: 'html' }, error: { code: ErrorCode.PlatformError }, done: 0 },
    { fault: { kind: 'error', error: 'token_revoked' }, error: { data: { error: 'token_revoked' } }, done: 0 },
    {
      fault: { kind: 'rate_limited', retryAfter: 7 },
      error: { code: ErrorCode.RateLimitedError, retryAfter: 7 },
      done: 0,
    },
  ])('$fault.kind: posted $done times, and the next call succeeds', async ({ fault, error, done }) => {
    const { post, count } = await failing(fault);
    await expect(post()).rejects.toMatchObject(error);
    expect(count()).toBe(done);
    await post();
    expect(count()).toBe(done + 1);
  });

  test('429 without Retry-After', async () => {
    const { post, count } = await failing({ kind: 'rate_limited' });
    await expect(post()).rejects.toThrow(/retry-after/i);
    expect(count()).toBe(0);
  });

  test.each([
    { kind: 'hang' as const, done: 0 },
    { kind: 'hang_after' as const, done: 1 },
  ])('$kind leaves the client waiting', async ({ kind, done }) => {
    const { sandbox, post, count } = await failing({ kind });
    const options = {
      slackApiUrl: sandbox.apiUrl,
      timeout: 200,
      retryConfig: { retries: 0 },
      logLevel: LogLevel.ERROR,
    };
    await expect(post(new WebClient(sandbox.tokens.bot, options))).rejects.toMatchObject({
      code: ErrorCode.RequestError,
    });
    // The call may still be on its way when the client gives up.
    await sandbox.control.until(() => sandbox.control.calls('chat.postMessage').find((each) => each.settled));
    expect(count()).toBe(done);
  });
});

test('a fault lasts until it is cleared, and `*` is for every method', async () => {
  const sandbox = await startSandbox();
  const client = clientOf(sandbox);
  sandbox.control.fail('*', { kind: 'error', error: 'account_inactive' });
  expect(await errorOf(client.auth.test())).toBe('account_inactive');
  expect(await errorOf(client.users.list({}))).toBe('account_inactive');
  sandbox.control.clearFaults();
  await client.auth.test();
});
