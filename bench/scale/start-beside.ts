import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** Starts a program of this folder in a process beside, which goes on until `stop`, and returns what it said then. */
export function startBeside(file: string, ...args: string[]) {
  const program = path.resolve(import.meta.dirname, file);
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said = text(child.stdout);
  const begun = once(child.stdout, 'data');
  return {
    /** Once it has said something; also where it ended before it did. */
    begun: async () => void (await Promise.race([begun, ended])),
    async stop(): Promise<string> {
      child.stdin.end();
      const [status] = await ended;
      if (status !== 0) throw new Error(`${file} ended with status ${status}`);
      return (await said).trim();
    },
  };
}
