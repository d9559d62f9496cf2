import path from 'node:path';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { ACTION_ENVIRONMENT, type ActionConfig, actionProblems, toActionConfig } from './config-actions.ts';
import { Duration, UNITS } from './config-duration.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';

const DatabaseUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol),
    'must look like postgres://user:password@host:5432/database',
  );

const secret = (prefix: string, where: string) =>
  z.string().startsWith(prefix, `must start with ${prefix}: ${where} in the app's settings on api.slack.com`);

const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });

/** Every variable that Retort reads, in the order of the README's table; `describe` is the table's text. */
export const Environment = z.object({
  DATABASE_URL: DatabaseUrl.optional().describe(
    'PostgreSQL 15 or newer, or a Citus coordinator; unset: the embedded server, its data in `RETORT_DATA_DIR`',
  ),
  RETORT_DATA_DIR: z.string().default('.retort').describe('where the embedded server and generated keys live'),
  SLACK_BOT_TOKEN: secret('xoxb-', 'OAuth & Permissions').optional().describe('the bot token of the Slack app'),
  SLACK_APP_TOKEN: secret('xapp-', 'Basic Information → App-Level Tokens')
    .optional()
    .describe('an app-level token with `connections:write`: Socket Mode'),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(16, 'is too short to be a signing secret: Basic Information → App Credentials on api.slack.com')
    .optional()
    .describe('HTTP mode, where no app token is set'),
  PORT: z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be a port number')
    .optional()
    .describe('where HTTP mode listens for Slack'),
  SLACK_API_URL: HttpUrl.optional().describe('another Slack-compatible server'),
  RETORT_FINGERPRINT_KEY: z
    .string()
    .min(32, 'must be at least 32 characters, such as the output of: openssl rand -base64 32')
    .optional()
    .describe(
      'secret key of the fingerprints, at least 32 characters, the same for all replicas; made and kept in the data directory where unset in embedded mode',
    ),
  RETORT_ALERT_CHANNEL: z
    .string()
    .transform((text) => text.replace(/^#/, ''))
    .default('abuse-alerts')
    .describe('the channel that campaigns and the digest are posted to, by name or id'),
  RETORT_RESPONDERS_GROUP: z
    .string()
    .transform((text) => text.replace(/^@/, ''))
    .optional()
    .describe(
      'the Slack user group that may act, by id (`S…`, safest) or handle; unset: every full member of the workspace',
    ),
  RETORT_APPROVERS_GROUP: z
    .string()
    .transform((text) => text.replace(/^@/, ''))
    .optional()
    .describe('the Slack user group that may approve as well, by id (`S…`, safest) or handle; unset: nobody'),
  RETORT_DIGEST_TIME: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00')
    .default('09:00')
    .describe('when the daily digest is posted'),
  RETORT_TIMEZONE: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'must be a time zone such as Europe/Berlin')
    .default('UTC')
    .describe('the time zone of the digest'),
  RETORT_ALLOWED_LATENESS: Duration.default(UNITS.m * 10).describe(
    'how late an exchange may arrive and still be in its detection window; a number with s, m, h or d',
  ),
  RETORT_DETECTIONS_DIR: z
    .string()
    .optional()
    .describe('a folder with detections of your own, `.js` or `.mjs`, looked at again before each run'),
  ...ACTION_ENVIRONMENT,
  RETORT_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info')
    .describe('how much goes to standard error'),
});

/** The log's level for faults that come before there is a configuration. */
export type LogLevel = z.output<typeof Environment>['RETORT_LOG_LEVEL'];

export type SlackConfig = { botToken: string; apiUrl?: string } & (
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number }
);

/** What the program runs by. Durations are milliseconds. */
export interface Config {
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  /** Undefined where no Slack variable is set; commands that post ask for it with `requireSlack`. */
  slack: SlackConfig | undefined;
  /** Undefined: see `fingerprintKey`. */
  fingerprintKey: string | undefined;
  alertChannel: string;
  /** Ids or handles of Slack user groups. */
  groups: { responders: string | undefined; approvers: string | undefined };
  /** `HH:MM` in `timezone`. */
  digestTime: string;
  timezone: string;
  allowedLatenessMs: number;
  /** Absolute; undefined: the operator has no detections of their own. */
  detectionsDir: string | undefined;
  actions: ActionConfig;
  logLevel: LogLevel;
}

/** The environment as a `Config`. Throws `ConfigError` with every problem and what to set. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  // A variable set to nothing, as in many .env files, is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(set);
  const problems: ConfigProblem[] = parsed.error?.issues.map(toProblem) ?? [];
  const halves = [...slackProblems(set), ...actionProblems(set)];
  if (!parsed.success || halves.length > 0) throw new ConfigError([...problems, ...halves]);
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.RETORT_DATA_DIR),
    slack: toSlack(env),
    fingerprintKey: env.RETORT_FINGERPRINT_KEY,
    alertChannel: env.RETORT_ALERT_CHANNEL,
    groups: { responders: env.RETORT_RESPONDERS_GROUP, approvers: env.RETORT_APPROVERS_GROUP },
    digestTime: env.RETORT_DIGEST_TIME,
    timezone: env.RETORT_TIMEZONE,
    allowedLatenessMs: env.RETORT_ALLOWED_LATENESS,
    detectionsDir: env.RETORT_DETECTIONS_DIR === undefined ? undefined : path.resolve(env.RETORT_DETECTIONS_DIR),
    actions: toActionConfig(env),
    logLevel: env.RETORT_LOG_LEVEL,
  };
}

const BOTH_WAYS =
  'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for Socket Mode, or SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and PORT for HTTP mode';

/** The Slack part, for commands that cannot do without. Throws `ConfigError` naming both ways to set it up. */
export function requireSlack(config: Config): SlackConfig {
  if (config.slack !== undefined) return config.slack;
  throw new ConfigError([
    {
      variable: 'SLACK_BOT_TOKEN',
      what: `is not set: ${BOTH_WAYS}. To try Retort without a Slack workspace, run: retort demo`,
    },
  ]);
}

function toProblem(issue: z.core.$ZodIssue): ConfigProblem {
  return { variable: issue.path.join('.'), what: issue.message };
}

/** Half a set-up is a mistake, not a wish for none. */
function slackProblems(set: Record<string, string | undefined>): ConfigProblem[] {
  const has = (variable: string) => set[variable] !== undefined;
  const mode = has('SLACK_APP_TOKEN') || has('SLACK_SIGNING_SECRET');
  if (!has('SLACK_BOT_TOKEN')) return mode ? [{ variable: 'SLACK_BOT_TOKEN', what: `is missing: ${BOTH_WAYS}` }] : [];
  if (has('SLACK_APP_TOKEN')) return [];
  if (!mode) return [{ variable: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET', what: `is missing: ${BOTH_WAYS}` }];
  return has('PORT') ? [] : [{ variable: 'PORT', what: 'is missing: HTTP mode needs a port to listen on for Slack' }];
}

function toSlack(env: z.output<typeof Environment>): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, PORT: port } = env;
  if (botToken === undefined) return undefined;
  const common = { botToken, ...(env.SLACK_API_URL === undefined ? {} : { apiUrl: env.SLACK_API_URL }) };
  if (appToken !== undefined) return { ...common, mode: 'socket', appToken };
  if (signingSecret === undefined || port === undefined) return undefined;
  return { ...common, mode: 'http', signingSecret, port };
}

/** Whether faults are to be shown with where they come from; known even where the rest cannot be read. */
export function isDebugging(environment: Record<string, string | undefined> = process.env): boolean {
  return environment['RETORT_LOG_LEVEL'] === 'debug';
}
