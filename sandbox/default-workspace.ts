import type { Channel, UserGroup } from './page-api.ts';
import type { Member } from './workspace.ts';

export const team = { id: 'T0HALCYON', name: 'Halcyon AI', domain: 'halcyon-ai' };
export const appId = 'A0RETORT';
export const botUser = 'U0RETORTBOT';
export const botId = 'B0RETORT';

const person = (id: string, name: string, real_name: string, is_restricted = false): Member => ({
  id,
  name,
  real_name,
  is_bot: false,
  is_restricted,
  email: `${name}@halcyon.example`,
  deleted: false,
});

/** On call: Mara. Approves: Ravi. Leads: Ines. Jonas joins the rota; Theo is a guest. */
export const defaultPeople: Member[] = [
  person('U0MARA', 'mara', 'Mara Lindqvist'),
  person('U0RAVI', 'ravi', 'Ravi Chandran'),
  person('U0INES', 'ines', 'Ines Calderón'),
  person('U0JONAS', 'jonas', 'Jonas Weber'),
  person('U0THEO', 'theo', 'Theo Park', true),
];

export const defaultGroups: UserGroup[] = [
  { id: 'S0ONCALL', handle: 'abuse-oncall', name: 'Abuse on-call', users: ['U0MARA', 'U0JONAS'] },
  { id: 'S0APPROVERS', handle: 'abuse-approvers', name: 'Abuse approvers', users: ['U0RAVI', 'U0INES'] },
];

const staff = ['U0MARA', 'U0RAVI', 'U0INES', 'U0JONAS'];

const channel = (id: string, name: string, topic: string, members: string[], is_private = false): Channel => ({
  id,
  name,
  is_private,
  is_archived: false,
  topic,
  members,
});

export const defaultChannels: Channel[] = [
  channel('C0ALERTS', 'abuse-alerts', 'Suspected distillation campaigns', [...staff, 'U0THEO', botUser]),
  channel('C0LEGAL', 'abuse-legal', 'Evidence and notices', ['U0RAVI', 'U0INES'], true),
  channel('C0GENERAL', 'general', 'Company-wide', [...staff, 'U0THEO']),
];
