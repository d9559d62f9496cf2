import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../sandbox/server.ts';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createCampaign } from '../src/db/campaign.ts';
import { writeEffects } from '../src/db/campaign-store.ts';
import { transaction } from '../src/db/query.ts';
import { silentLog } from '../src/log.ts';
import { DRAFT } from './campaign-fixture.ts';
import { ROUTING_KEY, startPagerDuty } from './enforcement/other-side.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('is wired as a whole: its jobs run, it posts, calls, answers, and shows a Home that follows', async () => {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const { pool } = database;
  const { bot: botToken, app: appToken } = sandbox.tokens;
  const pagerduty = await startPagerDuty();
  const app = createApp({
    config: readConfig({
      RETORT_ONCALL_GROUPS: 'abuse-oncall',
      RETORT_PAGERDUTY_ROUTING_KEY: ROUTING_KEY,
      RETORT_PAGERDUTY_URL: pagerduty.url,
      RETORT_WEBHOOK_ALLOW: '127.0.0.1/32',
    }),
    slack: { mode: 'socket', botToken, appToken, apiUrl: sandbox.apiUrl },
    pool,
    detections: [],
    fingerprintKey: 'a key for tests only, thirty-two characters',
    log: silentLog,
    jobClock: () => Promise.resolve(Date.now()),
  });
  await app.start();
  onTestFinished(() => app.stop());
  const now = Date.now();
  await transaction(pool, async (tx) => {
    const campaign = await createCampaign(tx, { ...DRAFT, alertedAt: now }, now);
    await writeEffects(tx, campaign, [], { actor: 'retort', now });
  });
  sandbox.openHome('U0MARA');
  const home = (words: string) =>
    sandbox.control.until(() => JSON.stringify(sandbox.control.home('U0MARA') ?? '').includes(words), 15_000);
  await home('Nothing is yours');
  const posted = (words: string) =>
    sandbox.control.until(
      () => sandbox.control.messages('abuse-alerts').find(({ text }) => text.includes(words)),
      15_000,
    );
  await posted('C-1 · Suspected');

  // An hour later every job has a slot that is due.
  const outcomes = await app.scheduler.runDueSlots(now + 1_000);
  const later = await app.scheduler.runDueSlots(now + 3_700_000);
  const jobs = [...outcomes, ...later].map(({ job }) => job);
  expect(new Set(jobs)).toEqual(
    new Set([
      'roll-up',
      'detect',
      'partitions',
      'wake',
      'on-call',
      'home',
      'forget-requests',
      'pack',
      'retention',
      'self-check',
      'digest',
    ]),
  );
  expect([...outcomes, ...later].filter(({ outcome }) => outcome !== 'done')).toEqual([]);
  await posted('<!subteam^S0ONCALL> *C-1 waits for somebody*');
  const say = (text: string) => sandbox.say({ user: 'U0MARA', channel: 'C0ALERTS', text });
  expect(await say('/campaign escalate 1 help')).toEqual({ ok: true });
  await posted('escalated C-1 to *PagerDuty*');
  expect(await say('/campaign ack 1')).toEqual({ ok: true });
  await posted('acknowledged C-1');
  await sandbox.control.until(() => pagerduty.events.length === 2, 15_000);
  expect(pagerduty.events.map(({ event_action: action }) => action)).toEqual(['trigger', 'acknowledge']);
  await home('show.detail:C-1');
  expect(sandbox.control.complaints()).toEqual([]);
});
