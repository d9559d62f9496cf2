import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { type Check, failed, passed } from './check.ts';

const Groups = z.object({
  usergroups: z.array(z.object({ id: z.string(), handle: z.string(), users: z.array(z.string()).default([]) })),
});

/** Whether Slack has the user groups that the configuration names, with somebody in each. */
export async function checkGroups(
  client: WebClient,
  { groups, rota }: Pick<Config, 'groups' | 'rota'>,
): Promise<Check[]> {
  const named = [
    { variable: 'RETORT_RESPONDERS_GROUP', group: groups.responders },
    { variable: 'RETORT_APPROVERS_GROUP', group: groups.approvers },
    { variable: 'RETORT_ADMINS_GROUP', group: groups.admins },
    ...rota.groups.map((group) => ({ variable: 'RETORT_ONCALL_GROUPS', group })),
  ];
  if (named.every(({ group }) => group === undefined)) return [];
  const { usergroups } = Groups.parse(await client.usergroups.list({ include_users: true, include_disabled: false }));
  return named.flatMap(({ variable, group }) => {
    if (group === undefined) return [];
    const found = usergroups.find(({ id, handle }) => id === group || handle === group);
    const name = `Slack group ${group}`;
    if (found === undefined)
      return [failed(name, `there is none that Retort can see. Make it, or correct ${variable}.`)];
    if (found.users.length === 0)
      return [failed(name, `is there, and nobody is in it: add people, or correct ${variable}.`)];
    const renamed = group === found.id ? '' : `; name it by its id, ${found.id}, so that a renaming changes nothing`;
    return [passed(name, `is there, ${found.users.length} in it${renamed}`)];
  });
}
