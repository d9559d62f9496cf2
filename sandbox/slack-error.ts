/** A refusal that the app gets as `{ ok: false, error: code, … }`. */
export class SlackError extends Error {
  readonly code: string;
  readonly detail: Record<string, unknown>;

  constructor(code: string, detail: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }

  /** The code and Slack's explanations, for a test to read. */
  get reasons(): string[] {
    const { response_metadata } = this.detail as { response_metadata?: { messages?: string[] } };
    return [this.code, ...(response_metadata?.messages ?? [])];
  }

  /** With Slack's explanation of each fault. */
  static because(code: string, messages: string[]): SlackError {
    return new SlackError(code, { response_metadata: { messages } });
  }
}

/** 429 with `Retry-After` in seconds. */
export class RateLimited extends SlackError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.retryAfter = retryAfter;
  }
}
