import { isObject, type Json } from './block-kit/shape.ts';

export type Block = Record<string, unknown>;

/** Copies blocks and gives a `block_id` and `action_id`s to those that have none, as Slack does. */
export function withIds(blocks: Block[], id: (prefix: string) => string): Block[] {
  return structuredClone(blocks).map((block) => {
    for (const element of elementsOf(block)) element.action_id ??= id('a');
    return { ...block, block_id: block.block_id ?? id('b') };
  });
}

/** What a person can use in a block; images and texts aside. */
export function elementsOf(block: Block): Json[] {
  const inside = Array.isArray(block.elements) && block.type === 'actions' ? block.elements : [];
  return [...inside, block.accessory, block.element].filter(isObject).filter((each) => each.type !== 'image');
}

/** The element with this block and action id, if the blocks have one. */
export function findElement(blocks: Block[], blockId: string, actionId: string): Json | undefined {
  const block = blocks.find((each) => each.block_id === blockId);
  return block && elementsOf(block).find((each) => each.action_id === actionId);
}
