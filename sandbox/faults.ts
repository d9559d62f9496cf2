/**
 * What goes wrong with a Web API call. `…_after`: Slack has done what was asked, the app does not learn of it.
 * `error` answers 200 with `ok: false`; `html` answers 200 with a page, as a proxy does.
 */
export type Fault =
  | { kind: 'rate_limited'; retryAfter?: number }
  | { kind: 'http_500' | 'http_500_after' | 'hang' | 'hang_after' | 'reset' | 'reset_after' | 'html' }
  | { kind: 'error'; error: string };

/** Faults that wait for a call of their method; `*` stands for every method. */
export class Faults {
  #waiting: { method: string; fault: Fault; left: number }[] = [];

  /** The next `times` calls fail so; without a number every call, until cleared. */
  inject(method: string, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#waiting.push({ method, fault, left: times });
  }

  clear(method?: string): void {
    this.#waiting = method === undefined ? [] : this.#waiting.filter((each) => each.method !== method);
  }

  /** The fault for this call, used up by it. */
  take(method: string): Fault | undefined {
    const found = this.#waiting.find((each) => (each.method === method || each.method === '*') && each.left > 0);
    if (found) found.left -= 1;
    return found?.fault;
  }
}
