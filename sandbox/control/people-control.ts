import type { Core } from '../core.ts';
import type { Channel, UserGroup } from '../page-api.ts';
import type { Member } from '../workspace.ts';

export interface PeopleControl {
  addPerson(person: Pick<Member, 'id' | 'name'> & Partial<Member>): void;
  /** Deactivates: the id stays known, as in Slack. */
  removePerson(id: string): void;
  demoteToGuest(id: string): void;
  renameGroup(handle: string, to: { handle: string; name?: string }): void;
  setGroupMembers(handle: string, users: string[]): void;
  archiveChannel(idOrName: string, archived?: boolean): void;
  inviteBot(idOrName: string): void;
  removeBot(idOrName: string): void;
}

/** What administrators do. Throws on unknown ids. */
export function peopleControl({ workspace }: Core): PeopleControl {
  const editPerson = (id: string, edit: (person: Member) => void) => {
    edit(known(workspace.person(id), id));
    workspace.changed();
  };
  const editGroup = (handle: string, edit: (group: UserGroup) => void) => {
    const all = [...workspace.groups.values()];
    edit(
      known(
        all.find((each) => each.handle === handle),
        handle,
      ),
    );
    workspace.changed();
  };
  const editChannel = (idOrName: string, edit: (channel: Channel) => void) => {
    edit(known(workspace.channel(idOrName), idOrName));
    workspace.changed();
  };
  const withoutBot = (channel: Channel) => channel.members.filter((each) => each !== workspace.botUser);
  return {
    addPerson(person) {
      const email = `${person.name}@halcyon.example`;
      const rest = { real_name: person.name, is_bot: false, is_restricted: false, email, deleted: false };
      workspace.people.set(person.id, { ...rest, ...person });
      workspace.changed();
    },
    removePerson: (id) =>
      editPerson(id, (person) => {
        person.deleted = true;
        for (const channel of workspace.channels.values()) {
          channel.members = channel.members.filter((each) => each !== id);
        }
      }),
    demoteToGuest: (id) =>
      editPerson(id, (person) => {
        person.is_restricted = true;
      }),
    renameGroup: (handle, to) => editGroup(handle, (group) => Object.assign(group, to)),
    setGroupMembers: (handle, users) =>
      editGroup(handle, (group) => {
        group.users = [...users];
      }),
    archiveChannel: (idOrName, archived = true) =>
      editChannel(idOrName, (channel) => {
        channel.is_archived = archived;
      }),
    inviteBot: (idOrName) =>
      editChannel(idOrName, (channel) => {
        channel.members = [...withoutBot(channel), workspace.botUser];
      }),
    removeBot: (idOrName) =>
      editChannel(idOrName, (channel) => {
        channel.members = withoutBot(channel);
      }),
  };
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the workspace has no ${name}`);
  return value;
}
