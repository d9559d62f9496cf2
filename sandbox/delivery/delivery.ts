import { sendRequest, type SignedRequest, signRequest } from './http.ts';
import type { Outbound, Reply } from './outbound.ts';
import type { Envelope, Sockets } from './socket.ts';

export interface DeliveryOptions {
  signingSecret: string;
  /** Milliseconds since the epoch. */
  signingClock: () => number;
  deadlineMs: number;
  /** Called when a request was answered, or not in time. */
  done: () => void;
}

/** Sends requests to the app: to its request URL where one is set, else over Socket Mode. */
export class Delivery {
  /** All that was sent, in order. */
  readonly sent: Outbound[] = [];
  readonly #options: DeliveryOptions;
  readonly #sockets: Sockets;
  #requestUrl: string | undefined;
  #duplicates = 0;
  #last: { request: SignedRequest } | { envelope: Envelope } | undefined;

  constructor(options: DeliveryOptions, sockets: Sockets) {
    this.#options = options;
    this.#sockets = sockets;
  }

  get connected(): boolean {
    return this.#requestUrl !== undefined || this.#sockets.count > 0;
  }

  /** Where HTTP requests go; undefined goes back to Socket Mode. */
  connectHttp(requestUrl: string | undefined): void {
    this.#requestUrl = requestUrl;
  }

  /** The next requests go out twice, byte for byte the same. */
  duplicateNext(times = 1): void {
    this.#duplicates += times;
  }

  async send(outbound: Outbound): Promise<Reply> {
    this.sent.push(outbound);
    this.#last =
      this.#requestUrl === undefined
        ? { envelope: this.#sockets.envelope(outbound) }
        : { request: this.#sign(outbound, this.#requestUrl, 0) };
    const copies = [this.replayLast()];
    if (this.#duplicates > 0) {
      this.#duplicates -= 1;
      copies.push(this.replayLast());
    }
    const [reply] = (await Promise.all(copies)) as [Reply];
    this.#options.done();
    return reply;
  }

  /** Sends the last request again as it was, old timestamp and all. */
  async replayLast(): Promise<Reply> {
    const last = this.#last;
    if (!last) throw new Error('nothing was sent yet');
    const { deadlineMs } = this.#options;
    return 'request' in last ? sendRequest(last.request, deadlineMs) : this.#sockets.send(last.envelope, deadlineMs);
  }

  /** Sends a request over HTTP that Slack would not send: signed by another, or at another time. */
  async forge(outbound: Outbound, { secret, ageSeconds = 0 }: Forgery): Promise<Reply> {
    if (this.#requestUrl === undefined) throw new Error('no request URL is connected');
    const request = this.#sign(outbound, this.#requestUrl, ageSeconds, secret);
    return sendRequest(request, this.#options.deadlineMs);
  }

  #sign(outbound: Outbound, url: string, ageSeconds: number, secret = this.#options.signingSecret): SignedRequest {
    const seconds = Math.floor(this.#options.signingClock() / 1000) - ageSeconds;
    return signRequest(outbound, url, secret, seconds);
  }
}

export interface Forgery {
  /** Another signing secret. */
  secret?: string;
  /** How old the timestamp is; below zero it lies in the future. */
  ageSeconds?: number;
}
