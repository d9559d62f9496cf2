import { escapeText } from '../escape-text.ts';
import { context, header, section } from './block.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** What help says of a verb. */
export interface VerbWords {
  name: string;
  /** `ack <campaign>` */
  usage: string;
  summary: string;
  role: string;
  /** What it can do, where that is several things. */
  actions?: readonly { usage: string; summary: string; role: string }[];
}

/** Every verb with its use, from the registry. */
export function helpMessage(verbs: readonly VerbWords[]): Message {
  return messageOf([
    header('Retort'),
    ...chunk(verbs, 12).map((some) => section(some.map(short), 2_800)),
    context([
      'Each after `/campaign`. Campaigns are written `C-12`, `c12` or `12`. Commands do not work in threads: use the channel.',
    ]),
  ]);
}

export function verbHelp(verb: VerbWords): Message {
  if (verb.actions === undefined) return noticeOf(line(verb), `Open to: ${roleText(verb.role)}.`);
  return noticeOf(line(verb), ...verb.actions.map((action) => `• ${line(action)} (${roleText(action.role)})`));
}

/** What to say to a verb that there is none of. `typed` is what the person wrote. */
export function unknownVerb(typed: string, nearest: VerbWords | undefined): Message {
  const said = `There is no \`/campaign ${escapeText(typed, 40)}\`.`;
  return nearest === undefined
    ? noticeOf(`${said} \`/campaign help\` lists what there is.`)
    : noticeOf(`${said} Did you mean \`/campaign ${escapeUsage(nearest.usage)}\`? ${nearest.summary}.`);
}

/** What to say when the words after a verb do not fit it. */
export function wrongUse(usage: string, problem: string): Message {
  return noticeOf(`${escapeText(problem, 300)}.`, `Use: \`/campaign ${escapeUsage(usage)}\``);
}

function line({ usage, summary }: Pick<VerbWords, 'usage' | 'summary'>): string {
  return `\`/campaign ${escapeUsage(usage)}\`  ${summary}`;
}

/** Without what all have: the list is long enough. */
function short({ usage, summary }: Pick<VerbWords, 'usage' | 'summary'>): string {
  return `\`${escapeUsage(usage)}\`  ${summary}`;
}

function roleText(role: string): string {
  return role === 'reader' ? 'everyone but guests' : `${role}s`;
}

function escapeUsage(usage: string): string {
  return usage.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
