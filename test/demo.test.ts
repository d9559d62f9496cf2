import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from './browser.ts';
import { Demo, PATIENCE } from './demo-run.ts';

const root = path.resolve(import.meta.dirname, '..');
const program = path.join(root, 'dist/src/main.js');
const chromium = findChromium();

// Where there is no browser the page cannot be looked at: skipped, and counted as such.
describe.skipIf(chromium === null)('retort demo, as a newcomer meets it', { timeout: PATIENCE }, () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if (!existsSync(program)) throw new Error('the program is not built; run: npm run build');
    const temporary = await mkdtemp(path.join(tmpdir(), 'retort-demo-test-'));
    // As root, the database's user must be able to pass through.
    await chmod(temporary, 0o711);
    demo = new Demo(program, temporary);
    const [, address = ''] = await demo.says(/Open\s+(http:\/\/\S+)/);
    browser = await launchChromium(chromium ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(address);
    page.setDefaultTimeout(PATIENCE);
    // Without an alert nothing below can pass: what the demo said is then the message, and the rest is skipped.
    const [, seconds] = await demo.says(/First alert on the page after (\d+) s/);
    process.stdout.write(`retort demo: first alert on the page after ${seconds} s\n`);
    await demo.says(/caught up with the present/);
  }, 3 * PATIENCE);

  afterAll(async () => {
    await browser?.close();
    await demo?.interrupt();
    if (demo !== undefined) await rm(demo.temporary, { recursive: true, force: true });
  });

  it('shows a suspected campaign in the alert channel', async () => {
    await page.getByText('C-1 · Suspected distillation campaign').first().waitFor();
    const alert = await page.getByRole('main').innerText();
    expect(alert).toMatch(/payment: \d+ payment instruments/);
    expect(alert).toMatch(/Unanswered/);
    await mkdir(path.join(root, 'docs/pictures'), { recursive: true });
    await page.getByText('C-1 · Suspected distillation campaign').first().scrollIntoViewIfNeeded();
    if (process.env['RETORT_WRITE_PICTURES']) {
      await page.screenshot({ path: path.join(root, 'docs/pictures/alert.png') });
    }
  });

  it('takes the acknowledgement of a person who presses the button', async () => {
    await page.getByRole('button', { name: 'Acknowledge' }).first().click();
    await page
      .getByText(/Acknowledged by/)
      .first()
      .waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/Unanswered/);
  });

  it('answers /campaign status, typed into the page', async () => {
    await page.getByRole('textbox').last().fill('/campaign status');
    await page.keyboard.press('Enter');
    const answer = page.getByText(/1 acknowledged/).first();
    await answer.waitFor();
    expect(await answer.isVisible()).toBe(true);
  });

  it('posts the digest', async () => {
    const digest = page.getByText(/’s digest/).first();
    await digest.waitFor();
    expect(await digest.isVisible()).toBe(true);
  });

  it('ends at Ctrl-C, and takes its database with it', async () => {
    expect(await readdir(demo.temporary)).not.toEqual([]);
    expect(await demo.interrupt()).toBe(0);
    expect(await readdir(demo.temporary)).toEqual([]);
  });
});
