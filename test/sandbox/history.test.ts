import { expect, test } from 'vitest';
import { clientOf, startSandbox } from './bolt-app.ts';
import { errorOf } from './refusal.ts';

const channel = 'C0ALERTS';

/** Posts `count` messages, one a second from 1,000 s on; answers their times. */
async function posted(count: number) {
  let time = 1_000_000;
  const sandbox = await startSandbox({ now: () => time });
  const client = clientOf(sandbox);
  const stamps: string[] = [];
  for (let i = 0; i < count; i++) {
    stamps.push((await client.chat.postMessage({ channel, text: `m${i}` })).ts ?? '');
    time += 1_000;
  }
  return { client, sandbox, stamps };
}

test('message times come from the clock and never repeat', async () => {
  const sandbox = await startSandbox({ now: () => 1_000_000 });
  const client = clientOf(sandbox);
  const first = await client.chat.postMessage({ channel, text: 'a' });
  const second = await client.chat.postMessage({ channel, text: 'b' });
  expect([first.ts, second.ts]).toEqual(['1000.000000', '1000.000001']);
});

test('history goes back page by page', async () => {
  const { client } = await posted(5);
  const seen: (string | undefined)[] = [];
  for await (const page of client.paginate('conversations.history', { channel, limit: 2 })) {
    seen.push(...((page as { messages?: { text?: string }[] }).messages ?? []).map((each) => each.text));
  }
  expect(seen).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
  expect(await errorOf(client.conversations.history({ channel, cursor: 'nonsense' }))).toBe('invalid_cursor');
  expect(await errorOf(client.conversations.history({ channel, limit: 0 }))).toBe('invalid_limit');
});

test('oldest and latest leave themselves out unless inclusive', async () => {
  const { client, stamps } = await posted(4);
  const window = { channel, oldest: stamps[0] ?? '', latest: stamps[2] ?? '' };
  const texts = async (inclusive: boolean) =>
    (await client.conversations.history({ ...window, inclusive })).messages?.map((each) => each.text);
  expect(await texts(false)).toEqual(['m1']);
  expect(await texts(true)).toEqual(['m2', 'm1', 'm0']);
});

test('history needs membership', async () => {
  const { client, sandbox } = await posted(1);
  sandbox.control.removeBot('abuse-alerts');
  expect(await errorOf(client.conversations.history({ channel }))).toBe('not_in_channel');
});

test('channels are listed by type, private ones only to members', async () => {
  const { client, sandbox } = await posted(0);
  const names = async () =>
    (await client.conversations.list({ types: 'public_channel,private_channel' })).channels?.map((each) => each.name);
  expect(await names()).toEqual(['abuse-alerts', 'general']);
  sandbox.control.inviteBot('abuse-legal');
  expect(await names()).toEqual(['abuse-alerts', 'abuse-legal', 'general']);
  const { members } = await client.conversations.members({ channel: 'C0LEGAL' });
  expect(members).toEqual(['U0RAVI', 'U0INES', 'U0RETORTBOT']);
});
