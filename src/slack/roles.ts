import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import type { People } from './people.ts';

/** Readers look, responders act, approvers let others' bans through; each may do what those before may. */
export type Role = 'reader' | 'responder' | 'approver';

export type Permission =
  | { ok: true; name: string }
  | { ok: false; reason: 'guest' | 'not_in_group' | 'no_group' | 'unavailable' };

/** Who may do what, asked of Slack and kept for a minute at most. */
export interface Roles {
  may(user: string, role: Role): Promise<Permission>;
}

export interface RoleOptions {
  client: WebClient;
  people: People;
  /** User groups by id (`S…`) or handle; without one for responders every full member is a responder. */
  groups: { responders?: string | undefined; approvers?: string | undefined };
  now: () => number;
  log: Log;
}

const FRESH_MS = 60_000;

/**
 * Closed for actions when Slack can't be asked, open for reading. A group named by its handle is held to the id that
 * bore the handle first: another group renamed to it later gains nothing.
 */
export function createRoles({ client, people, groups, now, log }: RoleOptions): Roles {
  const ids = new Map<string, string>();
  const members = new Map<string, { users: ReadonlySet<string>; at: number }>();

  async function groupId(group: string): Promise<string> {
    if (/^S[A-Z0-9]{4,}$/.test(group)) return group;
    const pinned = ids.get(group);
    if (pinned !== undefined) return pinned;
    const { usergroups } = await client.usergroups.list({ include_disabled: false });
    const id = usergroups?.find((each) => each.handle === group.replace(/^@/, ''))?.id;
    if (id === undefined) throw new Error(`there is no user group @${group}`);
    ids.set(group, id);
    return id;
  }

  async function isIn(group: string, user: string): Promise<boolean> {
    const id = await groupId(group);
    const cached = members.get(id);
    if (cached !== undefined && now() - cached.at < FRESH_MS) return cached.users.has(user);
    const { users = [] } = await client.usergroups.users.list({ usergroup: id });
    members.set(id, { users: new Set(users), at: now() });
    return users.includes(user);
  }

  async function hasRole(user: string, role: Role): Promise<'yes' | 'not_in_group' | 'no_group'> {
    if (role === 'reader') return 'yes';
    const { responders, approvers } = groups;
    if (role === 'responder' && responders === undefined) return 'yes';
    if (role === 'approver' && approvers === undefined) return 'no_group';
    if (approvers !== undefined && (await isIn(approvers, user))) return 'yes';
    return role === 'responder' && responders !== undefined && (await isIn(responders, user)) ? 'yes' : 'not_in_group';
  }

  return {
    may: async (user, role) => {
      try {
        const person = await people.person(user);
        if (!person.isFullMember) return { ok: false, reason: 'guest' };
        const answer = await hasRole(user, role);
        return answer === 'yes' ? { ok: true, name: person.name } : { ok: false, reason: answer };
      } catch (fault) {
        log.warn({ err: fault, user, role }, 'Slack could not say what this person may do');
        return role === 'reader' ? { ok: true, name: user } : { ok: false, reason: 'unavailable' };
      }
    },
  };
}
