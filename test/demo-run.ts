import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Far beyond what anything takes (the alert 6 s, where it was measured): tests of it are about what happens, not how fast. */
export const PATIENCE = 60_000;

/** The built program's demo as a newcomer runs it: a process of its own, with nothing set. */
export class Demo {
  readonly process: ChildProcess;
  readonly temporary: string;
  output = '';

  constructor(program: string, temporary: string) {
    this.temporary = temporary;
    const { PATH: path = '', HOME: home = '' } = process.env;
    const words = ['demo', '--port', '0', '--digest-after', '0'];
    this.process = spawn(process.execPath, [program, ...words], { env: { PATH: path, HOME: home, TMPDIR: temporary } });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    }
  }

  /** Waits until the demo has said this. Throws when it ends before, or keeps one waiting, with what it did say. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const patience = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      const ended = this.process.exitCode !== null;
      if (ended || patience.aborted) {
        throw new Error(`the demo ${ended ? 'ended' : 'goes on'} without saying ${pattern}:\n${this.output}`);
      }
      const round = new AbortController();
      const signal = AbortSignal.any([patience, round.signal]);
      const word = once(this.process.stdout ?? this.process, 'data', { signal });
      await Promise.race([word, once(this.process, 'exit', { signal })]).catch(() => {});
      round.abort();
    }
  }

  async interrupt(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGINT');
    const [code] = (await exit) as [number | null];
    return code;
  }
}
