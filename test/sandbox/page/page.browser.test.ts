import { describe, expect, it } from 'vitest';
import { CHROMIUM, pageRoom } from './page-room.ts';

describe.skipIf(CHROMIUM === null)('the page in a browser', () => {
  const room = pageRoom();
  const composer = () => room.page.getByLabel('Message abuse-alerts');
  const dialog = () => room.page.getByRole('dialog');
  const focused = () => room.page.locator(':focus');
  const lastPost = (path: string) => room.fake.posts.findLast((post) => post.path === path)?.body;

  it('completes and sends a command, and shows the answer to this person alone', async () => {
    await composer().fill('/cam');
    await room.page.getByRole('option', { name: '/campaign' }).waitFor();
    await composer().press('Tab');
    await composer().pressSequentially('list');
    await composer().press('Enter');
    await room.page.getByText('Only visible to you').waitFor();
    expect(lastPost('/page/say')).toEqual({ user: 'UADA', channel: 'CALERT', text: '/campaign list' });
    expect(await composer().inputValue()).toBe('');
    await composer().press('ArrowUp');
    expect(await composer().inputValue()).toBe('/campaign list');
  });

  it('tells of a command that failed', async () => {
    await composer().fill('/campaign crash');
    await composer().press('Enter');
    await room.page.getByRole('alert').getByText('operation_timeout').waitFor();
    await room.page.getByRole('button', { name: 'Dismiss', exact: true }).last().click();
    await expect.poll(() => room.page.getByText('operation_timeout').count()).toBe(0);
  });

  it('asks before an action that wants it, and sends nothing on no', async () => {
    const button = room.page.getByRole('button', { name: 'Dismiss', exact: true });
    const question = room.page.getByRole('alertdialog', { name: 'Dismiss C-12?' });
    await button.click();
    await question.getByRole('button', { name: 'Keep it' }).click();
    await question.waitFor({ state: 'detached' });
    expect(room.fake.posts).toEqual([]);
    await button.click();
    await question.getByRole('button', { name: 'Dismiss' }).click();
    await room.page.getByText('C-12 dismissed by').waitFor();
    expect(lastPost('/page/act')).toMatchObject({
      user: 'UADA',
      container: { type: 'message', channel: 'CALERT' },
      action: { type: 'button', action_id: 'dismiss', block_id: 'controls', value: 'C-12' },
    });
  });

  it('checks a modal, shows what the app refuses at the field, and keeps what was filled in', async () => {
    await room.page.getByRole('button', { name: 'Review & ban…' }).click();
    const send = dialog().getByRole('button', { name: 'Propose the ban' });
    await send.click();
    await dialog().getByText('Please complete this required field.').first().waitFor();
    expect(lastPost('/page/submit')).toBeUndefined();
    const reason = dialog().getByLabel('Reason');
    await expect.poll(() => focused().getAttribute('placeholder')).toBe('What makes you sure?');
    await reason.fill('short');
    await dialog().getByLabel('Approver').selectOption('UBEN');
    await dialog().getByLabel('Only unpaid').check();
    await send.click();
    await dialog().getByText('Say more').waitFor();
    expect(await reason.getAttribute('aria-invalid')).toBe('true');
    expect(await reason.inputValue()).toBe('short');
    await reason.fill('eight templates, 148 instruments');
    await send.click();
    await dialog().waitFor({ state: 'detached' });
    expect(lastPost('/page/submit')?.state).toMatchObject({
      reason: { text: { type: 'plain_text_input', value: 'eight templates, 148 instruments' } },
      extent: { which: { selected_option: { value: 'only unpaid' } } },
      approver: { who: { type: 'users_select', selected_user: 'UBEN' } },
      until: { day: { selected_date: '2026-04-24' } },
      tell: { channels: { selected_channels: ['CGEN'] } },
      also: { what: { selected_options: [] } },
    });
  });

  it('stacks modals, and comes back to what was filled in below', async () => {
    await room.page.getByRole('button', { name: 'Review & ban…' }).click();
    await dialog().getByLabel('Reason').fill('eight templates');
    room.fake.pushDetail('UADA');
    await room.page.getByRole('dialog', { name: 'Allow-list' }).waitFor();
    await room.page.keyboard.press('Escape');
    await room.page.getByRole('dialog', { name: 'Allow-list' }).waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('Reason').inputValue()).toBe('eight templates');
    await room.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await expect
      .poll(() => room.fake.posts.filter(({ path }) => path === '/page/close').map(({ body }) => body.view_id))
      .toEqual(['VDETAIL', 'VBAN']);
  });

  it('acts as another person, who sees their own channels and Home, also after a reload', async () => {
    await room.page.getByRole('link', { name: 'leads' }).waitFor();
    await room.page.getByRole('button', { name: /^Acting as Ada Okafor/ }).click();
    await room.page.getByRole('menuitemradio', { name: /Mei Tanaka/ }).click();
    await room.page.getByRole('button', { name: /^Acting as Mei Tanaka/ }).waitFor();
    expect(await room.page.getByRole('link', { name: 'leads' }).count()).toBe(0);
    await room.page.getByRole('link', { name: /^Retort/ }).click();
    await room.page.getByRole('heading', { name: 'Your queue, Mei Tanaka' }).waitFor();
    await room.page.getByRole('button', { name: 'Acknowledge' }).click();
    await expect
      .poll(() => lastPost('/page/act'))
      .toMatchObject({ user: 'UMEI', container: { type: 'view', view_id: 'VHOME-Mei Tanaka' } });
    await room.page.reload();
    await room.page.getByRole('heading', { name: 'Your queue, Mei Tanaka' }).waitFor();
  });

  it('opens a thread, and puts a reply into it alone', async () => {
    await room.page.getByRole('link', { name: /^2 replies/ }).click();
    const thread = room.page.getByRole('complementary', { name: 'Thread in abuse-alerts' });
    await thread.getByText('Looking at it now').waitFor();
    await thread.getByLabel('Reply in the thread').fill('On it, @ben');
    await room.page.keyboard.press('Enter');
    await thread.getByText('On it, @ben').waitFor();
    expect(lastPost('/page/say')).toMatchObject({ text: 'On it, @ben', thread_ts: expect.any(String) });
    expect(await room.page.getByText('On it, @ben').count()).toBe(1);
    await room.page.keyboard.press('Escape');
    await thread.waitFor({ state: 'detached' });
    await room.page.getByRole('link', { name: /^3 replies/ }).waitFor();
  });

  it('sorts, filters and turns over a data table', async () => {
    const table = room.page.getByRole('table', { name: 'Accounts by exchanges' });
    const first = () => table.locator('tbody tr').first().locator('th').textContent();
    await table.getByRole('button', { name: 'Exchanges' }).click();
    expect(await first()).toBe('acct_0002');
    await table.getByRole('button', { name: 'Exchanges' }).click();
    expect(await first()).toBe('acct_0003');
    await room.page.getByRole('button', { name: 'Next' }).click();
    expect(await table.locator('tbody tr').count()).toBe(2);
    await room.page.getByLabel('Filter the rows of Accounts by exchanges').fill('card 1');
    await expect.poll(() => table.locator('tbody tr').count()).toBe(2);
  });

  it('reads a chart by keyboard, and shows its numbers as a table', async () => {
    const chart = room.page.getByRole('group', { name: /^area chart/ });
    await chart.focus();
    await room.page.keyboard.press('ArrowRight');
    await room.page.keyboard.press('ArrowRight');
    expect(await chart.getByRole('status').innerText()).toMatch(/02:00[\s\S]*4,480[\s\S]*380/);
    await room.page.getByRole('button', { name: 'Show the numbers' }).click();
    await room.page.getByRole('row', { name: '22:00 6,650 3,955' }).waitFor();
  });

  it('is usable by keyboard alone', async () => {
    await room.page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('Skip to the message field');
    await room.page.keyboard.press('Enter');
    expect(await focused().getAttribute('id')).toBe('composer');
    await room.page.keyboard.press('Control+k');
    await room.page.getByRole('combobox', { name: 'Jump to a channel or to Home' }).waitFor();
    await room.page.keyboard.type('gen');
    await room.page.keyboard.press('Enter');
    await room.page.getByText('Good morning').waitFor();
    await room.page.keyboard.press('Control+k');
    await room.page.keyboard.type('alerts');
    await room.page.keyboard.press('Enter');
    await room.page.getByRole('button', { name: 'More actions' }).focus();
    await room.page.keyboard.press('ArrowDown');
    await room.page.getByRole('menu', { name: 'More actions' }).waitFor();
    await expect.poll(() => focused().textContent()).toBe('Escalate');
    await room.page.keyboard.press('ArrowUp');
    expect(await focused().textContent()).toBe('Evidence');
    await room.page.keyboard.press('Escape');
    expect(await focused().getAttribute('aria-label')).toBe('More actions');
    await room.page.keyboard.press('/');
    expect(await focused().getAttribute('id')).toBe('composer');
    expect(await composer().inputValue()).toBe('/');
  });

  it('keeps the focus inside a modal, and gives it back', async () => {
    const button = room.page.getByRole('button', { name: 'Review & ban…' });
    await button.focus();
    await room.page.keyboard.press('Enter');
    await dialog().waitFor();
    for (let press = 0; press < 24; press++) {
      await room.page.keyboard.press('Tab');
      // The browser's own chrome is the one place outside that the focus may visit.
      expect(await room.page.evaluate(`document.activeElement.matches('dialog *, body')`)).toBe(true);
    }
    await room.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await focused().textContent()).toBe('Review & ban…');
  });

  it('follows the system, and remembers a theme of its own', async () => {
    const paper = () => room.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await room.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(paper).not.toBe(light);
    await room.page.getByRole('button', { name: 'Theme' }).click();
    await room.page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await paper()).toBe(light);
    await room.page.reload();
    await room.page.getByRole('heading', { name: 'Sandbox workspace' }).waitFor();
    expect(await paper()).toBe(light);
  });

  it('marks what is new, and counts it elsewhere', async () => {
    await room.page.getByRole('link', { name: /general.*1 unread/ }).click();
    await room.page.getByText('Good morning').waitFor();
    await expect.poll(() => room.page.getByRole('link', { name: /general.*unread/ }).count()).toBe(0);
    await room.page.getByRole('link', { name: 'abuse-alerts' }).click();
    const ts = String(Date.now() / 1000);
    room.fake.emit({ type: 'message', message: { ts, channel: 'CGEN', user: 'UBEN', text: 'Coffee?' } });
    await room.page.getByRole('link', { name: /general.*1 unread/ }).click();
    await room.page.getByRole('separator').getByText('New').waitFor();
  });

  it('opens a permalink at its message', async () => {
    const replies = await room.page.getByRole('link', { name: /^2 replies/ }).getAttribute('href');
    await room.page.goto(`${room.fake.url}/${replies?.replace('/t', '/p')}`);
    const heading = room.page.getByRole('heading', { name: /^C-12/ });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeGreaterThan(0);
    await room.page.getByRole('button', { name: 'Newest' }).click();
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(0);
  });

  it('comes to what answers oneself alone, wherever one was', async () => {
    const replies = await room.page.getByRole('link', { name: /^2 replies/ }).getAttribute('href');
    await room.page.goto(`${room.fake.url}/${replies?.replace('/t', '/p')}`);
    const heading = room.page.getByRole('heading', { name: /^C-12/ });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeGreaterThan(0);
    const answer = { channel: 'CALERT', user: 'UBOT', text: 'for Ada alone', ephemeral_for: 'UADA' };
    room.fake.emit({ type: 'message', message: { ...answer, ts: String(Date.now() / 1000) } });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(0);
  });

  it('connects again by itself, and reads what it missed', async () => {
    room.fake.write({ ts: String(Date.now() / 1000), channel: 'CALERT', user: 'UBEN', text: 'said while it was away' });
    room.fake.cut();
    await room.page.getByText('said while it was away', { exact: true }).waitFor();
    room.fake.emit({ type: 'notice', user: 'UADA', text: 'live again' });
    await expect.poll(() => room.page.getByRole('alert').textContent()).toContain('live again');
  });

  it('shows hostile text as text, and asks no other host for pictures', async () => {
    const text =
      '<img src=x onerror=alert(1)> <javascript:alert(1)|free> *<https://example.com/|*bold*>* &lt;script&gt;';
    const blocks = [
      { type: 'image', block_id: 'i', image_url: 'https://example.com/x.png', alt_text: 'a picture' },
      { type: 'rich_text', block_id: 'r', elements: 'nonsense' },
      { type: 'nonsense', block_id: 'n' },
    ];
    const stamp = Date.now() / 1000;
    room.fake.emit({ type: 'message', message: { ts: String(stamp), channel: 'CALERT', user: 'UBOT', text } });
    room.fake.emit({
      type: 'message',
      message: { ts: String(stamp + 1), channel: 'CALERT', user: 'UBOT', text: '', blocks },
    });
    await room.page.getByText('The sandbox cannot show a nonsense block.').waitFor();
    await room.page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await room.page.locator('img').count()).toBe(0);
    expect(room.strays).toEqual([]);
    expect(await room.page.locator('a[href^="javascript"]').count()).toBe(0);
  });
});
