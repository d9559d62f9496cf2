import type { Channel, Workspace } from '../../page-api.ts';

/** The channels that a person may see, in the order of the sidebar. */
export function visibleChannels({ channels }: Workspace, user: string): Channel[] {
  return channels
    .filter(({ is_archived, is_private, members }) => !is_archived && (!is_private || members.includes(user)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
