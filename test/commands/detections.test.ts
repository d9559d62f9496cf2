import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../sandbox/block-kit/validate.ts';
import type { Backtest } from '../../src/campaigns/backtest.ts';
import { recordGaps, settleGaps } from '../../src/db/detection-gap.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { backtestMessage } from '../../src/slack/blocks/backtest.ts';
import { detectionList } from '../../src/slack/blocks/detections.ts';
import type { Message } from '../../src/slack/blocks/message.ts';
import { NOW } from '../campaign-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { clearWorld } from '../detections/load-world.ts';
import { dealtAccount, live, look, peopledWorld } from '../jobs/campaign-world.ts';
import { markupOf } from '../slack/markup-of.ts';
import { slackRoom } from '../slack/slack-room.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearWorld(database.pool));

describe('/campaign detections', () => {
  it('lists every detection with its precision, and what people switched', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    await say('U0MARA', '/campaign dismiss C-1 a course');
    expect(await say('U0MARA', '/campaign detections')).toMatch(
      /`no-night` · family timing · state enabled · confirmed 0 of 1 · found 0 · accounts 0$/m,
    );
    expect(await say('U0MARA', '/campaign detections shadow No-Night too many courses')).toContain(
      '`no-night` runs and records',
    );
    expect(await say('U0JONAS', '/campaign detections shadow no-night me too')).toMatch(
      /`no-night` is in shadow already since .* by <@U0MARA>: too many courses/,
    );
    const listed = await say('U0JONAS', '/campaign detections list');
    expect(listed).toMatch(
      /`no-night` · family timing · state in shadow .* switched .* by <@U0MARA> · because too many courses/,
    );
    for (const { id } of DETECTIONS) expect(listed).toContain(`\`${id}\``);
    await say('U0MARA', '/campaign detections disable shared-client a new SDK is out');
    await say('U0MARA', '/campaign detections enable no-night courses are over');
    const { rows } = await database.pool.query(
      "select action, actor, subject, reason, detail from audit_entry where action like 'detection.%' order by seq",
    );
    expect(rows).toEqual([
      {
        action: 'detection.shadow',
        actor: 'U0MARA',
        subject: 'no-night',
        reason: 'too many courses',
        detail: { from: 'enabled' },
      },
      {
        action: 'detection.disable',
        actor: 'U0MARA',
        subject: 'shared-client',
        reason: 'a new SDK is out',
        detail: { from: 'enabled' },
      },
      {
        action: 'detection.enable',
        actor: 'U0MARA',
        subject: 'no-night',
        reason: 'courses are over',
        detail: { from: 'shadow' },
      },
    ]);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('tests one over history, and runs it now, without writing anything', async () => {
    const world = peopledWorld('tested');
    world.pool(24, (index) => dealtAccount(world, index));
    await live(database.pool, world);
    await look(database.pool);
    const { say, sandbox } = await slackRoom(database.pool, 'socket');
    await live(database.pool, world);
    const tested = await say('U0MARA', '/campaign detections test shared-payment 4');
    expect(tested).toMatch(/shared-payment over history/);
    expect(tested).toMatch(/5 windows: \*\d+ findings, 24 accounts\*/);
    expect(tested).toContain('24 in none');
    expect(await say('U0MARA', '/campaign detections run shared-payment')).toMatch(
      /The window to [^:]*:[^*]*\*3 findings, 24 accounts\*/,
    );
    expect(await say('U0MARA', '/campaign detections run signup-cohort')).toContain('A support accuses nobody');
    expect((await database.pool.query('select from hit')).rowCount).toBeGreaterThan(0);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('leaves its missed windows to be read in the status', async () => {
    const { say, clock } = await slackRoom(database.pool, 'http');
    const gap = {
      detection: 'no-night',
      windowEnd: clock.now() - 3 * 86_400_000,
      reason: 'timed_out',
      error: '',
    } as const;
    await recordGaps(database.pool, [gap], gap.windowEnd);
    const told = await say('U0MARA', '/campaign status');
    expect(told).toMatch(/:warning: `no-night` ran out of time over 1 window, to .*: 1 still to catch up/);
    await settleGaps(database.pool, [{ ...gap, error: null }], clock.now());
    expect(await say('U0MARA', '/campaign status')).not.toContain('no-night');
  });

  it('knows the operator’s own, and tells of those that cannot be loaded', async () => {
    const detectionsDir = await temporaryDirectory();
    await writeFile(path.join(detectionsDir, 'broken.mjs'), 'export default { id: "broken", family: "content" }');
    const { say } = await slackRoom(database.pool, 'http', { detectionsDir });
    expect(await say('U0MARA', '/campaign status')).toMatch(/:warning: `broken\.mjs` is not loaded: `role` is missing/);
    expect(await say('U0MARA', '/campaign detections list')).toContain('`broken.mjs` is not loaded');
  });

  it.each([
    ['/campaign detections frob', 'there are list, enable, disable, shadow, run, test'],
    ['/campaign detections tset no-night', 'did you mean test?'],
    ['/campaign detections enable', 'the id is missing'],
    ['/campaign detections enable no-night', 'Use: `/campaign detections enable &lt;id&gt; &lt;reason&gt;`'],
    ['/campaign detections disable no-nigth because', 'Did you mean `no-night`?'],
    ['/campaign detections test <!channel>', 'There is no detection `&lt;!channel&gt;`'],
    ['/campaign detections test no-night 1000', '90 days are the most'],
    ['/campaign detections test no-night soon', 'the days must be a number'],
    [
      '/campaign detections test no-night',
      'That cannot be tested: there is no window to look at: nothing was ingested yet',
    ],
    ['/campaign help detections', '`/campaign detections test &lt;id&gt; [days]`'],
  ])('%s is answered with %s', async (text, words) => {
    const { say } = await slackRoom(database.pool, 'http');
    expect(await say('U0MARA', text)).toContain(words);
  });

  it('lets everyone look, and only those who may act switch and test', async () => {
    const { say, sandbox } = await slackRoom(database.pool, 'http', { groups: { responders: 'abuse-oncall' } });
    sandbox.control.setGroupMembers('abuse-oncall', ['U0JONAS']);
    expect(await say('U0MARA', '/campaign detections')).toContain('`no-night`');
    expect(await say('U0MARA', '/campaign detections disable no-night because')).toContain('This is for admins');
    expect(await say('U0MARA', '/campaign detections test no-night')).toContain('This is for responders');
    expect(await say('U0JONAS', '/campaign detections disable no-night because')).toContain('does not run any more');
  });
});

describe('messages', () => {
  const hostile = '<!channel>`*_~\u{202e}&'.repeat(12);
  /** What Slack would refuse of it, or what it would let through. */
  function faultsOf({ text, blocks }: Message): string[] {
    const told = markupOf({ text, blocks });
    return [
      ...validateBlocks(blocks, 'message').map((fault) => JSON.stringify(fault)),
      ...(text.length + visibleCharacters(blocks) > 13_000 ? ['too long'] : []),
      ...(/<!channel|\u{202e}/u.test(told) ? ['hostile text'] : []),
    ];
  }

  it('of a hundred detections keep within Slack’s limits, and count the rest', () => {
    const change = { state: 'disabled', by: hostile, at: NOW, reason: hostile } as const;
    const lines = Array.from({ length: 100 }, () => ({
      id: hostile,
      family: 'content' as const,
      title: hostile,
      initial: 'enabled' as const,
      own: true,
      change,
      precision: { detection: hostile, confirmed: 1_000, judged: 2_000 },
      found: { hits: 1e6, accounts: 1e6 },
    }));
    const problems = Array.from({ length: 100 }, () => ({ file: hostile, field: hostile, what: hostile, kept: true }));
    const message = detectionList(lines, problems);
    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toMatch(/… and \d+ more/);
  });

  it('of a backtest keep within Slack’s limits', () => {
    const many = <T>(item: T): T[] => Array.from({ length: 20 }, () => item);
    const finding = { trait: hostile, accounts: 1e6, weight: 99, firstAt: NOW, lastAt: NOW, windows: 90 };
    const backtest: Backtest = {
      detection: 'shared-payment',
      role: 'supports',
      params: {},
      from: NOW,
      to: NOW,
      windows: 90,
      failed: Array.from({ length: 90 }, () => ({ windowEnd: NOW, error: hostile })),
      unlooked: 9,
      findings: many(finding),
      traits: 1e6,
      accounts: 2e6,
      standing: { confirmed: 1e6, open: 1e6, dismissed: 1e6, none: 1e6 },
      campaigns: many({ id: 'C-1', status: 'confirmed', accounts: 1e6, of: 1e6 }),
      organizations: many({ id: hostile, accounts: 1e6 }),
      contracted: 1,
      excepted: 1,
      strangers: many(hostile),
    };
    expect(faultsOf(backtestMessage(backtest))).toEqual([]);
  });
});
