import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';
import { EVIDENCE } from '../campaign-fixture.ts';
import { addHit, addMembers } from '../campaign-members.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { BROKEN_OUT, problemsOf } from './problems-of.ts';
import { markupOf } from './markup-of.ts';
import { slackRoom } from './slack-room.ts';

const ACCOUNTS = 25_000;
const OTHERS = 40;
const DAY = 86_400_000;
/** The longest that an id may be, of all that could break out. */
const hostile = '<!channel>`*_~&\u{202e}<@U0MARA|x>:skull:😀'.repeat(9);
const cut = (text: string, max: number) => text.slice(0, max).replace(/\p{Surrogate}$/u, '');
const nameOf = (n: number) => `${cut(hostile, 128 - `${n}`.length)}${n}`;
/** The longest reason that people may give. */
const WORDS = cut(hostile.repeat(20), 500);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A campaign of 25,000 accounts, forty more, and all that people may have done with them. */
async function largestRoom() {
  const { pool } = database;
  const room = await slackRoom(pool, 'http', {
    groups: { responders: 'S0ONCALL', approvers: 'S0APPROVERS' },
    escalation: { pagerduty: true, webhook: true, legal: 'abuse-legal' },
  });
  room.sandbox.control.inviteBot('abuse-legal');
  const reason = { family: 'content' as const, accounts: ACCOUNTS, baseRate: 0.1, weight: 30 };
  const evidence = {
    ...EVIDENCE,
    reasons: Array.from({ length: 60 }, () => ({ ...reason, detection: cut(hostile, 80), text: WORDS })),
    ruledOut: Array.from({ length: 60 }, () => cut(hostile, 128)),
  };
  const detections = ['shared-payment', 'no-night', ...Array.from({ length: 40 }, () => cut(hostile, 80))];
  for (let number = 1; number <= OTHERS; number += 1) {
    await room.alert({ accountCount: ACCOUNTS, exchangeCount: 9e9, detections, evidence });
  }
  await addMembers(pool, 1, { count: ACCOUNTS, name: nameOf });
  await addMembers(pool, 2, { count: 60, name: nameOf });
  for (let n = 0; n < 60; n += 1) await addHit(pool, 'shared-payment', `${cut(hostile, 90)}${n}`, [1, 2, 3]);
  const ask = async (text: string, user = 'U0MARA') => {
    const answer = await room.interactions.command({ user, text });
    return problemsOf(answer).map((problem) => ({ text, problem }));
  };
  return { ...room, ask };
}

describe('with the largest data', () => {
  it('every verb, control, form, Home, post and the digest keep within Slack’s limits', async () => {
    const { ask, interactions, settle, worker, sandbox, clock } = await largestRoom();
    const told: unknown[] = [];
    const name = nameOf(7).replaceAll('"', '');
    const both = ['suspend', 'ban', 'watermark', 'suspend with-review'];
    for (const text of [
      ...Array.from({ length: OTHERS / 2 }, (_, n) => `note ${n + 1} ${WORDS}`),
      ...Array.from({ length: 10 }, (_, n) => `ack ${n + 1}`),
      ...Array.from({ length: 10 }, (_, n) => `assign ${n + 1} me`),
      ...Array.from({ length: 8 }, (_, n) => `snooze ${n + 11} 5h ${WORDS}`),
      ...['pagerduty', 'webhook'].flatMap((to) => [1, 2, 3, 4].map((n) => `escalate ${n} ${to} ${WORDS}`)),
      // Legal holds what it is told of.
      ...[11, 12, 13, 14].map((n) => `escalate ${n} legal ${WORDS}`),
      `hold place 5 ${WORDS}`,
      `confirm 6 ${WORDS}`,
      `dismiss 7 ${WORDS}`,
      `merge 8 9 ${WORDS}`,
      `split 2 org_1,org_2 ${WORDS}`,
      ...Array.from({ length: 50 }, (_, n) => `allow add account "${nameOf(n + 200)}" 30d me ${WORDS}`),
      'list',
      'list open',
      'list mine',
      'list snoozed',
      'list open 3',
      'show 1',
      'show 5',
      'why 1',
      `why 1 "${name}"`,
      'accounts 1',
      'accounts 1 1250',
      'accounts 1 csv',
      `account "${name}"`,
      'evidence 1',
      ...both.map((action) => `ban 1 ${action}`),
      'undo 1',
      'allow list',
      'detections',
      'detections run shared-payment',
      'detections shadow no-night x',
      'digest',
      'oncall',
      'audit',
      'audit C-1',
      'status',
      'health',
      'help',
      ...VERBS.map((verb) => `help ${verb.name}`),
      ...VERBS.map((verb) => `${verb.name} ${WORDS}`),
      ...VERBS.map((verb) => `${verb.name} 1 ${WORDS}`),
    ]) {
      told.push(...(await ask(text)));
    }
    for (const [verb, controls] of VERBS.map(({ name: of, controls: all }) => [of, Object.keys(all)] as const)) {
      for (const control of controls) {
        for (const value of [
          'C-1',
          'C-5',
          'P-1',
          'C-1 2',
          'C-1|ban|with_review',
          '{"f":["open"],"o":0}',
          'no-night',
          '-',
        ]) {
          const action_id = `${verb}.${control}`;
          const answer = await interactions.press({ user: 'U0MARA', clicked: { action_id, value } });
          told.push(...problemsOf(answer).map((problem) => ({ action_id, value, problem })));
        }
      }
    }
    // The proposal for all of them, as the form makes it; what was asked above froze enforcement.
    told.push(...(await ask(`unfreeze ${WORDS}`, 'U0RAVI')));
    const review = await interactions.command({ user: 'U0MARA', text: 'ban 1' });
    const seenDigest = 'modal' in review ? (review.modal as { private_metadata?: string }).private_metadata : undefined;
    const proposed = await interactions.submit({
      user: 'U0MARA',
      form: 'ban.propose',
      value: seenDigest ?? '',
      fields: { action: 'C-1|suspend|members', reason: WORDS },
    });
    told.push(...problemsOf(proposed));
    for (const user of ['U0MARA', 'U0RAVI']) told.push(...problemsOf(await interactions.home({ user })));
    for (const text of ['show 1', 'status', 'digest']) told.push(...(await ask(text)));
    clock.advance(DAY / 2);
    told.push(...(await ask('digest')));
    expect(told).toEqual([]);
    const { rows: made } = await database.pool.query(
      `select (select account_count from proposal order by proposal_id limit 1) as proposed,
         (select count(*)::int from escalation) as escalated, (select count(*)::int from exception_entry) as excepted`,
    );
    expect(made).toEqual([{ proposed: ACCOUNTS - 50, escalated: 12, excepted: 50 }]);

    await settle(worker());
    const posted = ['abuse-alerts', 'abuse-legal'].flatMap((channel) => sandbox.control.messages(channel));
    expect(posted.length).toBeGreaterThan(OTHERS);
    expect(posted.filter(({ text, blocks }) => BROKEN_OUT.test(markupOf([text, blocks])))).toEqual([]);
    const { rows } = await database.pool.query("select dedup_key, last_error from outbox where state <> 'sent'");
    expect(rows).toEqual([]);
    expect(sandbox.control.complaints()).toEqual([]);
  }, 300_000);
});
