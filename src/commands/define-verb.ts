import type { z } from 'zod';
import type { AtWork } from '../slack/head-start.ts';
import type { FieldValues } from '../slack/form-state.ts';
import type { Answer, FormAnswer } from '../slack/interactions.ts';
import type { Role } from '../slack/roles.ts';
import { readWords } from './read-words.ts';
import type { CommandContext, Control, Form, Prepared, PreparedForm, Verb } from './verb.ts';

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
  /** Where it may take longer than a moment: what is said until then. */
  atWork?: (args: z.output<Args>) => AtWork | undefined;
  controls?: Record<string, Control>;
  forms?: Record<string, Form>;
}

/** A verb; the router does the role check, help, replies and errors. */
export function defineVerb<Args extends z.ZodObject>(definition: VerbDefinition<Args>): Verb {
  const { name, usage, summary, role, args, rest, run, atWork, controls = {}, forms = {} } = definition;
  return {
    name,
    usage,
    summary,
    role,
    controls,
    forms,
    prepare(words): Prepared {
      const read = readWords(args, words, rest);
      if (!read.ok) return read;
      return { ok: true, atWork: atWork?.(read.args), run: (context) => run(read.args, context) };
    },
  };
}

/** A button or menu entry: `value` reads what the element carries. */
export function defineControl<Value extends z.ZodType<unknown, string>>(definition: {
  role: Role;
  value: Value;
  run: (value: z.output<Value>, context: CommandContext) => Promise<Answer>;
  /** As a verb's. */
  atWork?: (value: z.output<Value>) => AtWork | undefined;
}): Control {
  return {
    role: definition.role,
    prepare(value): Prepared {
      const read = definition.value.safeParse(value);
      if (!read.success) return { ok: false, problem: read.error.issues[0]?.message ?? 'that does not fit' };
      const atWork = definition.atWork?.(read.data);
      return { ok: true, atWork, run: (context) => definition.run(read.data, context) };
    },
  };
}

/**
 * A modal's form, made with `formModal`: `value` reads what the modal carries, `fields` what people filled in, by the
 * names of the inputs. What does not fit `fields` is said at the field; `run` may return `{ errors }` to do the same.
 */
export function defineForm<Value extends z.ZodType<unknown, string>, Fields extends z.ZodObject>(definition: {
  role: Role;
  value: Value;
  fields: Fields;
  run: (form: { value: z.output<Value>; fields: z.output<Fields> }, context: CommandContext) => Promise<FormAnswer>;
}): Form {
  return {
    role: definition.role,
    prepare(carried, filled): PreparedForm {
      const value = definition.value.safeParse(carried);
      if (!value.success) return { ok: false, problem: value.error.issues[0]?.message ?? 'that does not fit' };
      const fields = definition.fields.safeParse(filled);
      if (!fields.success) return { ok: false, errors: errorsByField(fields.error, filled) };
      return { ok: true, run: (context) => definition.run({ value: value.data, fields: fields.data }, context) };
    },
  };
}

function errorsByField({ issues }: z.ZodError, filled: FieldValues): Record<string, string> {
  const said = issues.map(({ path, message }): [string, string] => {
    const name = String(path[0] ?? '');
    return [name, Object.hasOwn(filled, name) ? message : 'This is needed'];
  });
  // The first word on each field is the one that stands.
  return Object.fromEntries(said.toReversed());
}
