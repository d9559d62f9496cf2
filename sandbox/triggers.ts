/** Trigger ids live 3 s and open one view. https://docs.slack.dev/interactivity/handling-user-interaction */
const lifetimeMs = 3_000;

export type TriggerUse = { ok: true; user: string } | { ok: false; error: string };

export class Triggers {
  readonly #issued = new Map<string, { user: string; at: number; used: boolean }>();
  readonly #now: () => number;
  readonly #id: (prefix: string) => string;

  constructor(now: () => number, id: (prefix: string) => string) {
    this.#now = now;
    this.#id = id;
  }

  issue(user: string): string {
    const trigger = `${this.#now()}.${this.#id('t')}`;
    this.#issued.set(trigger, { user, at: this.#now(), used: false });
    return trigger;
  }

  /** Uses up a trigger id. The errors are those of `views.open`; `dialog.open` has other words. */
  use(trigger: string): TriggerUse {
    const issued = this.#issued.get(trigger);
    if (!issued) return { ok: false, error: 'invalid_trigger_id' };
    if (issued.used) return { ok: false, error: 'exchanged_trigger_id' };
    if (this.#now() - issued.at > lifetimeMs) return { ok: false, error: 'expired_trigger_id' };
    issued.used = true;
    return { ok: true, user: issued.user };
  }
}
