import type { PageEvent } from './page-api.ts';

/** Tells listeners (open pages, waiting tests) of every change, in order. */
export class Feed {
  readonly #listeners = new Set<(event: PageEvent) => void>();
  readonly #waiters = new Set<() => void>();

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  publish(event: PageEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.touch();
  }

  /** Lets waiting tests look again, where no page need know. */
  touch(): void {
    for (const waiter of this.#waiters) waiter();
  }

  /** Resolves with the first value that `find` returns, looked for now and after every change. */
  async until<T>(find: () => T | undefined | null | false, timeoutMs: number): Promise<T> {
    const now = find();
    if (now) return now;
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (!found) return;
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(look);
        reject(new Error(`nothing such in the workspace within ${timeoutMs} ms: ${find.toString()}`));
      }, timeoutMs);
      this.#waiters.add(look);
    });
  }
}
