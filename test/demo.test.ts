import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from './browser.ts';

const root = path.resolve(import.meta.dirname, '..');
const program = path.join(root, 'dist/src/main.js');
const chromium = findChromium();
/** Far beyond what it takes (9 s where it was measured): this test is about what happens, not how fast. */
const PATIENCE = 240_000;

/** The demo as a newcomer runs it: a process of its own, with nothing set. */
class Demo {
  readonly process: ChildProcess;
  output = '';

  constructor() {
    const { PATH: path = '', HOME: home = '' } = process.env;
    this.process = spawn(process.execPath, [program, 'demo', '--port', '0'], { env: { PATH: path, HOME: home } });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    }
  }

  /** Waits until the demo has said this. Throws when it ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      if (this.process.exitCode !== null) throw new Error(`the demo ended:\n${this.output}`);
      await Promise.race([once(this.process.stdout ?? this.process, 'data'), once(this.process, 'exit')]);
    }
  }

  async interrupt(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGINT');
    const [code] = (await exit) as [number | null];
    return code;
  }
}

// Where there is no browser the page cannot be looked at: skipped, and counted as such.
describe.skipIf(chromium === null)('retort demo, as a newcomer meets it', { timeout: PATIENCE }, () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if (!existsSync(program)) throw new Error('the program is not built; run: npm run build');
    demo = new Demo();
    const [, address = ''] = await demo.says(/Open\s+(http:\/\/\S+)/);
    browser = await launchChromium(chromium ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(address);
  }, PATIENCE);

  afterAll(async () => {
    await browser?.close();
    await demo?.interrupt();
  });

  it('shows a suspected campaign in the alert channel', async () => {
    await page.getByText('C-1 · Suspected distillation campaign').first().waitFor({ timeout: PATIENCE });
    const [, seconds] = await demo.says(/First alert on the page after (\d+) s/);
    process.stdout.write(`retort demo: first alert on the page after ${seconds} s\n`);
    const alert = await page.getByRole('main').innerText();
    expect(alert).toMatch(/payment: \d+ payment instruments/);
    expect(alert).toMatch(/Unanswered/);
    await demo.says(/caught up with the present/);
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
      .waitFor({ timeout: PATIENCE });
    expect(await page.getByRole('main').innerText()).not.toMatch(/Unanswered/);
  });

  it('answers /campaign status, typed into the page', async () => {
    await page.getByRole('textbox').last().fill('/campaign status');
    await page.keyboard.press('Enter');
    const answer = page.getByText(/1 acknowledged/).first();
    await answer.waitFor({ timeout: PATIENCE });
    expect(await answer.isVisible()).toBe(true);
  });

  it('posts the digest', async () => {
    const digest = page.getByText(/’s digest/).first();
    await digest.waitFor({ timeout: PATIENCE });
    expect(await digest.isVisible()).toBe(true);
  });

  it('ends at Ctrl-C, and takes its database with it', async () => {
    await demo.interrupt();
    expect(demo.process.exitCode).not.toBeNull();
  });
});
