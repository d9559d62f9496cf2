import { validateBlocks, validateView, visibleCharacters } from '../../sandbox/block-kit/validate.ts';
import { markupOf } from './markup-of.ts';

/** Mentions of everyone, links and disguised mentions, and what turns text around: none comes from data. */
export const BROKEN_OUT =
  /<(?:!(?:channel|here|everyone|subteam\^S0EVIL|date\^0\^)|#C0EVIL|https?:|mailto:|@[A-Z0-9]+\|)|\u{202e}|\0/u;

/** What is wrong with an answer; empty where nothing is. */
export function problemsOf(answer: unknown): string[] {
  const { message, modal, errors, type, blocks } = answer as {
    message?: { text: string; blocks: never[] };
    modal?: { blocks: { type: string }[] };
    errors?: Record<string, string>;
    type?: string;
    blocks?: unknown[];
  };
  const shown =
    modal === undefined ? markupOf(answer) : markupOf(modal.blocks.filter((block) => block.type !== 'input'));
  const unescaped = JSON.stringify(JSON.parse(shown)).replaceAll('\\u202e', '\u{202e}').replaceAll('\\u0000', '\0');
  // What stands at a field is plain text.
  const problems =
    errors === undefined && BROKEN_OUT.test(unescaped) ? [`broke out: ${BROKEN_OUT.exec(unescaped)?.[0]}`] : [];
  if (shown.includes('fault of its own')) problems.push('a fault');
  if (message !== undefined) {
    problems.push(...validateBlocks(message.blocks, 'message'));
    if (message.text === '' || message.text.length > 4_000) problems.push('text too short or long');
    if (message.text.length + visibleCharacters(message.blocks) > 13_000) problems.push('message too long');
    return problems;
  }
  if (modal !== undefined) return [...problems, ...validateView(modal, 'modal')];
  if (type === 'home') return [...problems, ...validateView({ type, blocks }, 'home')];
  if (errors !== undefined && Object.values(errors).every((text) => typeof text === 'string' && text !== ''))
    return problems;
  return [...problems, 'no answer'];
}
