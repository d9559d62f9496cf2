import { describe, expect, it } from 'vitest';
import { Environment, othersEnvironment, readConfig, requireSlack } from '../src/config.ts';
import { ConfigError } from '../src/config-error.ts';

const BOT = 'xoxb-1-secretvalue';
const APP = 'xapp-1-secretvalue';
const problemsOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.problems;
    throw fault;
  }
  return [];
};

describe('readConfig', () => {
  it('needs nothing at all', () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: undefined,
      dataDir: expect.stringMatching(/[/\\]\.retort$/),
      slack: undefined,
      alertChannel: 'abuse-alerts',
      digestTime: '09:00',
      timezone: 'UTC',
      allowedLatenessMs: 600_000,
      retention: { raw: 14 * 86_400_000, traits: 30 * 86_400_000 },
      logLevel: 'info',
    });
  });

  it('takes a variable set to nothing as not set', () => {
    expect(readConfig({ DATABASE_URL: '', RETORT_TIMEZONE: ' ', SLACK_BOT_TOKEN: '' })).toMatchObject({
      databaseUrl: undefined,
      timezone: 'UTC',
      slack: undefined,
    });
  });

  it('prefers Socket Mode, and knows HTTP mode', () => {
    const both = { SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: '0123456789abcdef', PORT: '3000' };
    expect(readConfig({ ...both, SLACK_APP_TOKEN: APP }).slack).toMatchObject({ mode: 'socket', appToken: APP });
    expect(readConfig({ ...both, SLACK_API_URL: 'http://127.0.0.1:4000/api/' }).slack).toEqual({
      mode: 'http',
      botToken: BOT,
      signingSecret: '0123456789abcdef',
      port: 3000,
      apiUrl: 'http://127.0.0.1:4000/api/',
    });
  });

  it('names every problem at once and echoes no value', () => {
    const wrong = {
      DATABASE_URL: 'mysql://me:hunter2@db/x',
      SLACK_BOT_TOKEN: 'hunter2',
      SLACK_SIGNING_SECRET: 'hunter2',
      PORT: 'hunter2',
      SLACK_API_URL: 'hunter2',
      RETORT_FINGERPRINT_KEY: 'hunter2',
      RETORT_DIGEST_TIME: 'hunter2',
      RETORT_TIMEZONE: 'hunter2',
      RETORT_ALLOWED_LATENESS: 'hunter2',
      RETORT_RETENTION: 'hunter2',
      RETORT_TRAIT_RETENTION: 'hunter2',
      RETORT_INGEST_PORT: 'hunter2',
      RETORT_INGEST_TOKENS: 'hunter2',
      RETORT_INGEST_RATE: 'hunter2',
      RETORT_LITELLM_DATABASE_URL: 'hunter2',
      RETORT_HEALTH_PORT: 'hunter2',
      RETORT_HEARTBEAT_URL: 'hunter2',
      RETORT_LOG_LEVEL: 'hunter2',
    };
    const problems = problemsOf(wrong);
    expect(problems.map(({ variable }) => variable).toSorted()).toEqual(Object.keys(wrong).toSorted());
    expect(new ConfigError(problems).message).not.toContain('hunter2');
  });

  it.each([
    [{ SLACK_BOT_TOKEN: BOT }, 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET'],
    [{ SLACK_APP_TOKEN: APP }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: '0123456789abcdef' }, 'PORT'],
  ])('finds what is missing of half a Slack set-up: %j', (environment, variable) => {
    expect(problemsOf(environment)).toMatchObject([{ variable, what: expect.stringContaining('is missing') }]);
  });

  it('takes the ingest endpoint for on where it has tokens, and knows which half is missing', () => {
    const tokens = [`${'a'.repeat(31)}1`, `${'b'.repeat(31)}2`];
    const on = { RETORT_INGEST_PORT: '8080', RETORT_INGEST_TOKENS: tokens.join(', ') };
    expect(readConfig(on).ingest).toEqual({ port: 8080, tokens, rate: undefined });
    const rate = { perSecond: 500, burst: 20_000 };
    expect(readConfig({ ...on, RETORT_INGEST_RATE: '500/20000' }).ingest).toEqual({ port: 8080, tokens, rate });
    for (const wrong of ['500', '0/100', '500/499', '-1/5', '1.5/5']) {
      expect(problemsOf({ ...on, RETORT_INGEST_RATE: wrong })).toMatchObject([{ variable: 'RETORT_INGEST_RATE' }]);
    }
    expect(readConfig({ RETORT_INGEST_PORT: '8080' }).ingest).toBeUndefined();
    expect(problemsOf({ RETORT_INGEST_TOKENS: tokens[0] ?? '' })).toMatchObject([{ variable: 'RETORT_INGEST_PORT' }]);
    expect(problemsOf({ ...on, RETORT_INGEST_TOKENS: `${tokens[0]},short` })).toMatchObject([
      { variable: 'RETORT_INGEST_TOKENS' },
    ]);
  });

  it('takes half a way to escalate for a mistake, and a key that is none', () => {
    const key = 'a'.repeat(32);
    expect(readConfig({}).escalation).toEqual({ pagerduty: undefined, url: undefined, legalChannel: undefined });
    expect(readConfig({ RETORT_PAGERDUTY_ROUTING_KEY: key, RETORT_LEGAL_CHANNEL: '#legal' }).escalation).toEqual({
      pagerduty: { routingKey: key, url: 'https://events.pagerduty.com/v2/enqueue' },
      url: undefined,
      legalChannel: 'legal',
    });
    expect(problemsOf({ RETORT_PAGERDUTY_ROUTING_KEY: 'too-short' })).toMatchObject([
      { variable: 'RETORT_PAGERDUTY_ROUTING_KEY', what: expect.stringContaining('Events API v2') },
    ]);
    expect(problemsOf({ RETORT_PAGERDUTY_URL: 'https://pd.example/' })).toMatchObject([
      { variable: 'RETORT_PAGERDUTY_ROUTING_KEY', what: expect.stringContaining('is missing') },
    ]);
    expect(problemsOf({ RETORT_ESCALATION_URL: 'https://hook.example/' })).toMatchObject([
      { variable: 'RETORT_WEBHOOK_SECRETS', what: expect.stringContaining('is missing') },
    ]);
  });

  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['36h', 129_600_000],
    ['7d', 604_800_000],
  ])('reads %s as milliseconds', (text, expected) => {
    expect(readConfig({ RETORT_ALLOWED_LATENESS: text }).allowedLatenessMs).toBe(expected);
  });

  it('keeps exchanges for as long as charts need them, and says why not for less', () => {
    const least = { RETORT_RETENTION: '10d', RETORT_TRAIT_RETENTION: '10d' };
    expect(readConfig(least).retention).toEqual({ raw: 10 * 86_400_000, traits: 10 * 86_400_000 });
    expect(problemsOf({ RETORT_TRAIT_RETENTION: '9d' })).toMatchObject([
      { what: expect.stringMatching(/at least 10d/) },
    ]);
    expect(problemsOf({ RETORT_RETENTION: '239h' })).toMatchObject([
      { variable: 'RETORT_RETENTION', what: expect.stringMatching(/^must be at least 10d: .*charts/) },
    ]);
  });

  it('describes every variable, for the README', () => {
    const variables = Object.entries(Environment.shape);
    expect(variables.filter(([, variable]) => !variable.description).map(([name]) => name)).toEqual([]);
  });
});

describe('what a command needs', () => {
  const missing = (environment: Record<string, string>) => {
    try {
      readConfig(environment, ['slack', 'fingerprintKey']);
    } catch (fault) {
      return (fault as ConfigError).problems.map(({ variable }) => variable);
    }
    return [];
  };

  it('is asked for together with what is wrong', () => {
    const shared = { DATABASE_URL: 'postgres://db/x', PORT: 'x' };
    expect(missing(shared)).toEqual(['PORT', 'SLACK_BOT_TOKEN', 'RETORT_FINGERPRINT_KEY']);
  });

  it('is told once, where half of it is there', () => {
    const half = { SLACK_APP_TOKEN: APP };
    expect(missing(half)).toEqual(['SLACK_BOT_TOKEN']);
    expect(missing({ ...half, SLACK_BOT_TOKEN: BOT })).toEqual([]);
  });
});

describe('requireSlack', () => {
  it('names both ways to set Slack up', () => {
    const ask = () => requireSlack(readConfig({}));
    expect(ask).toThrow(ConfigError);
    expect(ask).toThrow(/SLACK_APP_TOKEN for Socket Mode.*SLACK_SIGNING_SECRET and PORT for HTTP mode/);
  });
});

describe('othersEnvironment', () => {
  it('leaves out whatever Retort reads, and with it every secret', () => {
    const own = Object.fromEntries(Object.keys(Environment.shape).map((name) => [name, 'a secret']));
    expect(othersEnvironment({ ...own, PATH: '/bin', PGSSLROOTCERT: '/ca.pem' })).toEqual({
      PATH: '/bin',
      PGSSLROOTCERT: '/ca.pem',
    });
  });
});
