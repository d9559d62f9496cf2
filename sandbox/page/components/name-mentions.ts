import type { Workspace } from '../../page-api.ts';
import type { NameOf } from '../text/say-plainly.ts';

/** What mentions are called in this workspace; the label, or else the id, of what it does not know. */
export function nameMentions({ people, channels, groups }: Workspace): NameOf {
  return (kind, id, label) => {
    if (kind === 'user') return `@${people.find((person) => person.id === id)?.real_name ?? (label || id)}`;
    if (kind === 'channel') return `#${channels.find((channel) => channel.id === id)?.name ?? (label || id)}`;
    const handle = groups.find((group) => group.id === id)?.handle ?? (label || id);
    return `@${handle.replace(/^@/, '')}`;
  };
}
