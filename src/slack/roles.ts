import type { Log } from '../log.ts';
import type { People } from './people.ts';
import type { UserGroups } from './user-groups.ts';

/**
 * Readers look, responders act, approvers let others' bans through, admins change what is looked for; approvers and
 * admins may act too.
 */
export type Role = 'reader' | 'responder' | 'approver' | 'admin';

export type Permission =
  | { ok: true; name: string }
  | { ok: false; reason: 'guest' | 'not_in_group' | 'no_group' | 'unavailable' };

/** Who may do what, asked of Slack and kept for a minute at most. */
export interface Roles {
  may(user: string, role: Role): Promise<Permission>;
}

export interface RoleOptions {
  people: People;
  userGroups: UserGroups;
  /**
   * User groups by id (`S…`) or handle; without one for responders every full member is a responder, without one for
   * admins every responder is an admin.
   */
  groups: { responders?: string | undefined; approvers?: string | undefined; admins?: string | undefined };
  log: Log;
}

/** Closed for actions when Slack can't be asked, open for reading. */
export function createRoles({ people, userGroups, groups, log }: RoleOptions): Roles {
  const isIn = async (group: string, user: string) => (await userGroups.members(group)).has(user);

  const { responders, approvers, admins } = groups;
  /** Any of whose groups gives a role; empty: everyone has it. */
  const givers: Record<Role, readonly string[]> = {
    reader: [],
    responder: responders === undefined ? [] : present(responders, approvers, admins),
    approver: present(approvers),
    admin: admins === undefined ? (responders === undefined ? [] : present(responders, approvers)) : [admins],
  };

  async function hasRole(user: string, role: Role): Promise<'yes' | 'not_in_group' | 'no_group'> {
    // Nobody approves by default.
    if (role === 'approver' && approvers === undefined) return 'no_group';
    if (givers[role].length === 0) return 'yes';
    for (const group of givers[role]) if (await isIn(group, user)) return 'yes';
    return 'not_in_group';
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

function present(...groups: (string | undefined)[]): string[] {
  return groups.filter((group) => group !== undefined);
}
