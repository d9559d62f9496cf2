import { fork, type Serializable } from 'node:child_process';
import { othersEnvironment } from './config.ts';

/** What a process says once, and then ends. */
type LastWord<Made> = { made: Made } | { error: string };

/**
 * Has a program make one thing in a process of its own, whose memory goes with it: it is told the wish, says its last word and
 * ends. Throws what it says, or how it ended; `what` names the thing. `signal` is aborted when our own program ends.
 */
export function askProcess<Made>(
  program: string,
  wish: Serializable,
  { what, signal }: { what: string; signal: AbortSignal },
): Promise<Made> {
  return new Promise((resolve, reject) => {
    // Buffers as they are, which JSON would write as lists of numbers.
    const child = fork(program, { env: othersEnvironment(), serialization: 'advanced', signal, killSignal: 'SIGKILL' });
    child.on('message', (word: LastWord<Made>) => {
      if ('made' in word) resolve(word.made);
      else reject(new Error(word.error));
    });
    child.on('error', (fault) => {
      reject(signal.aborted ? new Error(`the program ended before the ${what} was made`, { cause: fault }) : fault);
    });
    child.on('exit', (code, killedBy) => {
      reject(new Error(`the process that made the ${what} ended (${killedBy ?? `status ${code ?? 'unknown'}`})`));
    });
    child.send(wish);
  });
}

/** The other side of it: makes what the first message wishes, says so, and ends. */
export function answerOnce(make: (wish: never) => Promise<unknown>): void {
  process.once('message', (wish) => {
    const word = make(wish as never).then(
      (made): LastWord<unknown> => ({ made }),
      (fault: unknown): LastWord<unknown> => ({ error: fault instanceof Error ? fault.message : String(fault) }),
    );
    // Nobody hears it where its parent is gone.
    void word.then((said) => process.send?.(said, undefined, undefined, () => process.exit()));
  });
}
