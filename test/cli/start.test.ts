import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../sandbox/server.ts';
import { createTestDatabase } from '../database.ts';
import { exchangeLine, SECRET } from '../ingest/loading.ts';
import { program } from '../programs.ts';
import { untilOneWaits } from '../waiting-sessions.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TOKEN = 'a-token-for-the-tests-of-the-whole-program';

/** `retort start` with everything on, against a sandbox workspace and a database of its own. */
async function started() {
  const database = await createTestDatabase();
  const sandbox = await createSandbox({});
  const child = spawn(process.execPath, [program('src/main.ts'), 'start'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      RETORT_FINGERPRINT_KEY: SECRET,
      SLACK_BOT_TOKEN: sandbox.tokens.bot,
      SLACK_APP_TOKEN: sandbox.tokens.app,
      SLACK_API_URL: sandbox.apiUrl,
      RETORT_INGEST_PORT: '0',
      RETORT_INGEST_TOKENS: TOKEN,
      RETORT_HEALTH_PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await sandbox.close();
    await database.drop();
  });
  const logged: string[] = [];
  const ended = once(child, 'close');
  const ports = await new Promise<{ ingestPort: number; healthPort: number }>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      logged.push(line);
      if (line.includes('Retort watches')) resolve(JSON.parse(line) as { ingestPort: number; healthPort: number });
    });
    void ended.then(() => reject(new Error(logged.join('\n'))));
  });
  const send = (id: string) =>
    fetch(`http://127.0.0.1:${ports.ingestPort}/v1/exchanges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' },
      body: exchangeLine(id, { occurred_at: new Date().toISOString() }),
    });
  const health = async (page: string) => fetch(`http://127.0.0.1:${ports.healthPort}${page}`);
  return { database, child, ended, send, health, logged };
}

/** A batch that waits for its table. */
async function held({ database, send }: Awaited<ReturnType<typeof started>>) {
  const client = await database.pool.connect();
  let isHeld = true;
  const letGo = async () => {
    if (isHeld) await client.query('rollback').finally(() => client.release());
    isHeld = false;
  };
  onTestFinished(letGo);
  await client.query('begin; lock table exchange in share mode');
  const answer = send('held');
  answer.catch(() => {});
  await untilOneWaits(database.pool);
  return { answer, letGo };
}

describe('retort start', { timeout: 60_000 }, () => {
  it('takes batches, tells how it is, finishes what is under way when asked to end, and ends in order', async () => {
    const retort = await started();
    expect(await (await retort.send('first')).json()).toEqual({ accepted: 1, duplicates: 0, quarantined: 0 });
    expect((await retort.health('/readyz')).status).toBe(200);
    const metrics = await (await retort.health('/metrics')).text();
    expect(metrics).toContain('retort_ingest_records_total{path="/v1/exchanges",result="accepted"} 1');
    const { answer, letGo } = await held(retort);
    retort.child.kill('SIGTERM');
    await expect.poll(async () => (await retort.health('/readyz')).status).toBe(503);
    await expect(retort.send('late')).rejects.toThrow('fetch failed');
    await letGo();
    const last = await answer;
    expect([last.status, await last.json()]).toEqual([200, { accepted: 1, duplicates: 0, quarantined: 0 }]);
    expect(await retort.ended).toEqual([0, null]);
    expect(retort.logged.join('\n')).not.toContain(TOKEN);
  });

  it('ends soon although a statement does not', async () => {
    const retort = await started();
    await held(retort);
    const asked = performance.now();
    retort.child.kill('SIGTERM');
    await retort.ended;
    // Ten seconds by its own limits; the rest is for a busy machine.
    expect(performance.now() - asked).toBeLessThan(20_000);
  });
});
