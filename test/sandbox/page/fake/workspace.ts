import type { Person, Workspace } from '../../../../sandbox/page-api.ts';

function person(id: string, name: string, real_name: string, kind: Partial<Person> = {}): Person {
  return { id, name, real_name, is_bot: false, is_restricted: false, ...kind };
}

/** A workspace of four people, an app and three channels. */
export const fakeWorkspace: Workspace = {
  team: { id: 'T1', name: 'Northwind Models', domain: 'northwind' },
  app: { name: 'Retort', bot_user: 'UBOT', connected: true },
  people: [
    person('UADA', 'ada', 'Ada Okafor'),
    person('UBEN', 'ben', 'Ben Castellanos'),
    person('UMEI', 'mei', 'Mei Tanaka'),
    person('UGUS', 'gus', 'Gus Lind', { is_restricted: true }),
    person('UBOT', 'retort', 'Retort', { is_bot: true }),
  ],
  groups: [{ id: 'SABUSE', handle: 'abuse-oncall', name: 'Abuse on-call', users: ['UADA', 'UBEN'] }],
  channels: [
    {
      id: 'CALERT',
      name: 'abuse-alerts',
      is_private: false,
      is_archived: false,
      topic: 'Suspected campaigns; acknowledge within fifteen minutes',
      members: ['UADA', 'UBEN', 'UMEI', 'UBOT'],
    },
    {
      id: 'CGEN',
      name: 'general',
      is_private: false,
      is_archived: false,
      topic: '',
      members: ['UADA', 'UBEN', 'UMEI', 'UGUS'],
    },
    { id: 'CLEAD', name: 'leads', is_private: true, is_archived: false, topic: '', members: ['UADA'] },
  ],
  commands: [
    {
      command: '/campaign',
      description: 'Triage suspected distillation campaigns',
      usage_hint: 'help | status | list | show C-1 | ack C-1',
    },
    { command: '/sandbox', description: 'About this workspace', usage_hint: '' },
  ],
};
