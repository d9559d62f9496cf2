import type { Outbound, Reply } from './outbound.ts';
import { signatureHeaders } from './sign.ts';

/** A signed request, byte for byte. */
export interface SignedRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Signs `outbound` for the app's request URL at `seconds` since the epoch. */
export function signRequest(outbound: Outbound, url: string, secret: string, seconds: number): SignedRequest {
  const { body, type } = encode(outbound);
  const retry: Record<string, string> = outbound.retry
    ? { 'x-slack-retry-num': String(outbound.retry.num), 'x-slack-retry-reason': outbound.retry.reason }
    : {};
  const headers = { 'content-type': type, ...signatureHeaders(secret, body, seconds), ...retry };
  return { url, body, headers: { 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)', ...headers } };
}

function encode({ kind, payload }: Outbound): { body: string; type: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' };
}

/** Sends it and waits for the acknowledgement. */
export async function sendRequest(request: SignedRequest, deadlineMs: number): Promise<Reply> {
  try {
    const { url, headers, body } = request;
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const text = await response.text();
    if (response.status !== 200) {
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      return { ok: false, reason: 'http_error', status: response.status, noRetry };
    }
    return { ok: true, body: decode(text, response.headers.get('content-type') ?? '') };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { ok: false, reason: timedOut ? 'operation_timeout' : 'connection_failed' };
  }
}

function decode(text: string, type: string): unknown {
  if (text === '') return undefined;
  if (!type.startsWith('application/json')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
