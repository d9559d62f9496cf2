import type { Flow, Inline } from './inline.ts';

export type NameOf = (kind: 'user' | 'channel' | 'usergroup', id: string, label: string) => string;

function sayInline(node: Inline, nameOf: NameOf): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return ' ';
    case 'user':
    case 'channel':
    case 'usergroup':
      return nameOf(node.kind, node.id, node.label);
    case 'broadcast':
      return `@${node.range}`;
    case 'date':
      return node.fallback;
    case 'emoji':
      return node.char;
    case 'color':
      return node.value;
    default:
      return node.children.map((child) => sayInline(child, nameOf)).join('');
  }
}

/** The tree as one line of words, for screen readers and previews. */
export function sayPlainly(flows: Flow[], nameOf: NameOf): string {
  return flows
    .map((flow) => {
      switch (flow.kind) {
        case 'rule':
          return '';
        case 'quote':
          return sayPlainly(flow.children, nameOf);
        case 'list':
          return flow.items.map((item) => sayPlainly(item.children, nameOf)).join(', ');
        case 'table':
          return [flow.head, ...flow.rows]
            .map((row) =>
              row
                .flat()
                .map((cell) => sayInline(cell, nameOf))
                .join(', '),
            )
            .join('; ');
        default:
          return flow.children.map((child) => sayInline(child, nameOf)).join('');
      }
    })
    .filter((line) => line !== '')
    .join(' ');
}
