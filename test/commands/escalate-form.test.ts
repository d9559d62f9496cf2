import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { validateView } from '../../sandbox/block-kit/validate.ts';
import { readHold } from '../../src/db/legal-hold.ts';
import { escalateForm } from '../../src/slack/blocks/campaign-forms.ts';
import { clearActions } from '../action-world.ts';
import { campaignLike } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { ALL, escalateRoom } from './escalating.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

const story = (sides?: Parameters<typeof escalateRoom>[1]) => escalateRoom(database.pool, sides);

describe('the form', () => {
  it('offers who is configured, and asks again where the campaign changed', async () => {
    const { openForm, submit, say, tell, pagerduty, sandbox } = await story(['pagerduty', 'legal']);
    const view = await openForm('U0MARA');
    const shown = JSON.stringify(view.blocks);
    expect(shown).toContain('Legal and policy');
    expect(shown).not.toContain('webhook');
    expect(await submit('U0MARA', { target: 'pagerduty', reason: 'x' })).toMatchObject({ errors: {} });
    await say('U0JONAS', '/campaign confirm 1 the cards match');
    const { words } = (await submit('U0MARA', { target: 'pagerduty', reason: 'help' })) as { words: string };
    expect(words).toContain('It was suspected and is confirmed now, by <@U0JONAS>');
    expect(await submit('U0MARA', { target: 'pagerduty', reason: 'help' })).toEqual({
      words: expect.stringContaining('C-1 goes to PagerDuty'),
    });
    await tell();
    expect(pagerduty.events).toHaveLength(1);
    expect(await say('U0MARA', '/campaign escalate 1 webhook help')).toContain(
      'set `RETORT_ESCALATION_URL` and `RETORT_WEBHOOK_SECRETS`',
    );
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('holds Slack’s limits', () => {
    const hostile = '<!channel>&'.repeat(60).slice(0, 500);
    const campaign = campaignLike({ id: 'C-123456789', accountCount: 25_000 });
    expect(validateView(escalateForm(campaign, { changes: [], fields: { reason: hostile } }, ALL), 'modal')).toEqual(
      [],
    );
  });
});

describe('refusals', () => {
  it.each([
    ['99 help', 'There is no C-99'],
    ['1', 'the reason is missing'],
    ['1 legal', 'the reason is too short'],
    ['1 pagerduty ab', 'the reason is too short'],
    ['x help', 'x is no campaign'],
  ])('escalate %s', async (words, told) => {
    const { say, tell, pagerduty } = await story();
    expect(await say('U0MARA', `/campaign escalate ${words}`)).toContain(told);
    await tell();
    expect(pagerduty.events).toEqual([]);
  });

  it('of what is not configured say which variable to set', async () => {
    const { say, pressForm } = await story([]);
    expect(await say('U0MARA', '/campaign escalate 1 help')).toContain('`RETORT_PAGERDUTY_ROUTING_KEY` for PagerDuty');
    expect(await pressForm('U0MARA')).toContain('There is nobody to escalate to yet');
    expect(await say('U0MARA', '/campaign escalate 1 legal help')).toContain('set `RETORT_LEGAL_CHANNEL`');
  });

  it('never take a campaign to legal unless that is said', async () => {
    const { say } = await story(['legal']);
    expect(await say('U0MARA', '/campaign escalate 1 help')).toContain('Legal is never told unless it is named');
    expect(await readHold(database.pool, 1)).toBeUndefined();
  });

  it.each(['dismissed', 'merged', 'contained'])('of what is %s', async (status) => {
    const { say, tell, pagerduty } = await story();
    await database.pool.query('update campaign set status = $1', [status]);
    expect(await say('U0MARA', '/campaign escalate 1 help')).toContain(
      `C-1 is ${status}: there is nothing to escalate`,
    );
    await tell();
    expect(pagerduty.events).toEqual([]);
  });

  it('of who may not act', async () => {
    const { say, pressForm, sandbox, clock } = await story();
    sandbox.control.setGroupMembers('abuse-approvers', ['U0INES']);
    clock.advance(61_000);
    expect(await say('U0RAVI', '/campaign escalate 1 legal help')).toContain('This is for responders');
    expect(await say('U0THEO', '/campaign escalate 1 help')).toContain('Guests');
    expect(await pressForm('U0RAVI')).toContain('This is for responders');
  });
});
