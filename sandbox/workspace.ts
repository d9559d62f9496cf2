import { appId, botId, botUser, team } from './default-workspace.ts';
import type { Feed } from './feed.ts';
import type { Manifest } from './manifest.ts';
import type { Channel, Person, UserGroup, Workspace as WorkspaceView } from './page-api.ts';

export interface Member extends Person {
  email: string;
  /** Deactivated: still listed, can do nothing. */
  deleted: boolean;
  /** Of another workspace, with which a channel is shared by Slack Connect: that workspace's id. */
  stranger_of?: string;
}

/** A one-to-one conversation between the app and a person. */
export interface DirectMessage {
  id: string;
  user: string;
}

interface Seed {
  people: Member[];
  groups: UserGroup[];
  channels: Channel[];
}

/** People, groups and channels. */
export class Workspace {
  readonly team = team;
  readonly appId = appId;
  readonly botId = botId;
  readonly botUser = botUser;
  readonly people: Map<string, Member>;
  readonly groups: Map<string, UserGroup>;
  readonly channels: Map<string, Channel>;
  readonly directMessages = new Map<string, DirectMessage>();
  connected = false;
  readonly #manifest: Manifest;
  readonly #feed: Feed;

  constructor(seed: Seed, manifest: Manifest, feed: Feed) {
    const bot: Member = {
      id: botUser,
      name: manifest.botName,
      real_name: manifest.appName,
      is_bot: true,
      is_restricted: false,
      email: '',
      deleted: false,
    };
    // Copies: one workspace must not write into the seed of the next.
    this.people = byId([...structuredClone(seed.people), bot]);
    this.groups = byId(structuredClone(seed.groups));
    this.channels = byId(structuredClone(seed.channels));
    this.#manifest = manifest;
    this.#feed = feed;
  }

  /** The person, unless unknown. */
  person(id: string | undefined): Member | undefined {
    return id === undefined ? undefined : this.people.get(id);
  }

  /** By id, or by name with or without `#`. */
  channel(idOrName: string | undefined): Channel | undefined {
    if (idOrName === undefined) return undefined;
    const name = idOrName.replace(/^#/, '');
    return this.channels.get(idOrName) ?? [...this.channels.values()].find((each) => each.name === name);
  }

  /** The app's conversation with this person, made on first use. */
  directMessage(user: string): DirectMessage {
    const id = `D${user.slice(1)}`;
    const conversation = this.directMessages.get(id) ?? { id, user };
    this.directMessages.set(id, conversation);
    return conversation;
  }

  /** May this person read this conversation? */
  mayRead(user: string, conversation: string): boolean {
    const channel = this.channels.get(conversation);
    if (channel) return !channel.is_private || channel.members.includes(user);
    return this.directMessages.get(conversation)?.user === user;
  }

  changed(): void {
    this.#feed.publish({ type: 'workspace', workspace: this.view() });
  }

  /** As the page shows it. */
  view(): WorkspaceView {
    const people = [...this.people.values()].filter((each) => !each.deleted);
    return {
      team: this.team,
      app: { name: this.#manifest.appName, bot_user: this.botUser, connected: this.connected },
      people: people.map(({ id, name, real_name, is_bot, is_restricted }) => ({
        id,
        name,
        real_name,
        is_bot,
        is_restricted,
      })),
      groups: structuredClone([...this.groups.values()]),
      channels: structuredClone([...this.channels.values()]),
      commands: this.#manifest.commands.map(({ command, description, usage_hint }) => ({
        command,
        description,
        usage_hint,
      })),
    };
  }
}

function byId<T extends { id: string }>(items: T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
