import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject } from '../block-kit/shape.ts';
import { urlOf } from '../http/url-of.ts';
import type { Outbound, Reply } from './outbound.ts';

/** Slack allows an app ten connections at once. */
const maxConnections = 10;
/** Bolt's client gives up when it hears no ping for 30 s. */
const pingMs = 10_000;

export interface Envelope {
  envelope_id: string;
  type: Outbound['kind'];
  payload: Outbound['payload'];
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
}

/** The Socket Mode side: tickets, connections, envelopes and their acknowledgements. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #open: WebSocket[] = [];
  /** Oldest first: an envelope that was sent twice waits for two acknowledgements. */
  #waiting: { envelopeId: string; acknowledged: (body: unknown) => void }[] = [];
  readonly #appId: string;
  readonly #id: (prefix: string) => string;
  readonly #changed: () => void;

  constructor(appId: string, id: (prefix: string) => string, changed: () => void) {
    this.#appId = appId;
    this.#id = id;
    this.#changed = changed;
  }

  get count(): number {
    return this.#open.length;
  }

  /** A URL that opens one connection. */
  ticketUrl(sandboxUrl: string): string {
    const ticket = this.#id('ticket-');
    this.#tickets.add(ticket);
    return `${sandboxUrl.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${this.#appId}`;
  }

  /** Takes over an HTTP upgrade; refuses a ticket that was used, or never issued. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = urlOf(req);
    const known = pathname === '/link/' && this.#tickets.delete(searchParams.get('ticket') ?? '');
    if (known) this.#server.handleUpgrade(req, socket, head, (connection) => this.#greet(connection));
    else socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
  }

  envelope({ kind, payload, retry }: Outbound): Envelope {
    const envelope: Envelope = {
      envelope_id: this.#id('envelope-'),
      type: kind,
      payload,
      accepts_response_payload: kind !== 'events_api',
    };
    if (!retry) return envelope;
    return { ...envelope, retry_attempt: retry.num, retry_reason: retry.reason };
  }

  /** Sends an envelope over one of the connections, in turns, and waits for its acknowledgement. */
  async send(envelope: Envelope, deadlineMs: number): Promise<Reply> {
    const connection = this.#open.shift();
    if (!connection) return { ok: false, reason: 'not_connected' };
    this.#open.push(connection);
    return new Promise((resolve) => {
      const end = (reply: Reply) => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((each) => each !== waiter);
        resolve(reply);
      };
      const waiter = {
        envelopeId: envelope.envelope_id,
        acknowledged: (body: unknown) => end({ ok: true, body }),
      };
      const timer = setTimeout(() => end({ ok: false, reason: 'operation_timeout' }), deadlineMs);
      this.#waiting.push(waiter);
      connection.send(JSON.stringify(envelope));
    });
  }

  /** Asks every client to connect anew, as Slack does now and then. */
  disconnect(reason: 'refresh_requested' | 'link_disabled' | 'warning'): void {
    for (const connection of this.#open) connection.send(JSON.stringify({ type: 'disconnect', reason }));
  }

  /** Drops all connections without a word. */
  drop(): void {
    for (const connection of this.#open) connection.terminate();
  }

  /** Closes all connections with the closing handshake, for which clients have half a second. */
  async shutDown(): Promise<void> {
    const closed = [...this.#open].map(async (connection) => {
      const timer = setTimeout(() => connection.terminate(), 500);
      connection.close(1001);
      await once(connection, 'close');
      clearTimeout(timer);
    });
    await Promise.all(closed);
  }

  #greet(connection: WebSocket): void {
    if (this.#open.length >= maxConnections) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      connection.close();
      return;
    }
    this.#open.push(connection);
    const ping = setInterval(() => connection.ping(), pingMs);
    connection.on('message', (data: Buffer) => this.#acknowledge(data.toString()));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      clearInterval(ping);
      this.#open.splice(this.#open.indexOf(connection), 1);
      this.#changed();
    });
    const hello = { type: 'hello', num_connections: this.#open.length, connection_info: { app_id: this.#appId } };
    connection.send(JSON.stringify(hello));
    this.#changed();
  }

  #acknowledge(text: string): void {
    const message = parsed(text);
    if (!isObject(message) || typeof message.envelope_id !== 'string') return;
    const { payload } = message;
    // Bolt sends an empty object where the app acknowledged with nothing.
    const empty = payload === undefined || (isObject(payload) && Object.keys(payload).length === 0);
    const waiter = this.#waiting.find((each) => each.envelopeId === message.envelope_id);
    waiter?.acknowledged(empty ? undefined : payload);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
