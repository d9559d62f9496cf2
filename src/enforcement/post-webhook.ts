import { type ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Address, type AddressGuard, ForbiddenAddress } from './address-guard.ts';
import type { WebhookSigner } from './webhook-signer.ts';

/** How a request ended. */
export type WebhookOutcome =
  | { kind: 'answered'; status: number; body: string; retryAfterMs: number | undefined }
  /** It certainly never left. */
  | { kind: 'never_sent'; error: string }
  /** It may have been acted upon. */
  | { kind: 'unknown'; error: string };

interface WebhookMessage {
  /** The same when the message is repeated. */
  id: string;
  body: string;
  /** When it is signed, epoch milliseconds: receivers refuse what is old. */
  at: number;
}

export type PostWebhook = (message: WebhookMessage) => Promise<WebhookOutcome>;

export interface WebhookOptions {
  url: string;
  sign: WebhookSigner;
  guard: AddressGuard;
  /** For the whole of it, from resolving the name to the last byte. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** An answer is a line for each account; more than this is none. */
const MOST_BYTES = 4_000_000;
/** Of what can go wrong once the addresses are known. */
const NEVER_SENT = ['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ERR_TLS_CERT_ALTNAME_INVALID'];

/** A sender of signed messages to one address. It follows no redirects: they are answers like any other. */
export function createWebhookPoster({ url, sign, guard, timeoutMs = TIMEOUT_MS }: WebhookOptions): PostWebhook {
  const target = new URL(url);
  return async ({ id, body, at }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let addresses: Address[];
    try {
      addresses = await guard.resolve(target.hostname);
    } catch (fault) {
      return { kind: 'never_sent', error: fault instanceof ForbiddenAddress ? 'forbidden_address' : codeOf(fault) };
    }
    if (target.protocol === 'http:' && !addresses.every(({ address }) => guard.isAllowedByName(address))) {
      return { kind: 'never_sent', error: 'not_encrypted' };
    }
    const headers = { ...sign(id, at, body), 'content-type': 'application/json', 'user-agent': 'retort' };
    try {
      return await send(target, addresses, headers, body, signal);
    } catch (fault) {
      const error = signal.aborted ? 'timeout' : codeOf(fault);
      return { kind: NEVER_SENT.includes(error) ? 'never_sent' : 'unknown', error };
    }
  };
}

function send(
  target: URL,
  addresses: Address[],
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Extract<WebhookOutcome, { kind: 'answered' }>> {
  return new Promise((resolve, reject) => {
    const begin = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request: ClientRequest = begin(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // The name is not asked for again: another answer would not have been checked.
      lookup: pinned(addresses),
      // A fresh connection each time: a pooled one might be to an address that was checked long ago.
      agent: false,
      signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) request.destroy(new Error('answer_too_long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const retryAfterMs = readRetryAfter(response.headers['retry-after']);
        resolve({
          kind: 'answered',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          retryAfterMs,
        });
      });
    });
    request.end(body);
  });
}

function pinned(addresses: Address[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, addresses);
    else done(null, first?.address ?? '', first?.family);
  };
}

/** Seconds; a date is rarely right to the second, and is taken as none. At most an hour. */
function readRetryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : undefined;
}

function codeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'failed';
  const { code } = fault as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : fault.message.slice(0, 80);
}
