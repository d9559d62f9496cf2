import { LogLevel } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createLog, scrub } from '../src/log.ts';
import { boltLogger } from '../src/slack/bolt-logger.ts';

function capture(level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('createLog', () => {
  it('writes one object a line with fixed keys', () => {
    const { log, last } = capture();
    log.info({ job: 'digest' }, 'slot done');
    expect(last()).toEqual({
      level: 'info',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      job: 'digest',
      msg: 'slot done',
    });
  });

  it.each([
    { token: 'hunter2' },
    { prompt: 'hunter2' },
    { config: { databaseUrl: 'hunter2', slack: { botToken: 'hunter2', signingSecret: 'hunter2' } } },
    { exchange: { system_instructions: 'hunter2' } },
    { err: new Error('connect postgres://me:hunter2@db/x') },
    { err: Object.assign(new Error('refused'), { headers: { authorization: 'hunter2' }, row: 'hunter2' }) },
    { err: 'xoxb-hunter2' },
  ])('lets no secret out: %j', (about) => {
    for (const level of ['info', 'debug'] as const) {
      const { log, lines } = capture(level);
      log.error(about, 'a fault');
      expect(lines.join('')).toContain('a fault');
      expect(lines.join('')).not.toContain('hunter2');
    }
  });

  it('tells where a fault comes from at debug level only', () => {
    const fault = new Error('outer', { cause: new Error('inner') });
    const quiet = capture('info');
    quiet.log.error({ err: fault }, 'a fault');
    expect(quiet.last()['err']).toEqual({ type: 'Error', message: 'outer' });
    const loud = capture('debug');
    loud.log.error({ err: fault }, 'a fault');
    expect(loud.last()['err']).toMatchObject({ cause: { message: 'inner' }, stack: expect.stringContaining('outer') });
  });
});

describe('scrub', () => {
  it('takes out tokens and passwords and leaves the rest', () => {
    expect(scrub('xoxb-12-ab and xapp-1-A2 at postgres://me:p%40ss@db:5432/x, https://a.example/b')).toBe(
      '[token] and [token] at postgres://me:[password]@db:5432/x, https://a.example/b',
    );
  });
});

describe('boltLogger', () => {
  it("hands Bolt's words on, without its secrets", () => {
    const { log, last } = capture();
    const bolt = boltLogger(log);
    bolt.setLevel(LogLevel.DEBUG);
    bolt.warn('socket closed', { code: 1006 }, 'xapp-1-secret');
    expect(last()).toMatchObject({ level: 'warn', msg: 'socket closed { code: 1006 } [token]' });
  });
});
