import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { worldLines } from '../../bench/scale/world-lines.ts';
import { createSandbox, type Sandbox } from '../../sandbox/server.ts';
import { verifyAudit } from '../../src/db/audit-entry.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { createTestDatabase } from '../database.ts';
import { program } from '../programs.ts';
import { repetitions, sequence } from './repetitions.ts';
import { seen } from './seen.ts';

const KEY = 'a key for tests only, thirty-two characters';
const HOUR_MS = 3_600_000;
const LEAD_MS = 300_000;
/** Hours of the jobs' time, which goes a minute a second. */
const HOURS = repetitions(0.2, 30);
const SPEED = 60;
/** Whose lease must run out in our time before others take its work up: not with every change. */
const KILLS = repetitions(0, 60);
const PEOPLE = ['U0MARA', 'U0JONAS', 'U0RAVI'];
/** The campaign has been at work for a day and a half, and nobody has looked yet. */
const QUIET_HOURS = 3.5 * 24;

interface Stage {
  url: string;
  sandbox: Sandbox;
  from: number;
}

async function launch({ url, sandbox, from }: Stage): Promise<ChildProcess> {
  const { bot, app } = sandbox.tokens;
  const args = [url, sandbox.apiUrl, bot, app, KEY, from, SPEED].map(String);
  const child = fork(program('test/faults/replica-process.ts'), args, { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [word] = (await once(child, 'message')) as [unknown];
  if (word !== 'up') throw new Error('a replica began with something else');
  return child;
}

it('three bots in processes of their own run each slot and tell each campaign once', {
  timeout: 3_000_000,
}, async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const { pool, url } = database;
  const sandbox = await createSandbox({ pacing: { perSecond: 1_000, burst: 1_000 } });
  onTestFinished(() => sandbox.close());
  const world = worldLines({ scale: 0.002, days: 8, seed: 'replicas', text: 'own' });
  const options = { pool, secret: KEY, clock: Date.now, adapter: native };
  // Some minutes before a look is due: what was stored until then is summed up first.
  const from = world.startAt + QUIET_HOURS * HOUR_MS - LEAD_MS;
  await ingestFiles({ ...options, accounts: world.accounts, releases: world.releases });
  await ingestFiles({ ...options, exchanges: world.until(from) });

  const stage = { url, sandbox, from };
  const replicas = await Promise.all([launch(stage), launch(stage), launch(stage)]);
  const began = Date.now();
  const now = () => from + (Date.now() - began) * SPEED;
  for (const replica of replicas) replica.send(began);
  const end = from + HOURS * HOUR_MS;
  const draw = sequence(7);
  let kills = 0;
  let pressed = false;
  const alerted = () => sandbox.control.messages('abuse-alerts').some(({ text }) => text.includes('C-1'));
  const press = async () => {
    pressed = true;
    const text = '/campaign ack 1';
    await Promise.all(PEOPLE.map((user) => sandbox.say({ user, channel: 'C0ALERTS', text })));
  };
  while (now() < end) {
    await ingestFiles({ ...options, exchanges: world.until(now()) });
    if (!pressed && alerted()) await press();
    if (kills < KILLS && now() >= from + ((kills + 0.5) / KILLS) * HOURS * HOUR_MS) {
      const index = draw(replicas.length);
      const victim = replicas[index];
      victim?.kill('SIGKILL');
      kills += 1;
      const next = await launch(stage);
      next.send(began);
      replicas[index] = next;
    }
    await pause(100);
  }
  // On a busy machine the alert comes late: what their time lasts says nothing of ours.
  await expect.poll(alerted, { timeout: 200_000 }).toBe(true);
  if (!pressed) await press();
  // What the last look led to is told by whoever is left.
  const settled = `select count(*)::int as n from outbox where state not in ('sent', 'dead')`;
  const untold = async () => (await pool.query<{ n: number }>(settled)).rows;
  for (let running: ChildProcess[] = replicas; ; ) {
    await expect.poll(untold, { timeout: 200_000 }).toEqual([{ n: 0 }]);
    for (const replica of running) {
      const gone = once(replica, 'exit');
      replica.send('stop');
      expect(await gone).toEqual([0, null]);
    }
    // What a look found while they ended waits for whoever starts next.
    if ((await untold())[0]?.n === 0) break;
    running = [await launch(stage)];
    running[0]?.send(began);
  }

  // One message in Slack for each that was to be posted, and none besides; updates bear their message's time.
  const posted = sandbox.control.messages('abuse-alerts').map(({ ts }) => ts);
  const { rows: told } = await pool.query<{ ts: string }>('select distinct ts from outbox where ts is not null');
  expect(posted.toSorted()).toEqual(told.map(({ ts }) => ts).toSorted());
  const { rows: campaigns } = await pool.query<{ ts: string | null }>('select post_ts as ts from campaign');
  expect(campaigns.length).toBeGreaterThan(0);
  expect(campaigns.filter(({ ts }) => ts === null || !posted.includes(ts))).toEqual([]);
  const { rows: acknowledged } = await pool.query(
    `select subject from audit_entry where action = 'campaign.acknowledge'`,
  );
  expect(acknowledged).toEqual([{ subject: 'C-1' }]);
  expect(await verifyAudit(pool)).toMatchObject({ ok: true });
  const { rows: slots } = await pool.query<{ at: Date; state: string }>(
    `select slot_at as at, state from job_slot where job = 'detect' order by slot_at`,
  );
  const due = Array.from({ length: Math.ceil(HOURS) }, (_, hour) => from + LEAD_MS + hour * HOUR_MS);
  const ran = slots.filter(({ at }) => due.includes(at.getTime()));
  expect(ran.map(({ at, state }) => [at.getTime(), state])).toEqual(due.map((at) => [at, 'done']));
  const { rows: counted } = await pool.query(`
    select (select count(*)::int from exchange) as stored,
      (select sum(exchanges)::int from account_day) + (
        select coalesce(sum(accepted), 0)::int from ingest_batch where rolled_up_at is null) as counted`);
  expect(counted).toEqual([{ stored: world.made(), counted: world.made() }]);
  seen(3, { processes: 3, 'hours of their time': HOURS, kills, campaigns: campaigns.length, slots: ran.length });
});
