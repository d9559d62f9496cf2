import { type Block, findElement } from '../blocks.ts';
import type { Json } from '../block-kit/shape.ts';
import type { Core } from '../core.ts';
import type { StoredMessage } from '../messages.ts';
import type { Container } from '../page-api.ts';
import type { StoredView } from '../views.ts';

/** Where a person acted. */
export type Target = { message: StoredMessage } | { view: StoredView };

/** The message or view, if this person can see it. */
export function findTarget(core: Core, user: string, container: Container): Target | undefined {
  if (container.type === 'view') {
    const view = core.views.find(container.view_id);
    return view?.user === user ? { view } : undefined;
  }
  const { channel, ts } = container;
  if (!core.workspace.mayRead(user, channel)) return undefined;
  const message =
    container.type === 'ephemeral' ? core.messages.findEphemeral(channel, ts) : core.messages.find(channel, ts);
  if (!message || (message.ephemeral_for !== undefined && message.ephemeral_for !== user)) return undefined;
  return { message };
}

export function blocksOf(target: Target): Block[] {
  return 'view' in target ? target.view.blocks : (target.message.blocks ?? []);
}

/** The element that was used; in a message also one that has just been replaced. */
export function findUsed(target: Target, blockId: string, actionId: string): Json | undefined {
  const versions =
    'view' in target ? [target.view.blocks] : [blocksOf(target), ...target.message.past_blocks.toReversed()];
  for (const blocks of versions) {
    const element = findElement(blocks, blockId, actionId);
    if (element) return element;
  }
  return undefined;
}
