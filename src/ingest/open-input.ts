import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An input that cannot be read at all, in words for the person who named it. */
class InputError extends Error {
  override name = 'InputError';
}

export interface Input {
  name: string;
  /** Size on disk, undefined for standard input: for progress only. */
  bytes: number | undefined;
  /** Bytes read from disk so far. */
  readBytes: () => number;
  chunks: AsyncIterable<Buffer>;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Opens a file, `.gz` by its ending, or standard input for `-`. Throws `InputError` for what is missing, empty, a
 * directory, or in UTF-16; a damaged gzip file throws it from the stream.
 */
export async function openInput(path: string, stdin: Readable = process.stdin): Promise<Input> {
  if (path === '-')
    return { name: '-', bytes: undefined, readBytes: () => 0, chunks: checked('standard input', stdin) };
  const { bytes, isFile } = await checkFile(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const readBytes = () => file.bytesRead;
  if (!path.endsWith('.gz')) {
    // A pipe, as of a shell's <(…), can be read but once.
    if (!isFile) return { name: path, bytes: undefined, readBytes, chunks: checked(path, file) };
    await checkEncoding(path);
    return { name: path, bytes, readBytes, chunks: file as AsyncIterable<Buffer> };
  }
  return { name: path, bytes, readBytes, chunks: checked(path, unzipped(path, file), 'refuse empty') };
}

async function checkFile(path: string): Promise<{ bytes: number; isFile: boolean }> {
  const found = await stat(path).catch((fault: NodeJS.ErrnoException) => {
    const why = fault.code === 'ENOENT' ? 'there is no such file' : (fault.code ?? fault.message);
    throw new InputError(`${path}: ${why}. Check the path.`, { cause: fault });
  });
  if (found.isDirectory()) throw new InputError(`${path}: is a directory. Name a file in it.`);
  if (found.isFile() && found.size === 0) throw new InputError(emptyText(path));
  return { bytes: found.size, isFile: found.isFile() };
}

const emptyText = (path: string) => `${path}: is empty. Nothing was loaded from it.`;
const UTF_16 = 'is not UTF-8 (it looks like UTF-16). Convert it, for example with iconv.';

/** For a plain file, before anything is loaded from any. */
async function checkEncoding(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead);
    if (isUtf16(start)) throw new InputError(`${path}: ${UTF_16}`);
    if (start.length > 1 && start.readUInt16BE() === 0x1f8b) {
      throw new InputError(`${path}: is gzip. Let its name end in .gz.`);
    }
  } finally {
    await file.close();
  }
}

/** UTF-16 would fail line by line; its mark or its zeroes at the start tell it for the whole file. */
function isUtf16(start: Buffer): boolean {
  const mark = start.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return true;
  const zeroes = [...start].map((byte) => byte === 0);
  return start.length >= 4 && zeroes[0] === zeroes[2] && zeroes[1] === zeroes[3] && zeroes[0] !== zeroes[1];
}

/** The same bytes, once their start was looked at. A stream without a byte may well be meant; a packed file hardly. */
async function* checked(
  path: string,
  chunks: AsyncIterable<Buffer>,
  empty: 'allow empty' | 'refuse empty' = 'allow empty',
): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && isUtf16(chunk.subarray(0, 4))) throw new InputError(`${path}: ${UTF_16}`);
    isFirst = false;
    yield chunk;
  }
  if (isFirst && empty === 'refuse empty') throw new InputError(emptyText(path));
}

async function* unzipped(path: string, file: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  file.on('error', (fault) => gunzip.destroy(fault));
  try {
    for await (const chunk of file.pipe(gunzip)) yield chunk as Buffer;
  } catch (fault) {
    throw new InputError(
      `${path}: is damaged or not gzip. What came before the damage may be loaded; loading a whole copy counts nothing twice.`,
      { cause: fault },
    );
  } finally {
    file.destroy();
  }
}
