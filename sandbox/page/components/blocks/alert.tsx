import { readString } from '../../text/read-json.ts';
import { Icon, type IconName } from '../icon.tsx';
import { TextObject } from '../text-object.tsx';
import type { Json } from './surface.tsx';

const ICONS: Record<string, IconName> = { warning: 'warning', error: 'warning', success: 'check' };

/** An `alert` block, of modals. */
export function Alert({ block }: { block: Json }) {
  const level = ['info', 'warning', 'error', 'success'].find((known) => known === block['level']) ?? 'default';
  return (
    <div class={`alert alert-${level}`} role={level === 'error' ? 'alert' : 'note'}>
      <Icon name={ICONS[readString(block['level'])] ?? 'info'} />
      <TextObject of={block['text']} />
    </div>
  );
}
