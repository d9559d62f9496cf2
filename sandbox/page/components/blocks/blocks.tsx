import { readString } from '../../text/read-json.ts';
import { Actions } from './actions.tsx';
import { Alert } from './alert.tsx';
import { BlockGuard } from './block-guard.tsx';
import { Context } from './context.tsx';
import { DataTable } from './data-table.tsx';
import { DataVisualization } from './data-visualization.tsx';
import { ImageBlock } from './image.tsx';
import { Input } from './input.tsx';
import { Markdown } from './markdown.tsx';
import { RichText } from './rich-text.tsx';
import { Section } from './section.tsx';
import { Header } from './header.tsx';
import type { Json } from './surface.tsx';
import { Table } from './table.tsx';

function Block({ block }: { block: Json }) {
  switch (block['type']) {
    case 'section':
      return <Section block={block} />;
    case 'actions':
    case 'context_actions':
      return <Actions block={block} />;
    case 'input':
      return <Input block={block} />;
    case 'header':
      return <Header block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr />;
    case 'image':
      return <ImageBlock block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'markdown':
      return <Markdown block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'data_visualization':
      return <DataVisualization block={block} />;
    case 'alert':
      return <Alert block={block} />;
    default:
      return <p class="unsupported">The sandbox cannot show a {readString(block['type']) || 'nameless'} block.</p>;
  }
}

/** Block Kit, inside a surface. */
export function Blocks({ blocks }: { blocks: Json[] }) {
  return (
    <div class="blocks">
      {blocks.map((block) => (
        <BlockGuard key={readString(block['block_id'])}>
          <Block block={block} />
        </BlockGuard>
      ))}
    </div>
  );
}
