import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { openEscalations } from '../../src/open-escalations.ts';
import { SECRET } from './receiver.ts';

/** What goes wrong with one request: answered so without, or after, acting on it; or never answered. */
export type Fault = { status: number; after?: boolean; headers?: Record<string, string> } | 'hang' | undefined;

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** `underWay`: requests that are not over yet, be it because their sender died. */
async function listen(handle: Handle, fault: (request: number) => Fault) {
  let requests = 0;
  let underWay = 0;
  const server = createServer((request, response) => {
    requests += 1;
    underWay += 1;
    response.on('close', () => (underWay -= 1));
    const which = fault(requests);
    if (which === undefined) return void handle(request, response);
    if (which !== 'hang' && which.after !== true) {
      request.resume();
      return void response.writeHead(which.status, which.headers).end('<html>oops');
    }
    // The work is done, and nobody hears of it.
    const end = response.end.bind(response);
    const head = response.writeHead.bind(response);
    response.writeHead = () => response;
    response.end = (() => {
      if (which === 'hang') return response;
      response.writeHead = head;
      response.statusCode = which.status;
      return end();
    }) as typeof response.end;
    return void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, underWay: () => underWay };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

export const ROUTING_KEY = '0123456789abcdef0123456789ABCDEF';

const dedup_key = z.string().min(1).max(255);
const routing_key = z.literal(ROUTING_KEY);
const Link = z.strictObject({ href: z.url({ protocol: /^https?$/ }), text: z.string().optional() });
/** As the documentation of Events API v2 has it, and stricter: what it does not name is refused. */
const PagerDutyEvent = z.discriminatedUnion('event_action', [
  z.strictObject({
    routing_key,
    event_action: z.literal('trigger'),
    dedup_key,
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(Link).optional(),
    payload: z.strictObject({
      summary: z.string().min(1).max(1_024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime().optional(),
      component: z.string().optional(),
      group: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({ routing_key, event_action: z.literal('acknowledge'), dedup_key }),
  z.strictObject({ routing_key, event_action: z.literal('resolve'), dedup_key }),
]);
type PagerDutyEvent = z.output<typeof PagerDutyEvent>;

export interface PagerDuty {
  url: string;
  underWay: () => number;
  /** What it took, in order, repeats included. */
  events: PagerDutyEvent[];
  /** What it refused, and why. */
  refused: string[];
  /** How incidents stand, by key; `calls`: how often somebody was called. */
  incidents: Map<string, { state: 'triggered' | 'acknowledged' | 'resolved'; calls: number }>;
}

export async function startPagerDuty(fault: (request: number) => Fault = () => undefined): Promise<PagerDuty> {
  const pagerduty: PagerDuty = { url: '', underWay: () => 0, events: [], refused: [], incidents: new Map() };
  const { url, underWay } = await listen(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const parsed = PagerDutyEvent.safeParse(JSON.parse(await read(request)));
    if (!parsed.success || request.method !== 'POST' || request.url !== '/v2/enqueue') {
      pagerduty.refused.push(parsed.error?.message ?? 'not an enqueue');
      return answer(400, { status: 'invalid event', message: 'Event object is invalid', errors: ['…'] });
    }
    const event = parsed.data;
    pagerduty.events.push(event);
    const { incidents } = pagerduty;
    const known = incidents.get(event.dedup_key) ?? { state: 'resolved', calls: 0 };
    if (event.event_action === 'trigger' && known.state === 'resolved') {
      incidents.set(event.dedup_key, { state: 'triggered', calls: known.calls + 1 });
    } else if (event.event_action === 'acknowledge' && known.state === 'triggered') known.state = 'acknowledged';
    else if (event.event_action === 'resolve') known.state = 'resolved';
    return answer(202, { status: 'success', message: 'Event processed', dedup_key: event.dedup_key });
  }, fault);
  return Object.assign(pagerduty, { url: `${url}/v2/enqueue`, underWay });
}

export interface Tickets {
  url: string;
  underWay: () => number;
  /** What was done, once each: `open retort:C-1:…`. */
  done: { what: string; key: string; data: Record<string, unknown> }[];
  /** Every message that came, repeats included. */
  messages: { id: string; body: string }[];
}

interface Example {
  createEscalationReceiver: (options: {
    secrets: readonly string[];
    tracker: Record<'open' | 'acknowledge' | 'close', (key: string, data: Record<string, unknown>) => void>;
    now: () => number;
  }) => Handle;
}

/** The example that users copy, on a port, with faults around it. */
export async function startTickets(
  now: () => number,
  fault: (request: number) => Fault = () => undefined,
): Promise<Tickets> {
  const file = path.resolve(import.meta.dirname, '../../docs/examples/escalation-receiver.mjs');
  const { createEscalationReceiver } = (await import(pathToFileURL(file).href)) as Example;
  const tickets: Tickets = { url: '', underWay: () => 0, done: [], messages: [] };
  const act = (what: string) => (key: string, data: Record<string, unknown>) =>
    void tickets.done.push({ what, key, data });
  const tracker = { open: act('open'), acknowledge: act('acknowledge'), close: act('close') };
  const receive = createEscalationReceiver({ secrets: [SECRET], tracker, now });
  const heard = await listen((request, response) => {
    const note = { id: String(request.headers['webhook-id']), body: '' };
    tickets.messages.push(note);
    request.on('data', (chunk: Buffer) => (note.body += chunk.toString()));
    return receive(request, response);
  }, fault);
  return Object.assign(tickets, heard);
}

interface Sides {
  pagerduty?: string;
  webhook?: string;
  legal?: string;
}

/** The environment of a program that can reach them. */
export function environmentOf(sides: Sides): Record<string, string> {
  return {
    RETORT_WEBHOOK_ALLOW: '127.0.0.1/32',
    RETORT_WEBHOOK_SECRETS: SECRET,
    ...(sides.pagerduty === undefined
      ? {}
      : { RETORT_PAGERDUTY_ROUTING_KEY: ROUTING_KEY, RETORT_PAGERDUTY_URL: sides.pagerduty }),
    ...(sides.webhook === undefined ? {} : { RETORT_ESCALATION_URL: sides.webhook }),
    ...(sides.legal === undefined ? {} : { RETORT_LEGAL_CHANNEL: sides.legal }),
  };
}

/** As the program opens them, from the environment. */
export function escalationsTo(sides: Sides) {
  return openEscalations(readConfig(environmentOf(sides)));
}
