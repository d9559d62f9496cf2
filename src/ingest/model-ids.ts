import type { Database } from '../db/query.ts';
import { countModels, modelIds } from '../db/model.ts';

/** Ids are 16 bits wide in the table, and hostile names must not use them up: past this many, a name is `other`. */
const MOST_MODELS = 10_000;
const OTHER = 'other';

/** Models' ids by name, asked for once. */
export interface ModelIds {
  known(name: string): number | undefined;
  learn(name: string): Promise<number>;
}

export function createModelIds(db: Database, mostModels = MOST_MODELS): ModelIds {
  const known = new Map<string, number>();

  async function ask(name: string, add: boolean): Promise<number | undefined> {
    return (await modelIds(db, [name], { add })).get(name);
  }

  return {
    known: (name) => known.get(name),
    async learn(name) {
      let id = await ask(name, false);
      if (id === undefined) {
        id = await ask((await countModels(db)) < mostModels ? name : OTHER, true);
      }
      if (id === undefined) throw new Error('a model could not be written');
      // Bounded: names past the limit are asked for again.
      if (known.size < mostModels) known.set(name, id);
      return id;
    },
  };
}
