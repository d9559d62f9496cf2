import type { Adapter } from './adapter.ts';
import { native } from './native.ts';

/** Every format that exchanges can be loaded from; the first is the default. */
export const adapters: readonly [Adapter, ...Adapter[]] = [native];

/** The adapter of that name. Throws where there is none: names come from `adapters`. */
export function adapterOf(name: string): Adapter {
  const found = adapters.find((adapter) => adapter.name === name);
  if (found === undefined) throw new Error(`no format ${name}`);
  return found;
}
