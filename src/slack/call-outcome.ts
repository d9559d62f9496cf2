import { ErrorCode } from '@slack/web-api';

/** How a call to Slack ended. `unknown`: Slack may have done it, and did not say so. */
export type CallOutcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'retry'; afterMs: number; error: string }
  | { kind: 'refused'; error: string }
  | { kind: 'unknown'; error: string };

/** For a 429 that does not say how long. */
const RATE_LIMIT_MS = 30_000;
const UNREACHABLE_MS = 5_000;
/** The request certainly never left. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
/** Slack's own faults, after which it may or may not have done what was asked. */
const DOUBTFUL = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];
const LIMITED = ['ratelimited', 'rate_limited', 'message_limit_exceeded'];

/** Runs one call and says how it ended; throws nothing. */
export async function callOutcome<T>(call: () => Promise<T>): Promise<CallOutcome<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (fault) {
    return classify(fault);
  }
}

function classify(fault: unknown): Exclude<CallOutcome<never>, { kind: 'done' }> {
  const { code, data, statusCode, retryAfter, cause, message } = asFault(fault);
  switch (code) {
    case ErrorCode.PlatformError:
      return platformError(data?.error);
    case ErrorCode.RateLimitedError:
      return { kind: 'retry', afterMs: (retryAfter ?? RATE_LIMIT_MS / 1000) * 1000, error: 'ratelimited' };
    case ErrorCode.HTTPError:
      // A proxy's refusal was never Slack's to act on; a server's fault may come after the act.
      return statusCode !== undefined && statusCode < 500
        ? { kind: 'retry', afterMs: UNREACHABLE_MS, error: `http_${statusCode}` }
        : { kind: 'unknown', error: `http_${statusCode ?? 'error'}` };
    case ErrorCode.RequestError: {
      const reason = causeCode(cause) ?? message;
      return NEVER_SENT.includes(reason)
        ? { kind: 'retry', afterMs: UNREACHABLE_MS, error: reason }
        : { kind: 'unknown', error: reason };
    }
    default:
      // The client's own wording for a 429 without Retry-After.
      return message.startsWith('Retry header')
        ? { kind: 'retry', afterMs: RATE_LIMIT_MS, error: 'ratelimited' }
        : { kind: 'unknown', error: message };
  }
}

function platformError(error: string | undefined): Exclude<CallOutcome<never>, { kind: 'done' }> {
  // An answer that is no JSON, such as a proxy's page, arrives as if its text were Slack's error code.
  if (error === undefined || !/^[a-z0-9_.:-]{1,80}$/.test(error)) return { kind: 'unknown', error: 'not_an_answer' };
  if (LIMITED.includes(error)) return { kind: 'retry', afterMs: RATE_LIMIT_MS, error };
  return DOUBTFUL.includes(error) ? { kind: 'unknown', error } : { kind: 'refused', error };
}

interface Fault {
  code?: string;
  data?: { error?: string };
  statusCode?: number;
  /** Seconds. */
  retryAfter?: number;
  cause?: unknown;
  message: string;
}

function asFault(fault: unknown): Fault {
  return fault instanceof Error ? fault : { message: String(fault) };
}

/** The innermost system error: fetch wraps it once, the client twice. */
function causeCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { code } = cause as NodeJS.ErrnoException;
  return causeCode(cause.cause) ?? (typeof code === 'string' ? code : undefined);
}
