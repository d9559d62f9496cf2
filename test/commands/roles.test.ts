import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';
import type { Answer, FormAnswer } from '../../src/slack/interactions.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { slackRoom } from '../slack/slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const GROUPS = { responders: 'S0ONCALL', approvers: 'S0APPROVERS', admins: 'S0ADMINS' };

const wordsOf = (answer: Answer | FormAnswer): string => JSON.stringify(answer);
const controls = VERBS.flatMap(({ name, controls: all }) =>
  Object.entries(all).map(([id, { role }]) => ({ id: `${name}.${id}`, role })),
);
const forms = VERBS.flatMap(({ name, forms: all = {} }) =>
  Object.entries(all).map(([id, { role }]) => ({ id: `${name}.${id}`, role })),
);

const RANK = { reader: 0, responder: 1, approver: 2, admin: 2 };

describe('every verb, control and form', () => {
  it('refuses a guest by itself', async () => {
    const { interactions } = await slackRoom(database.pool, 'http');
    const user = 'U0THEO';
    for (const { name } of VERBS) {
      expect(wordsOf(await interactions.command({ user, text: `${name} 1` }))).toContain('Guests');
    }
    for (const { id } of controls) {
      const clicked = { action_id: id, value: 'C-1' };
      expect([id, wordsOf(await interactions.press({ user, clicked }))]).toEqual([
        id,
        expect.stringContaining('Guests'),
      ]);
    }
    for (const { id } of forms) {
      const submitted = await interactions.submit({ user, form: id, value: '{}', fields: {} });
      expect([id, wordsOf(submitted)]).toEqual([id, expect.stringContaining('Guests')]);
    }
    expect(wordsOf((await interactions.home({ user })) as never)).toContain('Guests');
  });

  it('that changes something refuses who may only look', async () => {
    const { interactions } = await slackRoom(database.pool, 'http', { groups: { responders: 'S0ONCALL' } });
    const user = 'U0INES';
    const acting = controls.filter(({ role }) => role !== 'reader');
    expect(acting.length).toBeGreaterThan(5);
    for (const { id, role } of acting) {
      const clicked = { action_id: id, value: 'C-1' };
      expect(wordsOf(await interactions.press({ user, clicked }))).toContain(`This is for ${role}s`);
    }
    expect(forms.every(({ role }) => role !== 'reader')).toBe(true);
    for (const { id } of forms) {
      expect(wordsOf(await interactions.submit({ user, form: id, value: '{}', fields: {} }))).toContain(
        'This is for responders',
      );
    }
  });

  it('has a role that does not let more through by its buttons than by its words', () => {
    for (const { name, role, controls: all, actions = [] } of VERBS) {
      if (role === 'reader' || actions.length > 0) continue;
      const weaker = Object.entries(all).filter(([, control]) => RANK[control.role] < RANK[role]);
      expect([name, weaker.map(([id]) => id)]).toEqual([name, []]);
    }
  });
});

describe('admins', () => {
  const switchOff = '/campaign detections disable no-night too noisy at present';

  it('alone switch detections where they have a group, and may act as well', async () => {
    const { say, alert, sandbox } = await slackRoom(database.pool, 'http', {
      groups: { ...GROUPS, admins: 'abuse-approvers' },
    });
    await alert();
    expect(await say('U0MARA', switchOff)).toContain('This is for admins');
    expect(await say('U0RAVI', switchOff)).toContain('no-night');
    expect(await say('U0RAVI', '/campaign ack 1')).toContain('You have C-1');
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('are whoever may act, where they have none', async () => {
    const { say } = await slackRoom(database.pool, 'http', { groups: { responders: 'S0ONCALL' } });
    expect(await say('U0INES', switchOff)).toContain('This is for admins');
    expect(await say('U0MARA', switchOff)).not.toContain('This is for');
  });

  it('are nobody while their group is unknown to Slack', async () => {
    const { say } = await slackRoom(database.pool, 'http', { groups: GROUPS });
    expect(await say('U0RAVI', switchOff)).toContain('nothing was done');
  });
});
