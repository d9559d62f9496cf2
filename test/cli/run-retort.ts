import { execFile } from 'node:child_process';
import path from 'node:path';
import { program } from '../programs.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Runs the program as a shell does, with nothing but the given environment. */
export function runRetort(words: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const command = [program('src/main.ts'), ...words];
    execFile(process.execPath, command, { cwd: ROOT, env, maxBuffer: 1 << 26 }, (fault, out, err) =>
      resolve({ status: fault === null ? 0 : Number(fault.code), out, err }),
    );
  });
}
