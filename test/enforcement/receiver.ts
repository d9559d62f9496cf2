import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { createAccountService } from '../../src/enforcement/account-webhook.ts';
import { createAddressGuard } from '../../src/enforcement/address-guard.ts';
import { createWebhookPoster } from '../../src/enforcement/post-webhook.ts';
import { createWebhookSigner } from '../../src/enforcement/webhook-signer.ts';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
type Problem = { reason: string; retry?: boolean } | undefined;

interface Example {
  createReceiver(options: {
    secrets: readonly string[];
    act: (action: string, accountId: string) => Problem;
    done?: Map<string, string>;
    now?: () => number;
  }): Handler;
  verifySignature(secrets: readonly string[], headers: Record<string, string>, body: string, seconds: number): boolean;
}

/** The example that users copy. */
export const example = (await import(
  pathToFileURL(path.resolve(import.meta.dirname, '../../docs/examples/enforcement-receiver.mjs')).href
)) as Example;

/** What goes wrong with one request, before or after the receiver has done its work. */
export type Fault = 'http_500' | 'http_500_after' | 'hang_after' | 'twice' | 'junk' | undefined;

export interface Receiver {
  url: string;
  /** Every time that an account was really acted upon, in order. */
  acted: { action: string; accountId: string }[];
  requests: { id: string; body: string }[];
  /** Requests that are not over yet, be it because their sender died. */
  underWay: () => number;
}

/** The example receiver on a port, with faults around it. */
export async function startReceiver(options: {
  act?: (action: string, accountId: string) => Problem;
  fault?: (request: number) => Fault;
  now?: () => number;
  secrets?: readonly string[];
}): Promise<Receiver> {
  const { act = () => undefined, fault = () => undefined, now = Date.now, secrets = [SECRET] } = options;
  let underWay = 0;
  const receiver: Receiver = { url: '', acted: [], requests: [], underWay: () => underWay };
  const handle = example.createReceiver({
    secrets,
    now,
    act(action, accountId) {
      const problem = act(action, accountId);
      if (problem === undefined) receiver.acted.push({ action, accountId });
      return problem;
    },
  });
  const server = createServer((request, response) => {
    const which = fault(receiver.requests.length);
    const note = { id: String(request.headers['webhook-id']), body: '' };
    receiver.requests.push(note);
    underWay += 1;
    response.on('close', () => (underWay -= 1));
    request.on('data', (chunk: Buffer) => (note.body += chunk.toString()));
    if (which === 'http_500') response.writeHead(500).end('<html>oops');
    else void handle(request, spoiled(response, which));
  });
  await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/actions`;
  return receiver;
}

/** The work is done; what comes back of it is not what the receiver said. */
function spoiled(response: ServerResponse, fault: Fault): ServerResponse {
  if (fault === undefined) return response;
  const end = response.end.bind(response);
  if (fault === 'http_500_after') {
    const head = response.writeHead.bind(response);
    response.writeHead = () => response;
    response.end = (() => {
      response.writeHead = head;
      response.statusCode = 502;
      return end('bad gateway');
    }) as typeof response.end;
  }
  if (fault === 'hang_after') response.end = (() => response) as typeof response.end;
  if (fault === 'junk') response.end = (() => end('{"results": "all fine"}')) as typeof response.end;
  if (fault === 'twice') {
    response.end = ((text: string) => {
      const { results } = JSON.parse(text) as { results: unknown[] };
      const stranger = { account_id: 'acct_else', idempotency_key: 'none-of-ours', status: 'done' };
      return end(JSON.stringify({ results: [...results, ...results, stranger] }));
    }) as typeof response.end;
  }
  return response;
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** The real sender, to a receiver on this machine. */
export function serviceAt(url: string, { timeoutMs = 5_000 } = {}) {
  const guard = createAddressGuard(['127.0.0.1/32']);
  return createAccountService(createWebhookPoster({ url, sign: createWebhookSigner([SECRET]), guard, timeoutMs }));
}
