import type { z } from 'zod';
import { nearest } from '../slack/nearest.ts';
import type { Role } from '../slack/roles.ts';
import type { VerbDefinition } from './define-verb.ts';
import { readWords } from './read-words.ts';
import type { Control, Form, Prepared, Verb } from './verb.ts';

/** One thing that a group of verbs can do: `allow add …`. */
export interface Action {
  name: string;
  /** As help shows it, the group's name included. */
  usage: string;
  summary: string;
  role: Role;
  prepare(words: readonly string[]): Prepared;
}

/** As `defineVerb`, within a group. */
export function defineAction<Args extends z.ZodObject>(
  definition: Omit<VerbDefinition<Args>, 'name' | 'controls' | 'forms'>,
): Action {
  const { usage, summary, role, args, rest, run, atWork } = definition;
  return {
    name: usage.split(' ')[1] ?? '',
    usage,
    summary,
    role,
    prepare(words) {
      const read = readWords(args, words, rest);
      if (!read.ok) return { ...read, usage };
      return { ok: true, role, atWork: atWork?.(read.args), run: (context) => run(read.args, context) };
    },
  };
}

/** A verb of several actions, each with its own role; without a word it is the first of them. */
export function defineVerbGroup(definition: {
  name: string;
  usage: string;
  summary: string;
  actions: readonly [Action, ...Action[]];
  controls?: Record<string, Control>;
  forms?: Record<string, Form>;
}): Verb {
  const { name, usage, summary, actions, controls = {}, forms = {} } = definition;
  const names = actions.map((action) => action.name);
  return {
    name,
    usage,
    summary,
    role: 'reader',
    actions,
    controls,
    forms,
    prepare([word, ...words]): Prepared {
      if (word === undefined) return actions[0].prepare([]);
      const action = actions.find((each) => each.name === word.toLowerCase());
      if (action !== undefined) return action.prepare(words);
      const meant = nearest(word, names);
      const guess = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
      return { ok: false, problem: `${word} is nothing that ${name} does; ${guess}` };
    },
  };
}
