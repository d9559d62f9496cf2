import { isUtf8 } from 'node:buffer';

/** One line of a file, or why it cannot be read. `number` counts from 1; `bytes` is its length without the ending. */
export type Line =
  | { number: number; bytes: number; text: string }
  | { number: number; bytes: number; text?: undefined; problem: string };

/** A longer line is no record: the longest real prompts are far below it. */
const LONGEST_LINE_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = '\uFEFF';

/** Splits bytes into lines, holding no more than the longest line at a time. Blank lines are left out, and counted. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  longestBytes = LONGEST_LINE_BYTES,
): AsyncGenerator<Line[]> {
  let number = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;

  const finish = (last: Buffer): Line | undefined => {
    number += 1;
    const bytes = heldBytes + last.length;
    const whole = bytes > longestBytes ? undefined : held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    return whole === undefined
      ? { number, bytes, problem: `line longer than ${longestBytes} bytes` }
      : toLine(whole, number);
  };

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const line = finish(chunk.subarray(from, at));
      if (line) lines.push(line);
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    // Past the limit only the length is counted on: the bytes are let go.
    if (heldBytes + rest.length <= longestBytes) held.push(Buffer.from(rest));
    else held = [];
    heldBytes += rest.length;
    yield lines;
  }
  const line = heldBytes > 0 ? finish(Buffer.alloc(0)) : undefined;
  if (line) yield [line];
}

function toLine(bytes: Buffer, number: number): Line | undefined {
  const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  const content = bytes.subarray(0, end);
  if (!isUtf8(content)) return { number, bytes: end, problem: 'not UTF-8' };
  let text = content.toString('utf8');
  if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  return text.trim() === '' ? undefined : { number, bytes: end, text };
}
