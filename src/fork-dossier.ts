import { fork } from 'node:child_process';
import path from 'node:path';
import { othersEnvironment } from './config.ts';
import type { BeginWord } from './detector-words.ts';
import type { DossierPackage } from './dossier-package.ts';

/** Beside this file, compiled or not. */
const PROGRAM = path.join(import.meta.dirname, `dossier-process${path.extname(import.meta.filename)}`);

/** What the process is told, first and last. */
export interface DossierWish extends BeginWord {
  fingerprintKey: string;
  number: number;
}
/** And what it says. */
export type DossierWord = { made: DossierPackage } | { error: string };

export interface ForkDossierOptions extends BeginWord {
  fingerprintKey: string;
  /** Aborted when the program ends. */
  signal: AbortSignal;
  /** Default: the one beside this file. */
  program?: string;
}

/** Makes each dossier in a process of its own, whose memory goes with it. Throws what it says, or how it ended. */
export function forkDossier({ signal, program = PROGRAM, ...begin }: ForkDossierOptions) {
  return (number: number): Promise<DossierPackage> =>
    new Promise((resolve, reject) => {
      // Buffers as they are, which JSON would write as lists of numbers.
      const child = fork(program, {
        env: othersEnvironment(),
        serialization: 'advanced',
        signal,
        killSignal: 'SIGKILL',
      });
      child.on('message', (word: DossierWord) => {
        if ('made' in word) resolve(word.made);
        else reject(new Error(word.error));
      });
      child.on('error', (fault) => {
        reject(signal.aborted ? new Error('the program ended before the dossier was made', { cause: fault }) : fault);
      });
      child.on('exit', (code, killedBy) => {
        reject(new Error(`the process that made the dossier ended (${killedBy ?? `status ${code ?? 'unknown'}`})`));
      });
      child.send({ ...begin, number } satisfies DossierWish);
    });
}
