import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openInput } from '../../src/ingest/open-input.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const TEXT = '{"id":"é"}\n'.repeat(1000);

async function file(name: string, content: string | Buffer): Promise<string> {
  const full = path.join(await temporaryDirectory(), name);
  await writeFile(full, content);
  return full;
}

async function contentOf(name: string, stdin?: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await openInput(name, stdin)).chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('reads a file, an unpacked one, one of several packed parts, and standard input', async () => {
  expect(await contentOf(await file('a.ndjson', TEXT))).toBe(TEXT);
  expect(await contentOf(await file('a.ndjson.gz', gzipSync(TEXT)))).toBe(TEXT);
  expect(await contentOf(await file('a.gz', Buffer.concat([gzipSync(TEXT), gzipSync(TEXT)])))).toBe(TEXT + TEXT);
  expect(await contentOf('-', Readable.from([Buffer.from(TEXT)]))).toBe(TEXT);
});

test('tells how much of a file was read', async () => {
  const input = await openInput(await file('a.ndjson', TEXT));
  expect([input.bytes, input.readBytes()]).toEqual([Buffer.byteLength(TEXT), 0]);
  for await (const _ of input.chunks) expect(input.readBytes()).toBeGreaterThan(0);
  expect(input.readBytes()).toBe(input.bytes);
});

test('says what is wrong with a file before reading it', async () => {
  const directory = await temporaryDirectory();
  await expect(openInput(path.join(directory, 'none'))).rejects.toThrow('there is no such file');
  await expect(openInput(directory)).rejects.toThrow('is a directory');
  await expect(openInput(await file('empty', ''))).rejects.toThrow('is empty');
  await expect(openInput(await file('a.ndjson', gzipSync(TEXT)))).rejects.toThrow('is gzip');
});

test('takes a packed file of nothing for an empty one, and an empty pipe for nothing to load', async () => {
  await expect(contentOf(await file('a.gz', gzipSync('')))).rejects.toThrow('is empty');
  expect(await contentOf('-', Readable.from([]))).toBe('');
});

test.skipIf(process.platform === 'win32')('reads a named pipe, as a shell makes of <(…)', async () => {
  const pipe = path.join(await temporaryDirectory(), 'pipe');
  await promisify(execFile)('mkfifo', [pipe]);
  const [content] = await Promise.all([contentOf(pipe), writeFile(pipe, TEXT)]);
  expect(content).toBe(TEXT);
});

test.each([
  ['with its mark', Buffer.from('\uFEFF{"id":1}', 'utf16le')],
  ['without', Buffer.from('{"id":1}', 'utf16le')],
  ['the other way round', Buffer.from('\uFEFF{"id":1}', 'utf16le').swap16()],
  ['the other way round, without', Buffer.from('{"id":1}', 'utf16le').swap16()],
])('refuses UTF-16, %s', async (_, bytes) => {
  await expect(openInput(await file('a.ndjson', bytes))).rejects.toThrow('UTF-16');
  await expect(contentOf(await file('a.gz', gzipSync(bytes)))).rejects.toThrow('UTF-16');
  await expect(contentOf('-', Readable.from([bytes]))).rejects.toThrow('UTF-16');
});

test('takes a first line that only holds a NUL for a bad line, not for a bad file', async () => {
  expect(await contentOf(await file('a.ndjson', '\0\n{}\n'))).toBe('\0\n{}\n');
});

test('tells a damaged or cut gzip file', async () => {
  const packed = gzipSync(TEXT);
  await expect(contentOf(await file('cut.gz', packed.subarray(0, packed.length - 12)))).rejects.toThrow('damaged');
  await expect(contentOf(await file('text.gz', TEXT))).rejects.toThrow('damaged or not gzip');
});
