import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditHead, verifyAudit } from '../../src/db/audit-entry.ts';
import { readHold } from '../../src/db/legal-hold.ts';
import { clearActions, makeCampaign } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { escalateRoom } from './escalating.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
let begun = 0;
beforeEach(async () => {
  await clearActions(database.pool);
  begun = (await auditHead(database.pool)).seq;
});

const story = (sides?: Parameters<typeof escalateRoom>[1]) => escalateRoom(database.pool, sides);

async function audited(): Promise<{ actor: string; action: string; reason: string; detail: unknown }[]> {
  const { rows } = await database.pool.query(
    `select actor, action, reason, detail from audit_entry where action ~ 'escal|hold' and seq > $1 order by seq`,
    [begun],
  );
  return rows as never;
}

describe('PagerDuty', () => {
  it('is told of a campaign, of its acknowledgement and of its end, under one key', async () => {
    const { say, tell, texts, pagerduty, clock, sandbox } = await story();
    expect(await say('U0MARA', '/campaign escalate C-1 it runs in production <!channel>')).toContain(
      'C-1 goes to PagerDuty',
    );
    await tell();
    expect(pagerduty.refused).toEqual([]);
    expect(pagerduty.events).toHaveLength(1);
    const [trigger] = pagerduty.events;
    expect(trigger).toMatchObject({
      event_action: 'trigger',
      links: [{ href: expect.stringContaining('/archives/C0ALERTS/p') }],
      payload: {
        severity: 'critical',
        summary:
          'C-1: critical distillation campaign, 1184 accounts, 31402 exchanges. it runs in production <!channel>',
        custom_details: { accounts: 1_184, evidence: 'content, payment, timing', escalated_by: 'U0MARA' },
      },
    });
    expect(texts()[0]).toContain('Escalated to *PagerDuty*');
    expect(texts()[0]).not.toContain('on its way');
    expect(texts()[1]).toMatch(/^\*.+\* escalated C-1 to \*PagerDuty\* .*: it runs in production &lt;!channel&gt;$/);

    clock.advance(60_000);
    expect(await say('U0JONAS', '/campaign escalate C-1 pagerduty now really')).toMatch(
      /^C-1 was already escalated to PagerDuty by <@U0MARA> .* Nothing was sent anew\.$/,
    );
    await say('U0JONAS', '/campaign ack 1');
    await tell();
    await say('U0JONAS', '/campaign note 1 still at it');
    await tell();
    await say('U0JONAS', '/campaign dismiss 1 it is our own test');
    await tell();
    expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect(new Set(pagerduty.events.map((event) => event.dedup_key)).size).toBe(1);
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'resolved', calls: 1 }]);
    expect(texts()[0]).not.toContain('Escalated');
    expect(await audited()).toEqual([
      {
        actor: 'U0MARA',
        action: 'campaign.escalate',
        reason: 'it runs in production <!channel>',
        detail: {
          target: 'pagerduty',
          seen: { status: 'suspected', severity: 'critical', accounts: 1_184, confidence: 0.97, acknowledgedAt: null },
        },
      },
      ...['trigger', 'acknowledge', 'resolve'].map((event) => ({
        actor: 'retort',
        action: 'escalation.deliver',
        reason: 'taken',
        detail: { target: 'pagerduty', event, attempts: 1 },
      })),
    ]);
    expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('gets a person’s words as one line, and no link where Slack gives none', async () => {
    const { openForm, submit, tell, pagerduty, sandbox } = await story();
    sandbox.control.fail('chat.getPermalink', { kind: 'hang' });
    await openForm('U0MARA');
    await submit('U0MARA', { target: 'pagerduty', reason: 'wake\n\u{202e}up\u{200b}!' });
    sandbox.control.clearFaults();
    await tell();
    expect(pagerduty.refused).toEqual([]);
    expect(pagerduty.events[0]).toMatchObject({
      payload: { summary: expect.stringMatching(/exchanges\. wake up !$/), custom_details: { reason: 'wake up !' } },
    });
    expect(pagerduty.events[0]).not.toHaveProperty('links');
  });

  it('is not silenced by who escalates what they have themselves', async () => {
    const { say, tell, pagerduty, clock } = await story();
    await say('U0MARA', '/campaign ack 1');
    await say('U0MARA', '/campaign escalate 1 I cannot do this alone');
    await say('U0MARA', '/campaign note 1 help is called');
    await tell();
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 1 }]);
    clock.advance(60_000);
    await say('U0MARA', '/campaign confirm 1 the cards match');
    await tell();
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 1 }]);
  });

  it('is told anew of a campaign that was opened again', async () => {
    const { say, tell, pagerduty } = await story();
    await say('U0MARA', '/campaign escalate 1 help');
    await say('U0MARA', '/campaign dismiss 1 our own test');
    await say('U0MARA', '/campaign reopen 1 it was not');
    await say('U0MARA', '/campaign escalate 1 help again');
    await tell();
    expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual(['trigger', 'resolve', 'trigger']);
    expect([...pagerduty.incidents.values()]).toEqual([{ state: 'triggered', calls: 2 }]);
  });

  it('is called once by two people at once, whom it tells who was first', async () => {
    const { interactions, tell, pagerduty } = await story();
    const both = await Promise.all(
      ['U0MARA', 'U0JONAS'].map((user) => interactions.command({ user, text: 'escalate 1 pagerduty at once' })),
    );
    const told = both.map((answer) => ('message' in answer ? answer.message?.text : ''));
    expect(told.filter((text) => text?.startsWith('C-1 goes to PagerDuty'))).toHaveLength(1);
    expect(told.filter((text) => text?.startsWith('C-1 was already escalated'))).toHaveLength(1);
    await tell();
    expect(pagerduty.events).toHaveLength(1);
  });
});

describe('the webhook', () => {
  it('opens, acknowledges and closes a ticket by the example that users copy', async () => {
    const { say, tell, tickets, alert } = await story(['webhook']);
    const hostile = `'; drop table campaign; --\u{202e} {"a":1} \\\0 <!here>`;
    expect(await say('U0MARA', `/campaign escalate 1 ${hostile}`)).toContain('C-1 goes to the escalation webhook');
    await tell();
    await say('U0JONAS', '/campaign assign 1 me');
    await tell();
    await alert();
    await say('U0JONAS', '/campaign merge 1 2 the same jobs');
    await tell();
    expect(tickets.done.map(({ what }) => what)).toEqual(['open', 'acknowledge', 'close']);
    expect(new Set(tickets.done.map(({ key }) => key)).size).toBe(1);
    expect(tickets.done[0]?.data).toEqual({
      campaign: 'C-1',
      dedup_key: expect.stringMatching(/^retort:C-1:[0-9a-z]+$/),
      kind: 'extraction',
      status: 'suspected',
      severity: 'critical',
      confidence: expect.closeTo(0.97),
      accounts: 1_184,
      exchanges: 31_402,
      first_exchange_at: '2026-04-22T00:04:00.000Z',
      last_exchange_at: '2026-04-30T08:57:00.000Z',
      evidence: ['content', 'payment', 'timing'],
      detections: ['shared-template', 'shared-payment', 'no-night'],
      merged_into: null,
      reason: expect.stringContaining(`'; drop table campaign; --`),
      by: 'U0MARA',
      link: expect.stringContaining('/archives/C0ALERTS/p'),
    });
    expect(tickets.done[1]?.data).toMatchObject({ status: 'acknowledged', by: 'U0JONAS' });
    expect(tickets.done[2]?.data).toMatchObject({ status: 'merged', merged_into: 'C-2', by: 'U0JONAS' });
  });
});

describe('legal', () => {
  it('is told what is known without an account’s name, and holds the campaign against any ban', async () => {
    const { say, open, tell, legal, texts, sandbox, clock } = await story();
    const { number } = await makeCampaign(database.pool, { accounts: 5 });
    expect(await say('U0MARA', `/campaign escalate ${number} legal subpoena expected @channel *now*`)).toContain(
      'It is held from now on',
    );
    await say('U0MARA', '/campaign escalate 1 legal the same for this one');
    await tell();
    const [message, second] = legal();
    expect(message?.text).toContain(`*C-${number}: preserve evidence, do not tip off.*`);
    expect(message?.text).toContain('asks <!date^');
    expect(message?.text).toContain('subpoena expected ＠channel ∗now∗');
    expect(message?.text).toContain('eight prompt templates dealt evenly');
    expect(JSON.stringify(message)).not.toContain('acct_');
    expect(second?.text).toContain('/archives/C0ALERTS/p');
    expect(texts().at(-1)).toContain('C-1 is held: none of its accounts is touched');
    expect(await say('U0MARA', `/campaign ban C-${number}`)).toContain('held for legal by <@U0MARA>');
    expect(await say('U0MARA', `/campaign hold lift ${number} over`)).toContain('This is for approvers');
    expect(await say('U0JONAS', `/campaign escalate ${number} legal once more`)).toContain(
      'already escalated to legal',
    );
    expect((await audited()).map(({ action }) => action)).toEqual([
      'campaign.escalate',
      'hold.place',
      'campaign.escalate',
      'hold.place',
    ]);
    expect(await say('U0RAVI', `/campaign hold lift ${number} counsel says so`)).toContain('is lifted');
    await open('U0MARA', `/campaign ban C-${number}`);

    clock.advance(60_000);
    await say('U0MARA', '/campaign dismiss 1 our own test');
    await tell();
    expect(legal().at(-1)?.text).toMatch(/^\*C-1\* was dismissed by \*.+\* .* Its hold stays until it is lifted\.$/);
    expect(await readHold(database.pool, 1)).toMatchObject({ by: 'U0MARA' });
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('keeps the hold that stands, and may be told of what was contained', async () => {
    const { say, tell, legal } = await story(['legal']);
    await say('U0JONAS', '/campaign hold place 1 a phone call');
    await database.pool.query(`update campaign set status = 'contained'`);
    expect(await say('U0MARA', '/campaign escalate 1 legal in writing now')).toContain('It was held already');
    await say('U0MARA', '/campaign note 1 nothing new');
    await tell();
    expect(legal()).toHaveLength(1);
    expect(await readHold(database.pool, 1)).toMatchObject({ by: 'U0JONAS', reason: 'a phone call' });
  });

  it('waits for a channel that Retort cannot enter, and loses nothing', async () => {
    const { say, tell, legal, sandbox, worker, settle, clock } = await story(['legal']);
    sandbox.control.removeBot('abuse-legal');
    await say('U0MARA', '/campaign escalate 1 legal please');
    await tell();
    expect(legal()).toEqual([]);
    sandbox.control.inviteBot('abuse-legal');
    clock.advance(600_000);
    await settle(worker());
    expect(legal()).toHaveLength(1);
  });
});
