import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../browser.ts';
import { createTestDatabase } from '../database.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { campaignInDatabase, dossierOf, HOSTILE } from './dossier-room.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('the report in a browser', () => {
  let browser: Browser;
  let report: string;
  beforeAll(async () => {
    const database = await createTestDatabase();
    await campaignInDatabase(database.pool);
    report = (await dossierOf(database.pool, { identified: true })).files.get('report.html') ?? '';
    await database.drop();
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());

  it('shows everything by itself: no request, no complaint, nothing run', async () => {
    const file = path.join(await temporaryDirectory(), 'report.html');
    await writeFile(file, report);
    const address = pathToFileURL(file).href;
    const page = await browser.newPage({ viewport: { width: 1_000, height: 800 } });
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (fault) => said.push(fault.message));
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    expect(said).toEqual([]);
    expect(asked.filter((url) => url !== address && !url.startsWith('data:'))).toEqual([]);
    expect(await page.title()).toBe('C-1: dossier');
    expect(await page.locator('figure svg').count()).toBe(3);
    for (const chart of await page.locator('figure svg').all()) {
      expect((await chart.boundingBox())?.height).toBeGreaterThan(100);
    }
    // The judged part comes after the seen one, and neither holds the other.
    expect(await page.locator('#observed #inferred, #inferred #observed').count()).toBe(0);
    for (const link of await page.locator('nav a').all()) {
      expect(await page.locator((await link.getAttribute('href')) ?? '').count()).toBe(1);
    }
    expect(await page.locator('main').innerText()).toContain(HOSTILE.markup);
    expect(await page.locator('script, img').count()).toBe(0);
    // A page that is wider than a reader's window cannot be printed.
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });
});
