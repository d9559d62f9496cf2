import type { Hmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';

export interface ReadBody {
  /** Unpacked. */
  chunks: Buffer[];
  bytes: number;
  hash: Buffer;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Reads a request's body, unpacked, up to `mostBytes` of it; a packed one is not unpacked any further than that. Throws
 * `Refusal` for more, for an encoding that is none of ours, and for damage. Leaves the connection open for the answer.
 */
export async function readBody(
  request: IncomingMessage,
  { mostBytes, hash }: { mostBytes: number; hash: Hmac },
): Promise<ReadBody> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new Refusal(415, 'Content-Encoding may be gzip or left out', { 'accept-encoding': 'gzip' });
  }
  const source = encoding === 'gzip' ? unpacked(request, mostBytes) : sent(request, mostBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    hash.update(chunk);
    chunks.push(chunk);
  }
  if (bytes === 0) throw new Refusal(400, 'the body is empty');
  return { chunks, bytes, hash: hash.digest() };
}

function tooLarge(mostBytes: number): Refusal {
  return new Refusal(413, `the body is more than ${mostBytes} bytes unpacked: send it in several batches`);
}

/** Bytes as they were sent. Also bounded: a packed stream may be endless, and unpack to nothing. */
async function* sent(request: IncomingMessage, mostBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    yield chunk as Buffer;
  }
}

async function* unpacked(request: IncomingMessage, mostBytes: number): AsyncGenerator<Buffer> {
  const packed = Readable.from(sent(request, mostBytes));
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  packed.on('error', (fault) => gunzip.destroy(fault));
  try {
    for await (const chunk of packed.pipe(gunzip)) yield chunk as Buffer;
  } catch (fault) {
    // The codes of zlib; anything else is the connection's.
    const code = (fault as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw new Refusal(400, 'the gzip stream is damaged or was cut off: send it again');
    throw fault;
  } finally {
    gunzip.destroy();
    packed.destroy();
  }
}
