import { SlackError } from '../slack-error.ts';
import type { Method } from './method.ts';

const scopes = ['usergroups:read'];

const list: Method = {
  scopes,
  run({ core, args }) {
    const usergroups = [...core.workspace.groups.values()].map(({ id, handle, name, users }) => ({
      id,
      team_id: core.workspace.team.id,
      is_usergroup: true,
      name,
      description: '',
      handle,
      is_external: false,
      date_delete: 0,
      user_count: users.length,
      ...(args.flag('include_users') ? { users: [...users] } : {}),
    }));
    return { usergroups };
  },
};

const usersList: Method = {
  scopes,
  run({ core, args }) {
    const group = core.workspace.groups.get(args.required('usergroup'));
    if (!group) throw new SlackError('no_such_subteam');
    // People who were deactivated leave their groups.
    return { users: group.users.filter((user) => core.workspace.person(user)?.deleted === false) };
  },
};

export const usergroupMethods: Record<string, Method> = {
  'usergroups.list': list,
  'usergroups.users.list': usersList,
};
