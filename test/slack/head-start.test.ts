import { z } from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defineVerb } from '../../src/commands/define-verb.ts';
import type { AtWork } from '../../src/slack/head-start.ts';
import { noticeOf } from '../../src/slack/blocks/message.ts';
import { noticeModal } from '../../src/slack/blocks/modal.ts';
import type { Answer } from '../../src/slack/interactions.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from './slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A verb that answers when it is let go, and not before. */
function countingSheep(answer: () => Answer, atWork?: AtWork) {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const verb = defineVerb({
    name: 'count',
    usage: 'count',
    summary: 'Counts sheep',
    role: 'reader',
    args: z.object({}),
    run: () => gate.then(answer),
    ...(atWork === undefined ? {} : { atWork: () => atWork }),
  });
  return { verb, go };
}

const done = () => ({ message: noticeOf('800 sheep') });
const modal = () => ({ modal: noticeModal(noticeOf('800 sheep in a modal')) });
const wordsOf = (view: { blocks: unknown } | undefined) => JSON.stringify(view?.blocks);

it('tells of what is known to take long that it is under way, and then what came of it', async () => {
  const { verb, go } = countingSheep(done, { text: 'Sheep are being counted.' });
  const { say, sandbox } = await slackRoom(database.pool, 'socket', { verbs: [verb], headStartMs: 1 });
  expect(await say('U0MARA', '/campaign count')).toBe('Sheep are being counted. What comes of it will stand here.');
  go();
  await sandbox.control.until(() => sandbox.control.ephemeral('U0MARA').some(({ text }) => text === '800 sheep'));
  expect(sandbox.control.complaints()).toEqual([]);
});

it('opens a modal at once, and fills it when there is something to fill it with', async () => {
  const { verb, go } = countingSheep(modal, { text: 'Sheep are being counted.', opens: 'modal' });
  const { open, sandbox } = await slackRoom(database.pool, 'socket', { verbs: [verb], headStartMs: 1 });
  const view = await open('U0MARA', '/campaign count');
  expect(wordsOf(view)).toContain('Sheep are being counted.');
  go();
  await sandbox.control.until(() => wordsOf(sandbox.control.views('U0MARA').at(-1)).includes('800 sheep in a modal'));
  expect(sandbox.control.views('U0MARA').map(({ id }) => id)).toEqual([view.id]);
});

it('tells a guest nothing of what would be under way', async () => {
  const { verb } = countingSheep(done, { text: 'Sheep are being counted.' });
  const { say } = await slackRoom(database.pool, 'http', { verbs: [verb], headStartMs: 1 });
  expect(await say('U0THEO', '/campaign count')).toContain('Guests');
});

it('answers whatever takes unexpectedly long, and then once more', async () => {
  const { verb, go } = countingSheep(done);
  const { say, sandbox } = await slackRoom(database.pool, 'http', { verbs: [verb], patienceMs: 1 });
  expect(await say('U0MARA', '/campaign count')).toBe('Still at work. What comes of it will stand here.');
  go();
  await sandbox.control.until(() => sandbox.control.ephemeral('U0MARA').some(({ text }) => text === '800 sheep'));
});

it('says that Slack would not wait for a form', async () => {
  const { verb, go } = countingSheep(modal);
  const { say, clock, sandbox } = await slackRoom(database.pool, 'http', { verbs: [verb], patienceMs: 1 });
  expect(await say('U0MARA', '/campaign count')).toContain('Still at work.');
  clock.advance(4_000);
  go();
  await sandbox.control.until(() =>
    sandbox.control.ephemeral('U0MARA').some(({ text }) => text.includes('Please ask once more')),
  );
});

it('answers a fault that comes late with its incident', async () => {
  const fault = () => {
    throw new Error('the sheep ran');
  };
  const { verb, go } = countingSheep(fault, { text: 'Sheep are being counted.' });
  const { say, sandbox } = await slackRoom(database.pool, 'http', { verbs: [verb], headStartMs: 1 });
  await say('U0MARA', '/campaign count');
  go();
  const told = await sandbox.control.until(() => sandbox.control.ephemeral('U0MARA')[1]);
  expect(told.text).toContain('incident');
});
