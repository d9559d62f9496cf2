import { readArray, readObject } from '../../text/read-json.ts';
import { Cell } from './cell.tsx';
import type { Json } from './surface.tsx';

/** A `table` block; its first row is the head. */
export function Table({ block }: { block: Json }) {
  const [head = [], ...rows] = readArray(block['rows']).map(readArray);
  const settings = readArray(block['column_settings']).map(readObject);
  const styleOf = (column: number) => ({
    textAlign:
      settings[column]?.['align'] === 'right' || settings[column]?.['align'] === 'center'
        ? settings[column]['align']
        : 'left',
    whiteSpace: settings[column]?.['is_wrapped'] === true ? 'normal' : 'nowrap',
  });
  return (
    <div class="table-scroll" role="region" aria-label="Table" tabIndex={0}>
      <table class="table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th scope="col" style={styleOf(column)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell, column) => (
                <td style={styleOf(column)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
