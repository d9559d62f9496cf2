import { isAscii, isUtf8 } from 'node:buffer';

/** One line of a file, or why it cannot be read. `number` counts from 1; `bytes` is its length without the ending. */
export type Line =
  | { number: number; bytes: number; text: string }
  | { number: number; bytes: number; text?: undefined; problem: string };

/**
 * Whole lines of a file as they stand in it, the last one's ending aside, or the length of one that is too long, whose bytes
 * were let go. `first`: the first line's number.
 */
export type Stretch = { first: number; bytes: Uint8Array } | { first: number; bytes?: undefined; tooLong: number };

/** A longer line is no record: the longest real prompts are far below it. */
const LONGEST_LINE_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const OPENING_BRACE = 0x7b;
const BYTE_ORDER_MARK = '\uFEFF';

/** Splits bytes into lines, holding no more than the longest line at a time. Blank lines are left out, and counted. */
export async function* readLines(chunks: AsyncIterable<Buffer>, longestBytes?: number): AsyncGenerator<Line[]> {
  for await (const stretch of readStretches(chunks, longestBytes)) yield splitLines(stretch, longestBytes);
}

/** Cuts bytes behind lines' ends, holding no more than the longest line at a time. */
export async function* readStretches(
  chunks: AsyncIterable<Buffer>,
  longestBytes = LONGEST_LINE_BYTES,
): AsyncGenerator<Stretch> {
  let first = 1;
  let held: Buffer[] = [];
  let heldBytes = 0;

  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end !== -1) {
      let from = 0;
      if (heldBytes > 0) {
        // What is held has its end here.
        const ending = chunk.indexOf(NEWLINE);
        if (heldBytes + ending > longestBytes) {
          yield { first, tooLong: heldBytes + ending };
          first += 1;
          held = [];
          from = ending + 1;
        }
      }
      if (from <= end) {
        const whole = chunk.subarray(from, end);
        const bytes = held.length === 0 ? whole : Buffer.concat([...held, whole]);
        yield { first, bytes };
        first += countLines(chunk, from);
      }
      held = [];
      heldBytes = 0;
    }
    const rest = chunk.subarray(end + 1);
    heldBytes += rest.length;
    // Past the limit only the length is counted on: the bytes are let go.
    if (heldBytes > longestBytes) held = [];
    else if (rest.length > 0) held.push(Buffer.from(rest));
  }
  if (heldBytes > longestBytes) yield { first, tooLong: heldBytes };
  else if (heldBytes > 0) yield { first, bytes: Buffer.concat(held) };
}

function countLines(bytes: Buffer, from: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

/** The lines of a stretch but for blank ones. */
export function splitLines(stretch: Stretch, longestBytes = LONGEST_LINE_BYTES): Line[] {
  if (stretch.bytes === undefined) return [tooLong(stretch.first, stretch.tooLong, longestBytes)];
  const { buffer, byteOffset, byteLength } = stretch.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  // As one text: for each line by itself it takes three times as long.
  if (isAscii(bytes)) return linesOf(bytes.toString('latin1'), stretch.first, longestBytes, (text) => text.length);
  if (isUtf8(bytes)) return linesOf(bytes.toString(), stretch.first, longestBytes, bytesOfText);
  return readableLines(bytes, stretch.first, longestBytes);
}

function linesOf(texts: string, first: number, longestBytes: number, bytesOf: (text: string) => number): Line[] {
  const lines: Line[] = [];
  for (let number = first, from = 0; from <= texts.length; number += 1) {
    const newline = texts.indexOf('\n', from);
    const end = newline === -1 ? texts.length : newline;
    const line = toLine(texts.slice(from, end), number, longestBytes, bytesOf);
    if (line !== undefined) lines.push(line);
    from = end + 1;
  }
  return lines;
}

const bytesOfText = (text: string) => Buffer.byteLength(text);

/** The same where not every line is text. */
function readableLines(bytes: Buffer, first: number, longestBytes: number): Line[] {
  const lines: Line[] = [];
  for (let number = first, from = 0; from <= bytes.length; number += 1) {
    const newline = bytes.indexOf(NEWLINE, from);
    const end = newline === -1 ? bytes.length : newline;
    const content = bytes.subarray(from, end);
    if (content.length > longestBytes) lines.push(tooLong(number, content.length, longestBytes));
    else if (isUtf8(content)) {
      const line = toLine(content.toString(), number, longestBytes, bytesOfText);
      if (line !== undefined) lines.push(line);
    } else {
      const length = content.at(-1) === RETURN ? content.length - 1 : content.length;
      lines.push({ number, bytes: length, problem: 'not UTF-8' });
    }
    from = end + 1;
  }
  return lines;
}

function toLine(
  raw: string,
  number: number,
  longestBytes: number,
  bytesOf: (text: string) => number,
): Line | undefined {
  const isReturned = raw.charCodeAt(raw.length - 1) === RETURN;
  let text = isReturned ? raw.slice(0, -1) : raw;
  const bytes = bytesOf(text);
  const rawBytes = isReturned ? bytes + 1 : bytes;
  if (rawBytes > longestBytes) return tooLong(number, rawBytes, longestBytes);
  if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  const isBlank = text.charCodeAt(0) !== OPENING_BRACE && text.trim() === '';
  return isBlank ? undefined : { number, bytes, text };
}

function tooLong(number: number, bytes: number, longestBytes: number): Line {
  return { number, bytes, problem: `line longer than ${longestBytes} bytes` };
}
