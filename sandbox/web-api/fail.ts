import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults.ts';
import { sendJson, sendText } from '../http/respond.ts';

/** Fails a call before it does anything; false when this fault comes later. */
export function failBefore(fault: Fault, res: ServerResponse): boolean {
  switch (fault.kind) {
    case 'rate_limited': {
      const wait = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      sendJson(res, 429, { ok: false, error: 'ratelimited' }, wait);
      return true;
    }
    case 'http_500':
      sendText(res, 500, 'Internal Server Error');
      return true;
    case 'html':
      sendText(res, 200, '<!doctype html><title>Slack</title><h1>We are on it</h1>', 'text/html');
      return true;
    case 'error':
      sendJson(res, 200, { ok: false, error: fault.error });
      return true;
    case 'reset':
      res.socket?.resetAndDestroy();
      return true;
    // The connection stays open until the client gives up or the sandbox closes.
    case 'hang':
      return true;
    default:
      return false;
  }
}

/** Fails a call that was carried out. */
export function failAfter(fault: Fault, res: ServerResponse): boolean {
  if (fault.kind === 'http_500_after') sendText(res, 500, 'Internal Server Error');
  else if (fault.kind === 'reset_after') res.socket?.resetAndDestroy();
  else return fault.kind === 'hang_after';
  return true;
}
