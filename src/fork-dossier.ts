import path from 'node:path';
import { askProcess } from './ask-process.ts';
import type { BeginWord } from './detector-words.ts';
import type { DossierPackage } from './dossier-package.ts';

/** Beside this file, compiled or not. */
const PROGRAM = path.join(import.meta.dirname, `dossier-process${path.extname(import.meta.filename)}`);

/** What the process is told. */
export interface DossierWish extends BeginWord {
  fingerprintKey: string;
  number: number;
}

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
    askProcess(program, { ...begin, number } satisfies DossierWish, { what: 'dossier', signal });
}
