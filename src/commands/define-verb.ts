import type { z } from 'zod';
import type { Answer } from '../slack/interactions.ts';
import type { Role } from '../slack/roles.ts';
import { readWords } from './read-words.ts';
import type { CommandContext, Control, Prepared, Verb } from './verb.ts';

export interface VerbDefinition<Args extends z.ZodObject> {
  name: string;
  /** As help shows it: `ack <campaign>`. */
  usage: string;
  summary: string;
  role: Role;
  /** In the order in which they are typed. */
  args: Args;
  /** What the last argument gets: all words that follow, or them as one text; without it, one word. */
  rest?: 'words' | 'text';
  run: (args: z.output<Args>, context: CommandContext) => Promise<Answer>;
  controls?: Record<string, Control>;
}

/** A verb; the router does the role check, help, replies and errors. */
export function defineVerb<Args extends z.ZodObject>(definition: VerbDefinition<Args>): Verb {
  const { name, usage, summary, role, args, rest, run, controls = {} } = definition;
  return {
    name,
    usage,
    summary,
    role,
    controls,
    prepare(words): Prepared {
      const read = readWords(args, words, rest);
      return read.ok ? { ok: true, run: (context) => run(read.args, context) } : read;
    },
  };
}

/** A button or menu entry: `value` reads what the element carries. */
export function defineControl<Value extends z.ZodType<unknown, string>>(definition: {
  role: Role;
  value: Value;
  run: (value: z.output<Value>, context: CommandContext) => Promise<Answer>;
}): Control {
  return {
    role: definition.role,
    prepare(value): Prepared {
      const read = definition.value.safeParse(value);
      if (!read.success) return { ok: false, problem: read.error.issues[0]?.message ?? 'that does not fit' };
      return { ok: true, run: (context) => definition.run(read.data, context) };
    },
  };
}
