import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateBlocks, validateView, visibleCharacters } from '../../sandbox/block-kit/validate.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { addHit, addMembers, clearAccounts } from '../campaign-members.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type FuzzInput, fuzzInput } from './fuzz-inputs.ts';
import { type SlackRoom, slackRoom } from './slack-room.ts';

/** A few thousand by default; `RETORT_FUZZ_RUNS=100000 npx vitest run test/slack/fuzz.test.ts` for the long one. */
const RUNS = Number(process.env['RETORT_FUZZ_RUNS'] ?? 2_500);
const SEED = Number(process.env['RETORT_FUZZ_SEED'] ?? 1);
/** What Slack waits for an answer. */
const PATIENCE_MS = 3_000;
/** Mentions of everyone, links and disguised mentions, and what turns text around: none comes from data. */
const BROKEN_OUT = /<(?:!(?:channel|here|everyone)|https?:|mailto:|@[A-Z0-9]+\|)|\u{202e}|\0/u;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function ask({ interactions }: SlackRoom, input: FuzzInput): Promise<unknown> {
  switch (input.kind) {
    case 'command':
      return interactions.command(input);
    case 'press':
      return interactions.press(input);
    case 'submit':
      return interactions.submit(input);
    default:
      return interactions.home(input);
  }
}

/** What is wrong with an answer; empty where nothing is. */
function problemsOf(answer: unknown): string[] {
  const { message, modal, errors, type, blocks } = answer as {
    message?: { text: string; blocks: never[] };
    modal?: { blocks: { type: string }[] };
    errors?: Record<string, string>;
    type?: string;
    blocks?: unknown[];
  };
  const shown =
    modal === undefined
      ? JSON.stringify(answer)
      : JSON.stringify(modal.blocks.filter((block) => block.type !== 'input'));
  const unescaped = JSON.stringify(JSON.parse(shown)).replaceAll('\\u202e', '\u{202e}').replaceAll('\\u0000', '\0');
  // What stands at a field is plain text.
  const problems =
    errors === undefined && BROKEN_OUT.test(unescaped) ? [`broke out: ${BROKEN_OUT.exec(unescaped)?.[0]}`] : [];
  if (shown.includes('fault of its own')) problems.push('a fault');
  if (message !== undefined) {
    problems.push(...validateBlocks(message.blocks, 'message'));
    if (message.text === '' || message.text.length > 4_000) problems.push('text too short or long');
    if (message.text.length + visibleCharacters(message.blocks) > 13_000) problems.push('message too long');
    return problems;
  }
  if (modal !== undefined) return [...problems, ...validateView(modal, 'modal')];
  if (type === 'home') return [...problems, ...validateView({ type, blocks }, 'home')];
  if (errors !== undefined && Object.values(errors).every((text) => typeof text === 'string' && text !== ''))
    return problems;
  return [...problems, 'no answer'];
}

async function populatedRoom() {
  const logged: unknown[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: unknown) => void logged.push(fields) };
  const room = await slackRoom(database.pool, 'http', {
    log,
    escalation: { pagerduty: true, webhook: true, legal: 'abuse-legal' },
  });
  room.sandbox.control.inviteBot('abuse-legal');
  await clearAccounts(database.pool);
  const hostile = '<!channel>`*&\u{202e}'.repeat(9).slice(0, 128);
  for (let campaign = 1; campaign <= 6; campaign += 1) {
    await room.alert({ detections: ['shared-payment', 'no-night', hostile] });
    const name = (n: number) => (n % 5 === 0 ? `${hostile}${n}`.slice(-128) : `acct_${n}`);
    await addMembers(database.pool, campaign, { count: 12, first: campaign * 12, name });
  }
  await addHit(database.pool, 'shared-payment', hostile, [12, 13, 14]);
  return { ...room, logged };
}

describe('whatever comes', () => {
  it(
    `is answered in time, within Slack’s limits and without breaking out: ${RUNS} inputs of seed ${SEED}`,
    async () => {
      const room = await populatedRoom();
      const bad: unknown[] = [];
      let slowest = 0;
      for (let index = 0; index < RUNS && bad.length < 5; index += 1) {
        const input = fuzzInput(SEED, index);
        const began = performance.now();
        const answer = await ask(room, input).catch((fault: unknown) => ({ thrown: String(fault) }));
        slowest = Math.max(slowest, performance.now() - began);
        const problems = problemsOf(answer);
        if (problems.length > 0) bad.push({ index, input, problems, fault: room.logged.at(-1) });
      }
      expect(bad).toEqual([]);
      expect(slowest).toBeLessThan(PATIENCE_MS);
      expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });

      // What was decided on the way is posted whole.
      await room.settle(room.worker());
      const posted = room.sandbox.control.messages('abuse-alerts');
      expect(posted.length).toBeGreaterThan(6);
      expect(posted.filter((message) => BROKEN_OUT.test(JSON.stringify([message.text, message.blocks])))).toEqual([]);
      const { rows } = await database.pool.query("select dedup_key, last_error from outbox where state = 'dead'");
      expect(rows).toEqual([]);
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
    const told = ['U0MARA', 'U0JONAS', 'U0RAVI', 'U0THEO'].flatMap((user) => sandbox.control.ephemeral(user));
    expect(told.length).toBeGreaterThan(80);
    expect(told.filter(({ text, blocks }) => BROKEN_OUT.test(JSON.stringify([text, blocks])))).toEqual([]);
    expect(sandbox.control.complaints()).toEqual([]);
  }, 120_000);
});
