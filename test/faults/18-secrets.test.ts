import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../sandbox/server.ts';
import { createTestDatabase } from '../database.ts';
import { everyRow, exchangeLine } from '../ingest/loading.ts';
import { program } from '../programs.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { seen } from './seen.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROMPT = 'planted-prompt-heliotrope';
const SECRETS = {
  RETORT_FINGERPRINT_KEY: 'planted-key-heliotrope-0123456789-0123456789',
  RETORT_INGEST_TOKENS: 'planted-token-heliotrope-0123456789-0123456789',
  RETORT_HEARTBEAT_URL: 'http://127.0.0.1:9/planted-heartbeat-heliotrope',
};
const PASSWORD = 'planted-password-heliotrope';

/** The same text in each place that an exchange has for text, in good lines, bad ones and what is no line at all. */
const TEXTS = ['prompt', 'system_instructions', 'completion', 'output', 'reasoning', 'user_agent', 'model', 'odd'];
const BODIES = [
  ...TEXTS.slice(0, 5).map((key, at) => exchangeLine(`t${at}`, { [key]: PROMPT })),
  ...TEXTS.map((key, at) => exchangeLine(`b${at}`, { [key]: PROMPT, occurred_at: PROMPT })),
  exchangeLine('array', { prompt: [PROMPT] as unknown as string }),
  `{"${PROMPT}`,
  PROMPT,
];

it('what is planted in every input is in no log, answer, post, row or audit entry', { timeout: 120_000 }, async () => {
  const database = await createTestDatabase();
  const sandbox = await createSandbox({});
  const role = `retort_planted_${process.pid}`;
  await database.pool.query(`create role ${role} login superuser password '${PASSWORD}'`);
  const url = new URL(database.url);
  url.username = role;
  url.password = PASSWORD;
  const child = spawn(process.execPath, [program('src/main.ts'), 'start'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      ...SECRETS,
      DATABASE_URL: url.href,
      SLACK_BOT_TOKEN: sandbox.tokens.bot,
      SLACK_APP_TOKEN: sandbox.tokens.app,
      SLACK_API_URL: sandbox.apiUrl,
      RETORT_DATA_DIR: await temporaryDirectory(),
      RETORT_INGEST_PORT: '0',
      RETORT_HEALTH_PORT: '0',
      RETORT_LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await sandbox.close();
    await database.pool.query(`drop owned by ${role}; drop role ${role}`);
    await database.drop();
  });
  const said: string[] = [];
  createInterface(child.stdout).on('line', (line) => said.push(line));
  const ports = await new Promise<{ ingestPort: number; healthPort: number }>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('Retort watches')) resolve(JSON.parse(line) as { ingestPort: number; healthPort: number });
    });
    void ended.then(() => reject(new Error(said.join('\n'))));
  });
  const at = `http://127.0.0.1:${ports.ingestPort}`;
  const headers = { authorization: `Bearer ${SECRETS.RETORT_INGEST_TOKENS}` };
  const ask = async (page: string, body: string, more: Record<string, string>) => {
    const answer = await fetch(`${at}${page}`, { method: 'POST', body, headers: { ...headers, ...more } });
    said.push(await answer.text());
    return answer.status;
  };
  const ndjson = { 'content-type': 'application/x-ndjson' };
  expect(await ask('/v1/exchanges', BODIES.join('\n'), ndjson)).toBe(200);
  for (const body of BODIES) await ask('/v1/traces', body, { 'content-type': 'application/json' });
  expect(await ask('/v1/exchanges', PROMPT, { ...ndjson, authorization: `Bearer ${PROMPT}` })).toBe(401);
  await ask(`/${PROMPT}`, PROMPT, ndjson);
  said.push(await (await fetch(`http://127.0.0.1:${ports.healthPort}/metrics`)).text());
  for (const text of ['/campaign status', '/campaign health', '/campaign nonsense']) {
    expect((await sandbox.say({ user: 'U0MARA', channel: 'C0ALERTS', text })).ok).toBe(true);
  }
  // The database goes away under it: drivers like to print what they were connecting to.
  await database.pool.query(`alter role ${role} nologin`);
  await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = $1`, [role]);
  await ask('/v1/exchanges', exchangeLine('last', { prompt: PROMPT }), ndjson);
  await expect.poll(() => said.some((line) => line.includes('"level":"error"'))).toBe(true);
  child.kill('SIGTERM');
  await ended;

  const rows = await everyRow(database.pool);
  const posts = [...sandbox.control.messages('abuse-alerts'), ...sandbox.control.calls()].map((each) =>
    JSON.stringify(each),
  );
  expect(rows.length).toBeGreaterThan(4);
  expect(posts.length).toBeGreaterThan(0);
  const secrets = [sandbox.tokens.app, sandbox.tokens.signingSecret];
  const found = [...said, ...rows, ...posts].filter((text) => /heliotrope/i.test(text));
  expect(found).toEqual([]);
  expect(
    [...said, ...rows].filter((text) => [...secrets, sandbox.tokens.bot].some((each) => text.includes(each))),
  ).toEqual([]);
  seen(18, { 'places planted': BODIES.length * 2 + 7, 'texts scanned': said.length + rows.length + posts.length });
});
