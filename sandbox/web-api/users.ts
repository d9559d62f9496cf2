import type { Core } from '../core.ts';
import { SlackError } from '../slack-error.ts';
import type { Member } from '../workspace.ts';
import type { Method } from './method.ts';
import { page } from './paging.ts';

function slackUser(core: Core, person: Member): Record<string, unknown> {
  const seesEmail = core.manifest.scopes.has('users:read.email') && !person.is_bot;
  return {
    id: person.id,
    team_id: person.stranger_of ?? core.workspace.team.id,
    name: person.name,
    real_name: person.real_name,
    deleted: person.deleted,
    tz: 'Etc/UTC',
    tz_offset: 0,
    profile: {
      real_name: person.real_name,
      display_name: person.name,
      ...(seesEmail ? { email: person.email } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_bot: person.is_bot,
    is_app_user: false,
    is_restricted: person.is_restricted,
    is_ultra_restricted: false,
    // Slack leaves it out otherwise.
    ...(person.stranger_of === undefined ? {} : { is_stranger: true }),
  };
}

const info: Method = {
  scopes: ['users:read'],
  run({ core, args }) {
    const person = core.workspace.person(args.required('user'));
    if (!person) throw new SlackError('user_not_found');
    return { user: slackUser(core, person) };
  },
};

const list: Method = {
  scopes: ['users:read'],
  run({ core, args }) {
    const { items, next_cursor } = page(args, [...core.workspace.people.values()], { standard: 1000, max: 1000 });
    return { members: items.map((each) => slackUser(core, each)), response_metadata: { next_cursor } };
  },
};

const lookupByEmail: Method = {
  scopes: ['users:read.email'],
  run({ core, args }) {
    const email = args.required('email').toLowerCase();
    const person = [...core.workspace.people.values()].find((each) => each.email.toLowerCase() === email);
    if (!person || person.deleted) throw new SlackError('users_not_found');
    return { user: slackUser(core, person) };
  },
};

export const userMethods: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
};
