import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { findChromium, launchChromium } from '../../browser.ts';
import { type FakeSandbox, startFakeSandbox } from './fake/fake-sandbox.ts';

/** Where the browser is; null where there is none. */
export const CHROMIUM = findChromium();
if (CHROMIUM === null)
  process.stderr.write('No Chromium found (set CHROMIUM_PATH): the page is not tested in a browser.\n');

interface PageRoom {
  fake: FakeSandbox;
  page: Page;
  /** Requests to anywhere but the sandbox. */
  strays: string[];
}

/** Builds the page once, and opens it anew for each test of this file: what is in the room is of the present test. */
export function pageRoom(): PageRoom {
  const room = {} as PageRoom;
  let folder: string;
  let browser: Browser;
  let context: BrowserContext;
  let faults: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
    const configFile = join(import.meta.dirname, '../../../sandbox/page/vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: folder } });
    browser = await launchChromium(CHROMIUM ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const fake = await startFakeSandbox(folder, new Date());
    context = await browser.newContext({
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 860 },
    });
    const page = await context.newPage();
    const strays: string[] = [];
    faults = [];
    Object.assign(room, { fake, page, strays });
    page.on('request', (request) => request.url().startsWith(fake.url) || strays.push(request.url()));
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(fake.url);
    await page.getByRole('heading', { name: 'C-12 · Suspected distillation campaign' }).waitFor();
  });
  afterEach(async () => {
    await context.close();
    await room.fake.close();
    // In every test: nothing may leave the machine, and nothing may break unseen.
    if (room.strays.length + faults.length > 0) throw new Error([...room.strays, ...faults].join('\n'));
  });
  return room;
}
