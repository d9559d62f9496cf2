import { type Block, withIds } from './blocks.ts';
import type { Feed } from './feed.ts';
import type { View } from './page-api.ts';

export interface StoredView extends View {
  user: string;
  private_metadata: string;
  external_id: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  root_view_id: string;
  previous_view_id: string | null;
}

type PlainText = NonNullable<View['title']>;

/** A view as the app sends it, already checked. */
export interface ViewInput {
  type: 'modal' | 'home';
  blocks: Block[];
  title?: PlainText;
  submit?: PlainText;
  close?: PlainText;
  callback_id?: string;
  private_metadata?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
}

/** How many modals may lie on each other. */
export const stackLimit = 3;

/** The modals that are open, per person, and the Home tabs. */
export class Views {
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes = new Map<string, StoredView>();
  readonly #id: (prefix: string) => string;
  readonly #feed: Feed;

  constructor(id: (prefix: string) => string, feed: Feed) {
    this.#id = id;
    this.#feed = feed;
  }

  /** A person's open modals, the lowest first. */
  stack(user: string): StoredView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): StoredView | undefined {
    return this.#homes.get(user);
  }

  find(viewId: string): StoredView | undefined {
    return this.#all().find((each) => each.id === viewId);
  }

  findExternal(externalId: string): StoredView | undefined {
    return this.#all().find((each) => each.external_id === externalId && externalId !== '');
  }

  /** Puts a modal on top of those that are open. */
  push(user: string, input: ViewInput): StoredView {
    const below = this.stack(user);
    const id = this.#id('V');
    const view: StoredView = {
      ...this.#fill(id, user, input),
      root_view_id: below[0]?.id ?? id,
      previous_view_id: below.at(-1)?.id ?? null,
    };
    this.#setStack(user, [...below, view]);
    return view;
  }

  /** Replaces a view's content; its id and place stay. */
  replace(old: StoredView, input: ViewInput): StoredView {
    const { root_view_id, previous_view_id, external_id } = old;
    const view = { ...this.#fill(old.id, old.user, { external_id, ...input }), root_view_id, previous_view_id };
    if (old.type === 'home') this.#setHome(old.user, view);
    else
      this.#setStack(
        old.user,
        this.stack(old.user).map((each) => (each.id === old.id ? view : each)),
      );
    return view;
  }

  publish(user: string, input: ViewInput): StoredView {
    const id = this.home(user)?.id ?? this.#id('V');
    const view = { ...this.#fill(id, user, input), root_view_id: id, previous_view_id: null };
    this.#setHome(user, view);
    return view;
  }

  /** Takes away a modal and all that lie on it; answers those, the uppermost first. */
  close(view: StoredView): StoredView[] {
    const stack = this.stack(view.user);
    const place = stack.findIndex((each) => each.id === view.id);
    if (place < 0) return [];
    this.#setStack(view.user, stack.slice(0, place));
    return stack.slice(place).toReversed();
  }

  #fill(id: string, user: string, input: ViewInput): Omit<StoredView, 'root_view_id' | 'previous_view_id'> {
    return {
      ...input,
      id,
      user,
      hash: this.#id('h'),
      blocks: withIds(input.blocks, this.#id),
      callback_id: input.callback_id ?? '',
      private_metadata: input.private_metadata ?? '',
      external_id: input.external_id ?? '',
      clear_on_close: input.clear_on_close ?? false,
      notify_on_close: input.notify_on_close ?? false,
    };
  }

  #all(): StoredView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #setStack(user: string, views: StoredView[]): void {
    this.#stacks.set(user, views);
    this.#feed.publish({ type: 'view_stack', user, views: structuredClone(views) });
  }

  #setHome(user: string, view: StoredView): void {
    this.#homes.set(user, view);
    this.#feed.publish({ type: 'home', user, view: structuredClone(view) });
  }
}
