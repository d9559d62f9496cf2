/** https://docs.slack.dev/interactivity/handling-user-interaction: five uses within thirty minutes. */
const uses = 5;
const lifetimeMs = 30 * 60_000;

/** Whom a response answers, and which message it may replace. */
export interface ResponseTarget {
  user: string;
  channel: string;
  original?: { ts: string; ephemeral: boolean; thread_ts?: string };
}

export class ResponseUrls {
  readonly #issued = new Map<string, { target: ResponseTarget; at: number; left: number }>();
  readonly #now: () => number;
  readonly #id: (prefix: string) => string;

  constructor(now: () => number, id: (prefix: string) => string) {
    this.#now = now;
    this.#id = id;
  }

  /** The path of a new response URL. */
  issue(target: ResponseTarget): string {
    const token = this.#id('R');
    this.#issued.set(token, { target, at: this.#now(), left: uses });
    return `/response/${token}`;
  }

  /** Takes one of its uses. */
  use(token: string): { ok: true; target: ResponseTarget } | { ok: false; error: string } {
    const issued = this.#issued.get(token);
    if (!issued) return { ok: false, error: 'invalid_url' };
    if (this.#now() - issued.at > lifetimeMs) return { ok: false, error: 'expired_url' };
    if (issued.left <= 0) return { ok: false, error: 'used_url' };
    issued.left -= 1;
    return { ok: true, target: issued.target };
  }
}
