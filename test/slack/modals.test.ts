import { z } from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defineControl, defineForm, defineVerb } from '../../src/commands/define-verb.ts';
import { Reason } from '../../src/commands/reason.ts';
import { VERBS } from '../../src/commands/registry.ts';
import type { Role } from '../../src/slack/roles.ts';
import { actions, button } from '../../src/slack/blocks/block.ts';
import { noticeOf } from '../../src/slack/blocks/message.ts';
import { choiceInput, formModal, textInput } from '../../src/slack/blocks/modal.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Mode, slackRoom } from './slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function form(title: string) {
  return formModal({
    form: 'rename.name',
    value: 'C-7',
    title,
    submit: 'Rename',
    blocks: [
      actions([button('rename.again', 'Again', 'C-7')]),
      textInput({ name: 'reason', label: 'Why', lines: 'many' }),
      choiceInput({
        name: 'colour',
        label: 'Colour',
        choices: [
          { value: 'red', label: 'Red' },
          { value: 'blue', label: 'Blue' },
        ],
      }),
    ],
  });
}

/** A verb whose modal has all that modals can have; `gate` holds its form up. */
function renaming({
  formRole = 'responder',
  gate = Promise.resolve(),
}: {
  formRole?: Role;
  gate?: Promise<void>;
} = {}) {
  return defineVerb({
    name: 'rename',
    usage: 'rename',
    summary: 'Opens a form',
    role: 'reader',
    args: z.object({}),
    run: async () => ({ modal: form('Rename') }),
    controls: {
      again: defineControl({
        role: 'reader',
        value: z.string(),
        run: async () => ({ modal: form('Again'), replaces: true }),
      }),
    },
    forms: {
      name: defineForm({
        role: formRole,
        value: z.string(),
        fields: z.object({ reason: Reason, colour: z.enum(['red', 'blue']) }),
        async run({ value, fields: { reason, colour } }, { actor }) {
          await gate;
          if (colour === 'blue') return { errors: { colour: 'Blue is taken' } };
          if (reason === 'break') throw new Error('secret detail');
          return { message: noticeOf(`${actor} renamed ${value} to ${colour}: ${reason}`) };
        },
      }),
    },
  });
}

it.each<Mode>(['http', 'socket'])(
  'opens a form, says at its fields what is wrong, and tells what came of it, over %s',
  async (mode) => {
    const { open, submit, sandbox } = await slackRoom(database.pool, mode, { verbs: [...VERBS, renaming()] });
    expect((await open('U0MARA', '/campaign rename')).title?.text).toBe('Rename');
    expect(await submit('U0MARA', { reason: 'ab' })).toEqual({
      errors: { reason: 'the reason is too short to help the next person' },
    });
    expect(await submit('U0MARA', { reason: 'good', colour: 'blue' })).toEqual({ errors: { colour: 'Blue is taken' } });
    expect(await submit('U0MARA', { reason: 'good' })).toEqual({ words: 'U0MARA renamed C-7 to red: good' });
    expect(sandbox.control.complaints()).toEqual([]);
  },
);

it('changes a modal from within', async () => {
  const { open, sandbox } = await slackRoom(database.pool, 'http', { verbs: [...VERBS, renaming()] });
  const view = await open('U0MARA', '/campaign rename');
  const action = { type: 'button', action_id: 'rename.again', block_id: 'controls', value: 'C-7' };
  await sandbox.act({ user: 'U0MARA', container: { type: 'view', view_id: view.id }, action, state: {} });
  await sandbox.control.until(() => sandbox.control.views('U0MARA').at(-1)?.title?.text === 'Again');
  expect(sandbox.control.views('U0MARA')).toHaveLength(1);
});

it('refuses in the modal who may not submit it, and hides faults behind an incident', async () => {
  const verbs = [...VERBS, renaming({ formRole: 'approver' })];
  const first = await slackRoom(database.pool, 'http', { verbs });
  await first.open('U0MARA', '/campaign rename');
  expect(await first.submit('U0MARA', { reason: 'good' })).toEqual({
    words: expect.stringContaining('This is for approvers'),
  });
  const second = await slackRoom(database.pool, 'http', { verbs: [...VERBS, renaming()] });
  await second.open('U0MARA', '/campaign rename');
  const { words } = (await second.submit('U0MARA', { reason: 'break' })) as { words: string };
  expect(words).toMatch(/incident `R-\w+`/);
  expect(words).not.toContain('secret detail');
});

it('says that a slow form is still at work, then what came of it', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const { open, submit, sandbox } = await slackRoom(database.pool, 'http', {
    verbs: [...VERBS, renaming({ gate })],
    patienceMs: 1,
  });
  await open('U0MARA', '/campaign rename');
  expect(await submit('U0MARA', { reason: 'good' })).toEqual({ words: expect.stringContaining('Still at work') });
  release();
  await sandbox.control.until(() => JSON.stringify(sandbox.control.views('U0MARA')).includes('renamed C-7 to red'));
});
