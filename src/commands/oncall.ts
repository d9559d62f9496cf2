import { z } from 'zod';
import { type Shift, shiftMessage } from '../slack/blocks/oncall.ts';
import { defineVerb } from './define-verb.ts';

export const oncall = defineVerb({
  name: 'oncall',
  usage: 'oncall',
  summary: 'Who holds the shift, who is called next, and after how long',
  role: 'reader',
  args: z.object({}),
  async run(_, { rota, userGroups }) {
    const shifts: Shift[] = [];
    for (const group of rota.groups) {
      // Slack may be away: what is configured is still worth telling.
      const members = await userGroups.members(group).catch(() => null);
      shifts.push({ group, members: members === null ? null : [...members] });
    }
    return { message: shiftMessage(shifts, rota) };
  },
});
