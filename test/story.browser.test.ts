import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox/server.ts';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { verifyAudit } from '../src/db/audit-entry.ts';
import { type CampaignDraft, createCampaign } from '../src/db/campaign.ts';
import { writeEffects } from '../src/db/campaign-store.ts';
import { transaction } from '../src/db/query.ts';
import { advanceWatermark } from '../src/db/watermark.ts';
import { queueDigest } from '../src/jobs/digest.ts';
import { silentLog } from '../src/log.ts';
import { findChromium, launchChromium } from './browser.ts';
import { DRAFT, EVIDENCE, NOW } from './campaign-fixture.ts';
import { addMembers } from './campaign-members.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Receiver, SECRET, startReceiver } from './enforcement/receiver.ts';

const chromium = findChromium();
const pictures = path.resolve(import.meta.dirname, '../docs/pictures');
const MOST_BYTES = 150_000;
const USUAL = { width: 1200, height: 860 };
/** So that a long message is seen whole. */
const TALL = { width: 1200, height: 1_400 };
const ACCOUNTS = 1_184;
/** Far beyond what anything takes. */
const PATIENCE = 60_000;
const GROUPS = {
  RETORT_RESPONDERS_GROUP: 'abuse-oncall',
  RETORT_APPROVERS_GROUP: 'abuse-approvers',
  RETORT_ONCALL_GROUPS: 'abuse-oncall',
};

/** The whole bot with a workspace, its page, and an account service that knows all but four of the accounts. */
async function stage(database: TestDatabase, pageDir: string): Promise<{ sandbox: Sandbox; receiver: Receiver }> {
  const { pool } = database;
  const sandbox = await createSandbox({ pageDir });
  onTestFinished(() => sandbox.close());
  const gone = new Set(['acct_100', 'acct_200', 'acct_300', 'acct_400']);
  const receiver = await startReceiver({
    act: (action, id) => (gone.has(id) ? { reason: 'not_found' } : undefined),
  });
  const app = createApp({
    config: readConfig({
      ...GROUPS,
      RETORT_ENFORCEMENT: 'on',
      RETORT_ENFORCEMENT_URL: receiver.url,
      RETORT_WEBHOOK_SECRETS: SECRET,
      RETORT_WEBHOOK_ALLOW: '127.0.0.1/32',
    }),
    slack: { mode: 'socket', botToken: sandbox.tokens.bot, appToken: sandbox.tokens.app, apiUrl: sandbox.apiUrl },
    pool,
    detections: [],
    fingerprintKey: 'a key for tests only, thirty-two characters',
    log: silentLog,
    jobClock: () => Promise.resolve(Date.now()),
  });
  await app.start();
  onTestFinished(() => app.stop());
  return { sandbox, receiver };
}

/** Campaigns as detections would have found them: a pool of accounts, a course that looks like one, and one that waits. */
async function makeCampaigns({ pool }: TestDatabase, now: number): Promise<void> {
  const shift = now - NOW;
  const hourly = EVIDENCE.chart.points.map((point) => ({ ...point, at: point.at + shift }));
  const times = {
    firstExchangeAt: (DRAFT.firstExchangeAt ?? NOW) + shift,
    lastExchangeAt: now - 15 * 60_000,
    alertedAt: now - 12 * 60_000,
  };
  const evidence = { ...EVIDENCE, chart: { ...EVIDENCE.chart, points: hourly } };
  const alert = (draft: CampaignDraft) =>
    transaction(pool, async (tx) => {
      const campaign = await createCampaign(tx, draft, now - 12 * 60_000);
      await writeEffects(tx, campaign, [], { actor: 'retort', now });
    });
  await alert({ ...DRAFT, ...times, evidence });
  await alert({
    ...DRAFT,
    ...times,
    severity: 'medium',
    confidence: 0.81,
    accountCount: 40,
    exchangeCount: 2_110,
    families: ['content', 'timing'],
    detections: ['shared-template', 'no-night'],
    evidence: {
      ...evidence,
      reasons: evidence.reasons.filter(({ family }) => family !== 'payment').map((each) => ({ ...each, accounts: 40 })),
      perAccountDay: 6.6,
    },
  });
  await alert({ ...DRAFT, ...times, severity: 'high', accountCount: 410, exchangeCount: 9_730, evidence });
  await advanceWatermark(pool, 'events', now - 2 * 60_000);
  await addMembers(pool, 1, { count: ACCOUNTS, joinedAt: now - 3_600_000 });
  await addMembers(pool, 2, { count: 40, first: 5_001, joinedAt: now - 3_600_000 });
  await pool.query(
    `update account set created_at = to_timestamp($1::float - (account_key % 40) * 86400),
       payment_kind = case when account_key % 3 > 0 then 'card' end`,
    [now / 1000],
  );
}

// Where there is no browser the page cannot be looked at: skipped, and counted as such.
describe.skipIf(chromium === null)('a shift, from the alert to the digest', () => {
  let folder: string;
  let browser: Browser;
  let database: TestDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'retort-story-'));
    const configFile = path.resolve(import.meta.dirname, '../sandbox/page/vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: folder } });
    browser = await launchChromium(chromium ?? '');
    database = await createTestDatabase();
  }, 2 * PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'is told on the page: acknowledge, show, ban with two others’ approval, result, undo, a false positive, digest',
    async () => {
      const { sandbox, receiver } = await stage(database, folder);
      await makeCampaigns(database, Date.now());
      const context = await browser.newContext({
        colorScheme: 'light',
        reducedMotion: 'reduce',
        viewport: USUAL,
      });
      onTestFinished(() => context.close());
      const { page, faults } = await open(context, sandbox.url);
      const main = page.getByRole('main');
      const thread = page.getByRole('complementary', { name: 'Thread in abuse-alerts' });
      const dialog = page.getByRole('dialog');
      const root = main.locator('article').filter({ hasText: 'C-1 · ' }).first();
      const say = async (text: string) => {
        await page.getByLabel('Message abuse-alerts').fill(text);
        await page.keyboard.press('Enter');
      };

      // The alert, taken by who is on call.
      await actAs(page, 'Mara Lindqvist');
      await root.getByText('C-1 · Suspected distillation campaign').waitFor();
      await root.getByRole('button', { name: 'Acknowledge' }).click();
      await root.getByText('Acknowledged by').waitFor();

      // What is in it.
      await say('/campaign accounts C-1');
      const list = main.getByRole('table').last();
      await list.getByRole('cell', { name: 'acct_1', exact: true }).waitFor();
      await page.setViewportSize(TALL);
      await picture(main.locator('article').filter({ hasText: 'page 1 of 60' }).last(), 'accounts');
      await page.setViewportSize(USUAL);
      await say('/campaign show C-1');
      await main.getByRole('button', { name: 'Why, with the SQL' }).waitFor();

      // The proposal.
      await root.getByRole('button', { name: 'Review & ban…' }).click();
      await dialog.getByText('Suspend 1,184 accounts of C-1').waitFor();
      await dialog.getByLabel('Why').fill('One operator: eight templates, 148 cards, no night');
      await picture(dialog, 'review');
      await dialog.getByRole('button', { name: 'Propose' }).click();
      await dialog.getByText('P-1 is proposed').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });

      // Over a cap: two other people sign for it.
      await root.getByRole('link', { name: /repl/ }).click();
      const card = thread.locator('article').filter({ hasText: 'P-1 · ' });
      await card.getByText('Waits for approval by 2 more').waitFor();
      await approve(page, card);
      await page.getByText('This is for approvers').last().waitFor();
      for (const [person, words] of [
        ['Ravi Chandran', 'Approved by ravi'],
        ['Ines Calderón', 'Approved by ines'],
      ] as const) {
        await actAs(page, person);
        await approve(page, card);
        await card.getByText(words).waitFor();
      }
      await card.getByText('Done: 1,180 of 1,184 suspended, 4 failed').waitFor();
      expect(receiver.acted.filter(({ action }) => action === 'suspend')).toHaveLength(ACCOUNTS - 4);
      await root.getByText('1,180 of 1,184 suspended, 4 failed').waitFor();
      await root.getByText('C-1 · Contained').waitFor();
      await picture(thread, 'result');

      // Taken back, in part.
      await actAs(page, 'Mara Lindqvist');
      await root.getByRole('button', { name: 'Undo…' }).click();
      await dialog.getByLabel('Only these accounts').fill('acct_17 acct_23');
      await dialog.getByLabel('Why').fill('Both wrote in, and are a school');
      await dialog.getByRole('button', { name: 'Propose' }).click();
      await dialog.getByText('P-2 is proposed').waitFor();
      await page.keyboard.press('Escape');
      await actAs(page, 'Ines Calderón');
      const undo = thread.locator('article').filter({ hasText: 'P-2 · ' });
      await approve(page, undo);
      await undo.getByText('Done: 2 of 2 restored').waitFor();
      expect(
        receiver.acted
          .filter(({ action }) => action === 'restore')
          .map(({ accountId }) => accountId)
          .toSorted(),
      ).toEqual(['acct_17', 'acct_23']);

      // A false positive.
      await actAs(page, 'Mara Lindqvist');
      const other = main.locator('article').filter({ hasText: 'C-2 · ' }).first();
      await other.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Dismiss…' }).click();
      await dialog.getByLabel('How you know').fill('Forty students of one course; their teacher sent the list');
      await picture(dialog, 'dismiss');
      await dialog.getByRole('button', { name: 'Dismiss' }).click();
      await other.getByText('C-2 · Dismissed').waitFor();
      await page.keyboard.press('Escape');

      // The hand-over.
      const now = Date.now();
      const time = new Date(now).toISOString().slice(11, 16);
      await queueDigest({ pool: database.pool, now, time, timezone: 'UTC' });
      await say('/campaign digest');
      await main
        .getByText(/’s digest/)
        .last()
        .waitFor();
      await main
        .getByText(/contained by Mara|suspended/)
        .last()
        .waitFor();
      await page.getByRole('button', { name: 'Close the thread' }).click();
      await page.setViewportSize(TALL);
      await picture(main.locator('article').filter({ hasText: '’s digest' }).last(), 'digest');

      expect(faults).toEqual([]);
      expect(await verifyAudit(database.pool)).toMatchObject({ ok: true });
      await looksSoundOnPhone(browser, sandbox.url);
    },
    5 * PATIENCE,
  );
});

async function open(context: BrowserContext, url: string): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults: string[] = [];
  page.on('request', (request) => request.url().startsWith(url) || faults.push(request.url()));
  page.on('pageerror', (fault) => faults.push(fault.message));
  await page.goto(url);
  await page.getByRole('link', { name: 'abuse-alerts' }).click();
  return { page, faults };
}

async function actAs(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name: /^Acting as/ });
  if ((await button.getAttribute('aria-label'))?.startsWith(`Acting as ${name}.`) === true) return;
  await button.click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: new RegExp(`^Acting as ${name}`) }).waitFor();
}

async function approve(page: Page, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click();
}

/** `RETORT_WRITE_PICTURES=1` writes what the guide shows; a picture has to stay small either way. */
async function picture(shown: Locator, name: string): Promise<void> {
  const file = path.join(pictures, `${name}.png`);
  if (process.env['RETORT_WRITE_PICTURES']) await shown.screenshot({ path: file });
  expect((await stat(file)).size).toBeLessThan(MOST_BYTES);
}

/** Nothing runs off the side of a phone's screen, in the dark as in the light. */
async function looksSoundOnPhone(browser: Browser, url: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByText('C-1 · ').first().waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await context.close();
  }
}
