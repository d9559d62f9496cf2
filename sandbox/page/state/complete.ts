import type { Channel, Person, SlashCommand, UserGroup } from '../../page-api.ts';

/** The names that can be mentioned. */
interface Directory {
  people: readonly Person[];
  channels: readonly Channel[];
  groups: readonly UserGroup[];
}

export interface Completion {
  /** What is put in place of the range. */
  insert: string;
  label: string;
  detail: string;
}

export interface Completions {
  /** The part of the draft that a choice replaces. */
  from: number;
  to: number;
  choices: Completion[];
  /** Whether Enter takes the first choice unasked; where it is false, Enter sends the draft as it stands. */
  eager: boolean;
}

const NONE: Completions = { from: 0, to: 0, choices: [], eager: false };

function completeVerb(draft: string, { command, usage_hint }: SlashCommand): Completions {
  const typed = draft.slice(command.length + 1);
  const hints = usage_hint.split('|').map((hint) => hint.trim());
  if (hints.length < 2 || typed.includes('\n')) return NONE;
  const choices = hints
    .filter((hint) => hint.startsWith(typed) && hint !== typed)
    .map((hint) => ({ insert: `${command} ${hint}`, label: `${command} ${hint}`, detail: '' }));
  return { from: 0, to: draft.length, choices, eager: false };
}

function completeCommand(draft: string, commands: readonly SlashCommand[]): Completions {
  const exact = commands.find(({ command }) => draft.startsWith(`${command} `));
  if (exact) return completeVerb(draft, exact);
  const choices = commands
    .filter(({ command }) => command.startsWith(draft))
    .map(({ command, description, usage_hint }) => {
      return { insert: `${command} `, label: command, detail: [description, usage_hint].filter(Boolean).join(' — ') };
    });
  const eager = commands.every(({ command }) => command !== draft);
  return { from: 0, to: draft.length, choices, eager };
}

function completeName(draft: string, caret: number, { people, channels, groups }: Directory): Completions {
  const match = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(draft.slice(0, caret));
  if (!match) return NONE;
  const [, sign = '', typed = ''] = match;
  const lower = typed.toLowerCase();
  const names =
    sign === '#'
      ? channels.filter(({ is_archived }) => !is_archived).map(({ name, topic }) => [name, '', topic] as const)
      : [
          ...people.map(({ name, real_name }) => [name, real_name, real_name] as const),
          ...groups.map(({ handle, name }) => [handle, name, name] as const),
        ];
  const choices = names
    .filter(([name, other]) => name.toLowerCase().startsWith(lower) || other.toLowerCase().startsWith(lower))
    .slice(0, 8)
    .map(([name, , detail]) => ({ insert: `${sign}${name} `, label: `${sign}${name}`, detail }));
  return {
    from: caret - typed.length - 1,
    to: caret,
    choices,
    eager: choices.every(({ label }) => label !== `${sign}${lower}`),
  };
}

/** What could come next at the caret: a command, one of its verbs, a person or a channel. */
export function complete(
  draft: string,
  caret: number,
  commands: readonly SlashCommand[],
  names: Directory,
): Completions {
  if (draft.startsWith('/') && !draft.startsWith('//')) {
    const found = completeCommand(draft, commands);
    if (found.choices.length > 0) return found;
  }
  return completeName(draft, caret, names);
}
