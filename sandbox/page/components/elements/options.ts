import type { Person, Workspace } from '../../../page-api.ts';
import { emojiFor } from '../../text/emoji.ts';
import { readArray, readObject, readString } from '../../text/read-json.ts';

type Json = Record<string, unknown>;

/** One thing to pick. `value` is what Slack's state holds for it: an id, or the whole option object. */
export interface Pick {
  key: string;
  label: string;
  group: string;
  value: unknown;
}

/** A text object's words, where only words fit: with its emoji, without its marks. */
export function wordsOf(textObject: unknown): string {
  const { text } = readObject(textObject);
  return readString(text).replace(/:([a-z0-9_+'-]+):/gi, (whole, name: string) => emojiFor(name) ?? whole);
}

/** The key of an option object among its like. */
export function optionKey(option: unknown): string {
  const { value, text } = readObject(option);
  return readString(value) || wordsOf(text);
}

function pickOption(option: unknown, group: string): Pick {
  return { key: optionKey(option), label: wordsOf(readObject(option)['text']), group, value: option };
}

/** What an app's lists of options or of option groups offer. */
export function picksOf(lists: Json): Pick[] {
  const plain = readArray(lists['options']).map((option) => pickOption(option, ''));
  const grouped = readArray(lists['option_groups']).flatMap((group) => {
    const { label, options } = readObject(group);
    return readArray(options).map((option) => pickOption(option, wordsOf(label)));
  });
  return [...plain, ...grouped];
}

function peopleOf({ people }: Workspace, keep: (person: Person) => boolean): Pick[] {
  return people
    .filter(keep)
    .map(({ id, name, real_name }) => ({ key: id, label: `${real_name} (@${name})`, group: '', value: id }));
}

/** Everything that a select offers in this workspace to this person. */
export function offered(element: Json, workspace: Workspace, me: string): Pick[] {
  const kind = readString(element['type']).replace('multi_', '');
  if (kind === 'users_select') return peopleOf(workspace, () => true);
  if (kind === 'static_select') return picksOf(element);
  const include = readArray(readObject(element['filter'])['include']);
  const wants = (type: string) => include.length === 0 || include.includes(type);
  return workspace.channels
    .filter(({ is_private, is_archived, members }) => !is_archived && (!is_private || members.includes(me)))
    .filter(({ is_private }) => kind === 'channels_select' || wants(is_private ? 'private' : 'public'))
    .filter(({ is_private }) => kind !== 'channels_select' || !is_private)
    .map(({ id, name }) => ({ key: id, label: `#${name}`, group: '', value: id }));
}

/** The key of a value in Slack's state, whether id or option object. */
export function keyOf(value: unknown): string {
  return typeof value === 'string' ? value : optionKey(value);
}
