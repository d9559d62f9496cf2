import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type pg from 'pg';
import { type DiskRoom, DiskShort, needRoom } from '../../db/embedded/disk-room.ts';
import type { Log } from '../../log.ts';
import type { Adapter } from '../adapters/adapter.ts';
import { adapters } from '../adapters/registry.ts';
import type { LoadCounts } from '../exchange-loader.ts';
import { createFingerprinter } from '../fingerprint.ts';
import { subkey } from '../keyed-hash.ts';
import { createModelIds } from '../model-ids.ts';
import { createBearerCheck } from './bearer.ts';
import { loadBody } from './load-body.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { type Route, ROUTES } from './route.ts';
import { createSendLimiter, type SendRate } from './send-rate.ts';

/** What the endpoint tells of itself. */
interface IngestMeter {
  /** `path` is one of the endpoint's own, or `other`. */
  answered(path: string, status: number): void;
  /** A batch was to come again later; `sender` is the place of its token, from 1. */
  putOff(why: 'rate' | 'busy', sender: number): void;
  counted(path: string, counts: LoadCounts): void;
}

export interface EndpointOptions {
  pool: pg.Pool;
  /** The installation's fingerprint key. */
  secret: string;
  /** Any of them is let in; several, so that one can be replaced without a gap. */
  tokens: readonly string[];
  /** Epoch milliseconds. */
  clock: () => number;
  log: Log;
  meter?: IngestMeter;
  /** For each token of its own; undefined: none is bounded. */
  rate?: SendRate | undefined;
  /** Of the database, where it is ours to watch. */
  disk?: DiskRoom | undefined;
  limits?: Partial<Limits>;
}

/** These bound the memory: at most `inFlight` bodies, their rows with them. */
interface Limits {
  bytes: number;
  lines: number;
  /** Requests that are read or written at once; the next one is asked to come again. */
  inFlight: number;
}

const LIMITS: Limits = { bytes: 16 * 1024 * 1024, lines: 50_000, inFlight: 4 };
/** Only paths and queries are looked at. */
const BASE = 'http://endpoint';
/** PostgreSQL's disk_full. */
const DISK_FULL = '53100';
const KEY = /^[\x21-\x7e]{1,255}$/;

export interface IngestEndpoint {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  inFlight: () => number;
}

/** The ingest endpoint: batches in, counts out, each batch whole or not at all. */
export function createIngestEndpoint(options: EndpointOptions): IngestEndpoint {
  const { pool, secret, clock, log, meter } = options;
  const limits = { ...LIMITS, ...options.limits };
  const senderOf = createBearerCheck(options.tokens);
  const limiter = options.rate === undefined ? undefined : createSendLimiter(options.rate);
  const fingerprinter = createFingerprinter(secret);
  const models = createModelIds(pool);
  const bodyKey = Buffer.from(subkey(secret, 'ingest body').buffer);
  let inFlight = 0;

  async function take(request: IncomingMessage, path: string, route: Route, url: URL): Promise<Answer> {
    const sender = senderOf(request.headers.authorization);
    if (sender === undefined) {
      throw new Refusal(401, 'a bearer token that Retort knows is needed', { 'www-authenticate': 'Bearer' });
    }
    if (request.method !== 'POST') throw new Refusal(405, 'batches are sent by POST', { allow: 'POST' });
    checkType(request, route);
    const adapter = route.adapter ?? formatOf(url, route);
    const key = keyOf(request);
    const waitMs = limiter?.waitMs(sender, clock()) ?? 0;
    if (waitMs > 0) {
      meter?.putOff('rate', sender + 1);
      const seconds = String(Math.ceil(waitMs / 1_000));
      throw new Refusal(429, `more came with this token than its rate lets in: send this again in ${seconds} s`, {
        'retry-after': seconds,
      });
    }
    // Before the body is read; what is under way is let to its end.
    await needRoom(options.disk);
    if (inFlight >= limits.inFlight) {
      meter?.putOff('busy', sender + 1);
      throw new Refusal(429, 'as many batches as may be are under way: send this one again', { 'retry-after': '1' });
    }
    inFlight += 1;
    let read = 0;
    const onRead = (records: number) => void (read += records);
    const pay = () => limiter?.spend(sender, Math.max(1, read), clock());
    try {
      const hash = createHmac('sha256', bodyKey);
      const body = await readBody(request, { mostBytes: limits.bytes, hash });
      const common = { pool, fingerprinter, models, clock, path, route, adapter, key, mostLines: limits.lines, onRead };
      const { repeated, ...counts } = await loadBody(body, common);
      pay();
      if (!repeated) meter?.counted(path, counts);
      log.debug({ path, bytes: body.bytes, repeated, ...counts }, 'a batch was taken');
      return { status: 200, body: route.answer(counts), headers: repeated ? { 'idempotency-replayed': 'true' } : {} };
    } catch (fault) {
      // What Retort itself could not write is sent again, and paid for then.
      if (fault instanceof Refusal) pay();
      throw fault;
    } finally {
      inFlight -= 1;
    }
  }

  async function answer(request: IncomingMessage, path: string, route: Route | undefined, url: URL): Promise<Answer> {
    if (route === undefined) {
      if (path === '/healthz') return { status: 200, body: { ok: true }, headers: {} };
      return { status: 404, body: { error: `there is ${Object.keys(ROUTES).join(', ')}` }, headers: {} };
    }
    try {
      return await take(request, path, route, url);
    } catch (fault) {
      if (fault instanceof Refusal) {
        return { status: fault.status, body: route.refusal(fault.status, fault.message), headers: fault.headers };
      }
      // Nobody is left to be answered.
      if (request.destroyed && !request.complete) return { status: 499, body: {}, headers: {} };
      log.error({ path, err: fault }, 'a batch could not be written');
      const short = fault instanceof DiskShort;
      const full = (fault as { code?: unknown }).code === DISK_FULL;
      const why =
        short || full ? `the disk of the database is ${short ? 'nearly ' : ''}full` : 'the batch could not be written';
      const what = `${why}: send it again, with the same Idempotency-Key`;
      return { status: 503, body: route.refusal(503, what), headers: { 'retry-after': short || full ? '60' : '5' } };
    }
  }

  return {
    inFlight: () => inFlight,
    async handle(request, response) {
      const asked = URL.canParse(request.url ?? '', BASE) ? (request.url ?? '') : '/';
      const url = new URL(asked, BASE);
      const route = Object.hasOwn(ROUTES, url.pathname) ? ROUTES[url.pathname] : undefined;
      const { status, body, headers } = await answer(request, url.pathname, route, url);
      meter?.answered(route === undefined ? 'other' : url.pathname, status);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    },
  };
}

interface Answer {
  status: number;
  body: object;
  headers: Record<string, string>;
}

function checkType({ headers }: IncomingMessage, { types }: Route): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && types.includes(type)) return;
  throw new Refusal(415, `Content-Type must be ${types.join(' or ')}`);
}

/** `?format=` names an adapter, as `retort ingest --format` does. */
function formatOf(url: URL, { kind }: Route): Adapter | undefined {
  const name = url.searchParams.get('format');
  if (name === null || kind !== 'exchanges') return undefined;
  const found = adapters.find((adapter) => adapter.name === name);
  if (found !== undefined) return found;
  throw new Refusal(400, `format must be one of ${adapters.map((adapter) => adapter.name).join(', ')}`);
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new Refusal(400, 'Idempotency-Key must be 1 to 255 visible ASCII characters');
}
