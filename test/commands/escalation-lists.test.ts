import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDigest } from '../../src/db/digest-figures.ts';
import { isQuiet } from '../../src/campaigns/digest.ts';
import { clearActions } from '../action-world.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { escalateRoom } from './escalating.ts';

const DAY = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => clearActions(database.pool));

describe('what became of escalations', () => {
  it('stands in show, on Home and in the digest', async () => {
    const { say, tell, clock, interactions } = await escalateRoom(database.pool);
    const home = async () => JSON.stringify(await interactions.home({ user: 'U0JONAS' }));
    const digest = () => say('U0JONAS', '/campaign digest');
    expect(await say('U0MARA', '/campaign show 1')).not.toContain('Escalated');
    expect(await home()).not.toContain('Escalated');

    await say('U0MARA', '/campaign escalate 1 it runs in <!channel> production');
    const line = /\*C-1\* to \*PagerDuty\* .* by <@U0MARA>: it runs in &lt;!channel&gt; production · /;
    expect(await say('U0MARA', '/campaign show c1')).toMatch(new RegExp(`${line.source}on its way$`, 'm'));
    await tell();
    clock.advance(60_000);
    await say('U0MARA', '/campaign ack 1');
    await tell();
    expect(await say('U0MARA', '/campaign show C1')).toMatch(
      new RegExp(`${line.source}they have it, and were told .* that it is acknowledged$`, 'm'),
    );
    expect(await home()).toMatch(new RegExp(`Escalated.*${line.source}they have it`));
    expect(await digest()).toMatch(/^• \*C-1\* to \*PagerDuty\* .* by mara: it runs .* · they have it/m);

    clock.advance(2 * DAY);
    // What only stands is no news, as what people have is none.
    expect(await digest()).toContain('quiet');
    await say('U0MARA', '/campaign dismiss 1 it is our own test');
    await tell();
    expect(await say('U0MARA', '/campaign show  1')).toMatch(new RegExp(`${line.source}over since <!date`, 'm'));
    expect(await digest()).toMatch(/to \*PagerDuty\* .* · over since <!date/);
    clock.advance(2 * DAY);
    expect(await home()).not.toContain('Escalated');
    const now = clock.now();
    const later = await readDigest(database.pool, { from: now - DAY, to: now, timezone: 'UTC' });
    expect(later.escalations).toEqual([]);
    expect(isQuiet(later)).toBe(true);
  });

  it('says that it never arrived', async () => {
    const { say, tell } = await escalateRoom(database.pool, ['pagerduty'], { fault: () => ({ status: 400 }) });
    await say('U0MARA', '/campaign escalate 1 help');
    await tell();
    expect(await say('U0MARA', '/campaign show 1')).toMatch(/: help · \*it never arrived\*$/m);
  });
});

describe('a legal hold', () => {
  it('is told of in /campaign status with what it keeps from being dropped', async () => {
    const { say, alert } = await escalateRoom(database.pool);
    expect(await say('U0MARA', '/campaign status')).not.toContain('Retention');
    await say('U0MARA', '/campaign hold place 1 subpoena');
    expect(await say('U0MARA', '/campaign status  ')).toMatch(
      /^\*Retention\* C-1 is held for legal: no exchange since <!date.*> is dropped, however old, until an approver lifts the hold$/m,
    );
    await alert();
    await say('U0MARA', '/campaign hold place 2 subpoena');
    expect(await say('U0MARA', '/campaign status')).toMatch(/C-1, C-2 are held for legal: .* lifts the holds$/m);
    await say('U0RAVI', '/campaign hold lift 1 it is over');
    await say('U0RAVI', '/campaign hold lift 2 it is over');
    expect(await say('U0RAVI', '/campaign status')).not.toContain('Retention');
  });
});
