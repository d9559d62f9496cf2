import type { ComponentChildren } from 'preact';
import type { Inline } from '../text/inline.ts';
import { formatSlackDate } from '../text/slack-date.ts';
import { Mention } from './mention.tsx';
import { TextLink } from './text-link.tsx';

function SlackDate({ node }: { node: Extract<Inline, { kind: 'date' }> }) {
  const shown = formatSlackDate(node.seconds, node.format, { now: new Date() }) || node.fallback;
  const date = new Date(node.seconds * 1000);
  if (Number.isNaN(date.getTime())) return <>{node.fallback}</>;
  const time = (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {shown}
    </time>
  );
  return node.url ? <TextLink url={node.url}>{time}</TextLink> : time;
}

function draw(node: Inline): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'bold':
      return <strong>{drawAll(node.children)}</strong>;
    case 'italic':
      return <em>{drawAll(node.children)}</em>;
    case 'strike':
      return <s>{drawAll(node.children)}</s>;
    case 'underline':
      return <u>{drawAll(node.children)}</u>;
    case 'code':
      return <code>{drawAll(node.children)}</code>;
    case 'link':
      return <TextLink url={node.url}>{drawAll(node.children)}</TextLink>;
    case 'emoji':
      return (
        <span class="emoji" role="img" aria-label={node.name.replaceAll('_', ' ')} title={`:${node.name}:`}>
          {node.char}
        </span>
      );
    case 'color':
      return (
        <span class="color-sample">
          <span style={{ background: node.value }} /> {node.value}
        </span>
      );
    case 'date':
      return <SlackDate node={node} />;
    case 'broadcast':
      return <span class="mention mention-me">@{node.range}</span>;
    default:
      return <Mention kind={node.kind} id={node.id} label={node.label} />;
  }
}

const drawAll = (nodes: Inline[]): ComponentChildren => nodes.map(draw);

/** Text with styles, links and mentions, made of elements one by one: no part of it is ever read as markup. */
export function Inlines({ nodes }: { nodes: Inline[] }) {
  return <>{drawAll(nodes)}</>;
}
