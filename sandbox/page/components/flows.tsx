import type { ComponentChildren } from 'preact';
import type { Flow, ListItem } from '../text/inline.ts';
import { Inlines } from './inlines.tsx';

function Item({ item }: { item: ListItem }) {
  if (item.checked === undefined) {
    return (
      <li>
        <Flows flows={item.children} />
      </li>
    );
  }
  return (
    <li class="task">
      <input type="checkbox" checked={item.checked} disabled />
      <Flows flows={item.children} />
    </li>
  );
}

function List({ flow }: { flow: Extract<Flow, { kind: 'list' }> }) {
  const items = flow.items.map((item) => <Item item={item} />);
  const style = { marginInlineStart: `${flow.indent * 1.4}em` };
  const name = `depth-${flow.indent % 3} ${flow.border ? 'bordered' : ''}`;
  if (!flow.ordered) {
    return (
      <ul class={name} style={style}>
        {items}
      </ul>
    );
  }
  return (
    <ol class={name} style={style} start={flow.start}>
      {items}
    </ol>
  );
}

function Table({ flow }: { flow: Extract<Flow, { kind: 'table' }> }) {
  const style = (column: number) => ({ textAlign: flow.align[column] ?? 'left' });
  return (
    <div class="table-scroll">
      <table class="table">
        <thead>
          <tr>
            {flow.head.map((cell, column) => (
              <th scope="col" style={style(column)}>
                <Inlines nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {flow.rows.map((row) => (
            <tr>
              {row.map((cell, column) => (
                <td style={style(column)}>
                  <Inlines nodes={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function draw(flow: Flow): ComponentChildren {
  switch (flow.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines nodes={flow.children} />
        </p>
      );
    case 'heading':
      // Below the page's own headings.
      return (
        <div
          role="heading"
          aria-level={Math.min(6, flow.level + 2)}
          class={`heading heading-${Math.min(4, flow.level)}`}
        >
          <Inlines nodes={flow.children} />
        </div>
      );
    case 'quote':
      return (
        <blockquote>
          <Flows flows={flow.children} />
        </blockquote>
      );
    case 'pre':
      return (
        <pre tabIndex={0}>
          <Inlines nodes={flow.children} />
        </pre>
      );
    case 'list':
      return <List flow={flow} />;
    case 'rule':
      return <hr />;
    default:
      return <Table flow={flow} />;
  }
}

/** Paragraphs, quotes, lists and the like. */
export function Flows({ flows }: { flows: Flow[] }) {
  return <>{flows.map(draw)}</>;
}
