import path from 'node:path';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { Severity } from './campaigns/campaign.ts';
import type { Retention } from './campaigns/retention.ts';
import type { Rota } from './campaigns/rota.ts';
import { ACTION_ENVIRONMENT, type ActionConfig, actionProblems, toActionConfig } from './config-actions.ts';
import { DATA_ENVIRONMENT } from './config-data.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import {
  ESCALATION_ENVIRONMENT,
  type EscalationConfig,
  escalationProblems,
  toEscalationConfig,
} from './config-escalation.ts';
import { INGEST_ENVIRONMENT, type IngestConfig, ingestProblems, toIngestConfig } from './config-ingest.ts';
import { bySeverity } from './config-severity.ts';
import { channelName, DatabaseUrl, groupName, HttpUrl, Limit, Port, secret, UNITS } from './config-values.ts';

const NO_ROUTES = { critical: null, high: null, medium: null, low: null };
const ANSWER_WITHIN = { critical: UNITS.m * 15, high: UNITS.h, medium: UNITS.h * 8, low: null };
const ACK_HOLDS = { critical: UNITS.h * 4, high: UNITS.h * 12, medium: UNITS.d * 3, low: null };

/** Every variable that Retort reads, in the order of the tables in README.md and docs/configuration.md; `describe` is their text. */
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
    .min(16, 'must be at least 16 characters: Basic Information → App Credentials on api.slack.com')
    .optional()
    .describe('HTTP mode, where no app token is set'),
  PORT: Port.optional().describe('where HTTP mode listens for Slack'),
  SLACK_API_URL: HttpUrl.optional().describe('another Slack-compatible server'),
  RETORT_FINGERPRINT_KEY: z
    .string()
    .min(32, 'must be at least 32 characters, such as the output of: openssl rand -base64 32')
    .optional()
    .describe(
      'secret key of the fingerprints, at least 32 characters, the same for all replicas; made and kept in the data directory where unset in embedded mode',
    ),
  RETORT_ALERT_CHANNEL: channelName
    .default('abuse-alerts')
    .describe('the channel that campaigns and the digest are posted to, by name or id'),
  RETORT_RESPONDERS_GROUP: groupName
    .optional()
    .describe(
      'the Slack user group that may act, by id (`S…`, safest) or handle; unset: every full member of the workspace',
    ),
  RETORT_APPROVERS_GROUP: groupName
    .optional()
    .describe('the Slack user group that may approve as well, by id (`S…`, safest) or handle; unset: nobody'),
  RETORT_ADMINS_GROUP: groupName
    .optional()
    .describe(
      'the Slack user group that may switch detections, by id (`S…`, safest) or handle; unset: whoever may act',
    ),
  RETORT_ALERT_ROUTES: bySeverity<string | null>(channelName.pipe(z.string().min(1, 'a channel is missing')), NO_ROUTES)
    .default(NO_ROUTES)
    .describe(
      'channels of their own by severity, as in `critical=abuse-critical low=abuse-noise`; the rest goes to `RETORT_ALERT_CHANNEL`',
    ),
  RETORT_QUIET_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must be two times of day such as 22:00-07:00')
    .optional()
    .describe(
      'when only critical campaigns are posted, as in `22:00-07:00`, in `RETORT_TIMEZONE`; the rest waits until its end',
    ),
  RETORT_ONCALL_GROUPS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((each) => each !== ''))
    .pipe(z.array(groupName).max(5, 'must be five groups at most'))
    .default([])
    .describe(
      'user groups that are called when nobody answers, by id (`S…`) or handle: the shift’s first, then the next; unset: nobody is called',
    ),
  RETORT_ANSWER_WITHIN: bySeverity<number | null>(Limit, ANSWER_WITHIN)
    .default(ANSWER_WITHIN)
    .describe('how long a campaign may wait for an answer before the next group is called'),
  RETORT_ACK_HOLDS: bySeverity<number | null>(Limit, ACK_HOLDS)
    .default(ACK_HOLDS)
    .describe('how long an acknowledgement holds before its holder is reminded'),
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
  ...DATA_ENVIRONMENT,
  RETORT_DETECTIONS_DIR: z
    .string()
    .optional()
    .describe('a folder with detections of your own, `.js` or `.mjs`, looked at again before each run'),
  ...INGEST_ENVIRONMENT,
  RETORT_HEALTH_PORT: Port.optional().describe(
    'where `/healthz`, `/readyz` and `/metrics` are served; keep it inside; unset: nowhere',
  ),
  RETORT_HEARTBEAT_URL: HttpUrl.optional().describe(
    'the address of a dead-man’s switch, called every minute while nothing is wrong with Retort',
  ),
  ...ACTION_ENVIRONMENT,
  ...ESCALATION_ENVIRONMENT,
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
  groups: { responders: string | undefined; approvers: string | undefined; admins: string | undefined };
  /** Channels, by name or id, for campaigns of a severity; null: the alert channel. */
  alertRoutes: Readonly<Record<Severity, string | null>>;
  /** `HH:MM-HH:MM` in `timezone`. */
  quietHours: string | undefined;
  rota: Rota;
  /** `HH:MM` in `timezone`. */
  digestTime: string;
  timezone: string;
  allowedLatenessMs: number;
  /** Of the embedded server's disk, to stay free; 0 for no bound. */
  leastDiskBytes: number;
  retention: Retention;
  /** Absolute; undefined: the operator has no detections of their own. */
  detectionsDir: string | undefined;
  /** The ingest endpoint: off without tokens. */
  ingest: IngestConfig | undefined;
  litellmDatabaseUrl: string | undefined;
  healthPort: number | undefined;
  /** A secret: whoever calls it keeps the switch quiet. */
  heartbeatUrl: string | undefined;
  actions: ActionConfig;
  escalation: EscalationConfig;
  logLevel: LogLevel;
}

/** What a command cannot do without, beyond what is always right or wrong. */
export type Need = 'slack' | 'fingerprintKey';

/** The environment as a `Config`. Throws `ConfigError` with every problem and what to set, what is needed included. */
export function readConfig(
  environment: Record<string, string | undefined> = process.env,
  needs: readonly Need[] = [],
): Config {
  // A variable set to nothing, as in many .env files, is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(set);
  const problems: ConfigProblem[] = parsed.error?.issues.map(toProblem) ?? [];
  const missing = [
    ...slackProblems(set),
    ...ingestProblems(set),
    ...actionProblems(set),
    ...escalationProblems(set),
    ...needs.flatMap((need) => missingOf(need, set)),
  ];
  if (!parsed.success || missing.length > 0) throw new ConfigError([...problems, ...missing]);
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.RETORT_DATA_DIR),
    slack: toSlack(env),
    fingerprintKey: env.RETORT_FINGERPRINT_KEY,
    alertChannel: env.RETORT_ALERT_CHANNEL,
    groups: {
      responders: env.RETORT_RESPONDERS_GROUP,
      approvers: env.RETORT_APPROVERS_GROUP,
      admins: env.RETORT_ADMINS_GROUP,
    },
    alertRoutes: env.RETORT_ALERT_ROUTES,
    quietHours: env.RETORT_QUIET_HOURS,
    rota: {
      groups: env.RETORT_ONCALL_GROUPS,
      answerWithinMs: env.RETORT_ANSWER_WITHIN,
      holdsMs: env.RETORT_ACK_HOLDS,
    },
    digestTime: env.RETORT_DIGEST_TIME,
    timezone: env.RETORT_TIMEZONE,
    allowedLatenessMs: env.RETORT_ALLOWED_LATENESS,
    leastDiskBytes: env.RETORT_LEAST_DISK,
    retention: { raw: env.RETORT_RETENTION, traits: env.RETORT_TRAIT_RETENTION },
    detectionsDir: env.RETORT_DETECTIONS_DIR === undefined ? undefined : path.resolve(env.RETORT_DETECTIONS_DIR),
    ingest: toIngestConfig(env),
    litellmDatabaseUrl: env.RETORT_LITELLM_DATABASE_URL,
    healthPort: env.RETORT_HEALTH_PORT,
    heartbeatUrl: env.RETORT_HEARTBEAT_URL,
    actions: toActionConfig(env),
    escalation: toEscalationConfig(env),
    logLevel: env.RETORT_LOG_LEVEL,
  };
}

const BOTH_WAYS =
  'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for Socket Mode, or SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and PORT for HTTP mode';

const NO_SLACK: ConfigProblem = {
  variable: 'SLACK_BOT_TOKEN',
  what: `is not set: ${BOTH_WAYS}. To try Retort without a Slack workspace, run: retort demo`,
};

/** Replicas must agree on the key: only the embedded server is one process's own. */
export const NO_KEY: ConfigProblem = {
  variable: 'RETORT_FINGERPRINT_KEY',
  what: 'is not set: with DATABASE_URL every process needs the same key. Set it to the output of: openssl rand -base64 32',
};

function missingOf(need: Need, set: Record<string, string | undefined>): ConfigProblem[] {
  const slack = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'];
  // Half a set-up is told of anyway.
  if (need === 'slack') return slack.some((variable) => set[variable] !== undefined) ? [] : [NO_SLACK];
  return set['DATABASE_URL'] !== undefined && set['RETORT_FINGERPRINT_KEY'] === undefined ? [NO_KEY] : [];
}

/** The Slack part, for commands that cannot do without. Throws `ConfigError` naming both ways to set it up. */
export function requireSlack(config: Config): SlackConfig {
  if (config.slack !== undefined) return config.slack;
  throw new ConfigError([NO_SLACK]);
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

/** The environment without what Retort reads: its secrets are nothing for a program that it starts. */
export function othersEnvironment(environment: Record<string, string | undefined> = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !(name in Environment.shape)));
}

/** Whether faults are to be shown with where they come from; known even where the rest cannot be read. */
export function isDebugging(environment: Record<string, string | undefined> = process.env): boolean {
  return environment['RETORT_LOG_LEVEL'] === 'debug';
}
