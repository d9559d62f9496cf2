/** A request that is not taken, in words for its sender; nothing of it is counted. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, what: string, headers: Record<string, string> = {}) {
    super(what);
    this.status = status;
    this.headers = headers;
  }
}
