import pino, { type DestinationStream } from 'pino';
import type { LogLevel } from './config.ts';

/** What every room may say: `log.info({ job }, 'slot done')`. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log that says nothing, for callers to whom it does not matter. */
export const silentLog: Log = pino({ level: 'silent' });

/** Keys whose values never belong in a log: secrets, and text of the exchanges. */
const SECRET_KEYS = [
  'authorization',
  'password',
  'secret',
  'webhookSecrets',
  'routingKey',
  'routing_key',
  'token',
  'tokens',
  'heartbeatUrl',
  'botToken',
  'appToken',
  'signingSecret',
  'fingerprintKey',
  'databaseUrl',
  'litellmDatabaseUrl',
  'connectionString',
  'prompt',
  'system_instructions',
];

/** One JSON object a line on standard error, with the keys `level`, `at`, `msg`, `err` and the caller's own. */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (fault: unknown) => describeFault(fault, level === 'debug') },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    destination,
  );
}

/** Takes Slack tokens and passwords in addresses out of text that others wrote. */
export function scrub(text: string): string {
  return text
    .replaceAll(/\bx(?:ox[a-z]|app)-[\w-]+/g, '[token]')
    .replaceAll(/(\w+:\/\/[^\s:/@]*:)[^\s@]+@/g, '$1[password]@');
}

/** Only these fields: drivers and clients hang requests, rows and headers on their errors. */
function describeFault(fault: unknown, withCause: boolean): Record<string, unknown> {
  if (!(fault instanceof Error)) return { message: scrub(String(fault)) };
  const { code } = fault as NodeJS.ErrnoException;
  return {
    type: fault.name,
    message: scrub(fault.message),
    ...(code === undefined ? {} : { code }),
    ...(withCause ? { stack: scrub(fault.stack ?? '') } : {}),
    ...(withCause && fault.cause !== undefined ? { cause: describeFault(fault.cause, true) } : {}),
  };
}
