import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { headStart } from '../../src/slack/head-start.ts';
import type { Answer } from '../../src/slack/interactions.ts';
import { addHit, addMembers, clearAccounts } from '../campaign-members.ts';
import { clearCampaigns } from '../jobs/delivery-room.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { VERBS } from '../../src/commands/registry.ts';
import { seen } from '../faults/seen.ts';
import { type FuzzInput, fuzzInput, TEMPLATES } from './fuzz-inputs.ts';
import { markupOf } from './markup-of.ts';
import { BROKEN_OUT, problemsOf } from './problems-of.ts';
import { type SlackRoom, slackRoom } from './slack-room.ts';

/** A few thousand by default; `npm run fuzz:commands` is the long form, and sets these. */
const RUNS = Number(process.env['RETORT_FUZZ_RUNS'] ?? 2_500);
const SEED = Number(process.env['RETORT_FUZZ_SEED'] ?? 2);
/** Inputs asked of the same six campaigns. */
const PER_WORLD = 2_500;
/** Decisions that questions of one world alone lead to. */
const REACHED = ['campaign.escalate', 'campaign.merge', 'campaign.split', 'campaign.reopen', 'action.propose'];
/** What Slack waits for an answer. */
const PATIENCE_MS = 3_000;
/** As the router has it, for what is known to take long. */
const HEAD_START_MS = 60;
/** As the Bolt app has it: then the person is told that it is under way. */
const WORD_AFTER_MS = 2_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What a person sees of a modal, for filling it in. */
interface ShownModal {
  callback_id?: string;
  private_metadata?: string;
  blocks: {
    type: string;
    block_id?: string;
    element?: { initial_option?: { value: string }; initial_user?: string };
  }[];
}

const orWord = (answering: Promise<Answer>) => headStart(answering, WORD_AFTER_MS, () => ({ text: 'Still at work.' }));

/** Asks the app's router one thing after the other, and remembers whose modal is open. */
function createAsker({ interactions }: SlackRoom): (input: FuzzInput) => Promise<{ took: number; answers: unknown[] }> {
  const open = new Map<string, ShownModal>();
  const send = (input: FuzzInput): Promise<unknown> => {
    switch (input.kind) {
      case 'command':
        return orWord(interactions.command(input));
      case 'press':
        return orWord(interactions.press(input));
      case 'submit':
        return interactions.submit(input);
      case 'fill': {
        const {
          callback_id: form = 'none.open',
          private_metadata: value = '',
          blocks = [],
        } = open.get(input.user) ?? {};
        const shown = blocks.flatMap(({ block_id: name, element }) => {
          const initial = element?.initial_option?.value ?? element?.initial_user;
          return name === undefined || initial === undefined ? [] : [[name, initial]];
        });
        return interactions.submit({
          user: input.user,
          form,
          value,
          fields: { ...Object.fromEntries(shown), ...input.fields },
        });
      }
      default:
        return interactions.home(input);
    }
  };
  return async (input) => {
    const began = performance.now();
    const answer = await send(input);
    const took = performance.now() - began;
    const late = await (answer as { later?: Promise<unknown> }).later;
    const { modal } = (late ?? answer) as { modal?: ShownModal };
    if (modal?.callback_id !== undefined) open.set(input.user, modal);
    return { took, answers: late === undefined ? [answer] : [answer, late] };
  };
}

async function populatedRoom() {
  const logged: unknown[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: unknown) => void logged.push(fields) };
  const room = await slackRoom(database.pool, 'http', {
    log,
    escalation: { pagerduty: true, webhook: true, legal: 'abuse-legal' },
    groups: { responders: 'S0ONCALL', approvers: 'S0APPROVERS' },
    headStartMs: HEAD_START_MS,
  });
  room.sandbox.control.inviteBot('abuse-legal');
  await populate(room);
  return { ...room, logged };
}

/** Six campaigns anew, with hostile names among their accounts. */
async function populate(room: SlackRoom): Promise<void> {
  await clearCampaigns(database.pool);
  await clearAccounts(database.pool);
  await database.pool.query('truncate exception_entry restart identity');
  const hostile = '<!channel>`*&\u{202e}'.repeat(9).slice(0, 128);
  for (let campaign = 1; campaign <= 6; campaign += 1) {
    await room.alert({ detections: ['shared-payment', 'no-night', hostile] });
    const name = (n: number) => (n % 5 === 0 ? `${hostile}${n}`.slice(-128) : `acct_${n}`);
    await addMembers(database.pool, campaign, { count: 12, first: campaign * 12, name });
  }
  await addHit(database.pool, 'shared-payment', hostile, [12, 13, 14]);
}

/** Delivers all that waits: what is wrong with the posts. */
async function problemsOfPosts(room: SlackRoom): Promise<unknown[]> {
  await room.settle(room.worker());
  const posted = room.sandbox.control.messages('abuse-alerts');
  const { rows } = await database.pool.query("select dedup_key, last_error from outbox where state = 'dead'");
  return [...rows, ...posted.filter((message) => BROKEN_OUT.test(markupOf([message.text, message.blocks])))];
}

describe('whatever comes', () => {
  it('is of every verb', () => {
    const asked = new Set(TEMPLATES.map((template) => template.split(' ')[0]));
    expect(VERBS.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  });

  it(
    `is answered in time, within Slack’s limits and without breaking out: ${RUNS} inputs of seed ${SEED}`,
    async () => {
      const room = await populatedRoom();
      const ask = createAsker(room);
      const bad: unknown[] = [];
      const counts: Record<FuzzInput['kind'], number> = { command: 0, press: 0, submit: 0, fill: 0, home: 0 };
      let words = 0;
      let slowest: { ms: number; index?: number; input?: FuzzInput } = { ms: 0 };
      for (let index = 0; index < RUNS && bad.length < 5; index += 1) {
        // Merged, dismissed and held, they would end every question early.
        if (index > 0 && index % PER_WORLD === 0) await populate(room);
        const input = fuzzInput(SEED, index);
        counts[input.kind] += 1;
        // Approvals, snoozes and acknowledgements run out on the way.
        if (index % 50 === 0) room.clock.advance(3_600_000);
        const { took, answers } = await ask(input).catch((fault: unknown) => ({
          took: 0,
          answers: [{ thrown: String(fault) }],
        }));
        if (answers.length > 1) words += 1;
        if (took > slowest.ms) slowest = { ms: Math.round(took), index, input };
        const problems = answers.flatMap(problemsOf);
        if (problems.length > 0) bad.push({ index, input, problems, fault: room.logged.at(-1) });
        // What was decided on the way is posted whole.
        if ((index + 1) % PER_WORLD === 0 || index === RUNS - 1) bad.push(...(await problemsOfPosts(room)));
      }
      expect(bad).toEqual([]);
      const audit = await verifyAudit(database.pool);
      const entries = audit.ok ? audit.head.seq : 0;
      seen(15, {
        seed: SEED,
        ...counts,
        'slowest answer in ms': slowest.ms,
        'told first that it is under way': words,
        'audit entries': entries,
      });
      // Which one it was, where it was too slow.
      expect(slowest.ms < PATIENCE_MS ? [] : [slowest]).toEqual([]);
      expect(audit).toMatchObject({ ok: true });
      const { rows } = await database.pool.query<{ action: string }>('select distinct action from audit_entry');
      // It gets as far as that: refusals alone would prove little.
      expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(REACHED));
      expect(room.sandbox.control.messages('abuse-alerts').length).toBeGreaterThan(6);
      expect(room.sandbox.control.complaints()).toEqual([]);
    },
    60_000 + RUNS * 50,
  );

  it('is answered over the wire too', async () => {
    const room = await populatedRoom();
    const { sandbox } = room;
    await room.settle(room.worker());
    const ts = sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
    await room.press('U0MARA', ts, { action_id: 'ack.press', value: 'C-1' });
    const pressed = sandbox.control.sent().findLast(({ kind }) => kind === 'interactive');
    if (pressed === undefined) throw new Error('nothing was pressed');
    const refused: unknown[] = [];
    for (let index = 0; index < 150; index += 1) {
      const input = fuzzInput(SEED + 1, index);
      const trigger_id = `1.2.fuzz${index}`;
      if (input.kind === 'command') {
        const text = input.text.trim();
        const outcome = await sandbox.say({ user: input.user, channel: 'C0ALERTS', text: `/campaign ${text}` });
        if (!outcome.ok) refused.push({ input, outcome });
      } else if (input.kind === 'press') {
        const actions = [{ type: 'button', block_id: 'controls', action_ts: '1.2', ...input.clicked }];
        const reply = await sandbox.control.forge(
          {},
          { ...pressed, payload: { ...pressed.payload, trigger_id, actions } },
        );
        if (!reply.ok) refused.push({ input, reply });
      }
    }
    expect(refused).toEqual([]);
    // It is still there, and nothing that it said broke out.
    await sandbox.say({ user: 'U0INES', channel: 'C0ALERTS', text: '/campaign help' });
    await sandbox.control.until(() =>
      sandbox.control.ephemeral('U0INES').find(({ text }) => text.startsWith('Retort')),
    );
    const told = ['U0MARA', 'U0JONAS', 'U0RAVI', 'U0INES', 'U0THEO'].flatMap((user) => sandbox.control.ephemeral(user));
    expect(told.length).toBeGreaterThan(80);
    expect(told.filter(({ text, blocks }) => BROKEN_OUT.test(markupOf([text, blocks])))).toEqual([]);
    expect(sandbox.control.complaints()).toEqual([]);
  }, 120_000);
});
