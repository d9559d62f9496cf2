import * as fc from 'fast-check';
import type { Flow, Inline } from '../../../sandbox/page/text/inline.ts';

function inlines(flow: Flow): Inline[] {
  switch (flow.kind) {
    case 'rule':
      return [];
    case 'quote':
      return flow.children.flatMap(inlines);
    case 'list':
      return flow.items.flatMap(({ children }) => children.flatMap(inlines));
    case 'table':
      return [flow.head, ...flow.rows].flat(2);
    default:
      return flow.children;
  }
}

const deep = (nodes: Inline[]): Inline[] =>
  nodes.flatMap((node) => ('children' in node ? [node, ...deep(node.children)] : [node]));

/** Every address that a tree would open. */
export function everyLink(flows: Flow[]): string[] {
  return deep(flows.flatMap(inlines)).flatMap((node) => {
    if (node.kind === 'link') return [node.url];
    return node.kind === 'date' && node.url !== null ? [node.url] : [];
  });
}

/** The text nodes of a tree, in a row. */
export function literalText(flows: Flow[]): string {
  return deep(flows.flatMap(inlines))
    .map((node) => (node.kind === 'text' ? node.text : ''))
    .join('');
}

const PIECES = [
  '<',
  '>',
  '|',
  '*',
  '_',
  '~',
  '`',
  '```',
  '\n',
  '&lt;',
  '&amp;',
  '<!date^1^{date}^javascript:alert(1)|x>',
  '<javascript:alert(1)|x>',
  '[x](javascript:alert(1))',
  '![x](data:text/html,x)',
  'JaVaScRiPt:alert(1)',
  'https://example.com',
  '<https://example.com|*x*>',
  '<img src=x onerror=alert(1)>',
  ':fire:',
  '<@U1>',
  '\uE000',
  '\u0000',
  '\u202E',
  'word',
  ' ',
  '- ',
  '1. ',
  '> ',
  '# ',
  '| a | b |',
  '|---|---|',
];

/** Text that means ill: markup, marks of every syntax and plain noise, in any order. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
  .map((pieces) => pieces.join(''));
