import type { WebClient } from '@slack/web-api';

/** Slack's user groups, by id (`S…`) or handle. Both throw when Slack can't be asked and nothing fresh is known. */
export interface UserGroups {
  /** The ids of those who are in it, at most a minute old. */
  members(group: string): Promise<ReadonlySet<string>>;
  idOf(group: string): Promise<string>;
}

const FRESH_MS = 60_000;

/**
 * A group named by its handle is held to the id that bore the handle first: another group renamed to it later gains
 * nothing.
 */
export function createUserGroups({ client, now }: { client: WebClient; now: () => number }): UserGroups {
  const ids = new Map<string, string>();
  const known = new Map<string, { users: ReadonlySet<string>; at: number }>();

  async function idOf(group: string): Promise<string> {
    if (/^S[A-Z0-9]{4,}$/.test(group)) return group;
    const pinned = ids.get(group);
    if (pinned !== undefined) return pinned;
    const { usergroups } = await client.usergroups.list({ include_disabled: false });
    const id = usergroups?.find((each) => each.handle === group.replace(/^@/, ''))?.id;
    if (id === undefined) throw new Error(`there is no user group @${group}`);
    ids.set(group, id);
    return id;
  }

  return {
    idOf,
    members: async (group) => {
      const id = await idOf(group);
      const cached = known.get(id);
      if (cached !== undefined && now() - cached.at < FRESH_MS) return cached.users;
      const { users = [] } = await client.usergroups.users.list({ usergroup: id });
      const fresh = new Set(users);
      known.set(id, { users: fresh, at: now() });
      return fresh;
    },
  };
}
