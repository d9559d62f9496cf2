import type { WebClient } from '@slack/web-api';

interface Person {
  id: string;
  name: string;
  /** Neither a guest nor a bot, nor deactivated, nor of another workspace. */
  isFullMember: boolean;
}

/** Who people are, as Slack says it. */
export interface People {
  /** Throws when Slack can't be asked and nothing fresh is known. */
  person(id: string): Promise<Person>;
  /** A name to call them by: never throws, an id where the name is not to be had. */
  nameOf(id: string): Promise<string>;
}

const FRESH_MS = 60_000;
const MOST = 1_000;

export function createPeople({ client, now }: { client: WebClient; now: () => number }): People {
  const known = new Map<string, { person: Person; at: number }>();

  async function person(id: string): Promise<Person> {
    const cached = known.get(id);
    if (cached !== undefined && now() - cached.at < FRESH_MS) return cached.person;
    const { user } = await client.users.info({ user: id });
    if (user === undefined) throw new Error('Slack answered without a user');
    const guest = user.is_restricted === true || user.is_ultra_restricted === true;
    const fresh = {
      id,
      name: user.profile?.display_name || user.real_name || user.name || id,
      isFullMember: !guest && user.is_bot !== true && user.deleted !== true && user.is_stranger !== true,
    };
    if (known.size >= MOST) known.clear();
    known.set(id, { person: fresh, at: now() });
    return fresh;
  }

  return {
    person,
    nameOf: async (id) => {
      if (!/^[UW][A-Z0-9]+$/.test(id)) return id;
      return person(id).then(
        (found) => found.name,
        () => known.get(id)?.person.name ?? id,
      );
    },
  };
}

/** Looks these people up, for words that cannot wait: a name by id, the id where there is none. */
export async function namesFor(people: People, ids: readonly string[]): Promise<(id: string) => string> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, await people.nameOf(id));
  return (id) => names.get(id) ?? id;
}
