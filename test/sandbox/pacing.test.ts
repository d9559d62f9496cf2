import { ErrorCode } from '@slack/web-api';
import { expect, test } from 'vitest';
import { clientOf, startSandbox } from './bolt-app.ts';

test('a channel takes a burst, then one post a second; others are not slowed', async () => {
  let time = 1_000_000;
  const sandbox = await startSandbox({ now: () => time, pacing: { perSecond: 1, burst: 2 } });
  const client = clientOf(sandbox);
  sandbox.control.inviteBot('general');
  const post = (channel: string) => client.chat.postMessage({ channel, text: 'x' });
  const limited = { code: ErrorCode.RateLimitedError, retryAfter: 1 };
  await post('C0ALERTS');
  await post('C0ALERTS');
  await expect(post('C0ALERTS')).rejects.toMatchObject(limited);
  await post('C0GENERAL');
  time += 999;
  await expect(post('C0ALERTS')).rejects.toMatchObject(limited);
  time += 1;
  await post('C0ALERTS');
  await expect(post('C0ALERTS')).rejects.toMatchObject(limited);
  expect(sandbox.control.messages('C0ALERTS')).toHaveLength(3);
});
