import path from 'node:path';
import { askProcess } from './ask-process.ts';
import type { GraphWish } from './evidence/picture/graph-picture.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Beside this file, compiled or not. */
const PROGRAM = path.join(import.meta.dirname, `picture-process${path.extname(import.meta.filename)}`);

export interface ForkPictureOptions {
  /** Aborted when the program ends. */
  signal: AbortSignal;
  /** Default: the one beside this file. */
  program?: string;
}

/**
 * Draws pictures, one after the other, each in a process of its own: what draws keeps some 20 MB after each of the first few.
 * Throws what it says, or how it ended.
 */
export function forkPicture({ signal, program = PROGRAM }: ForkPictureOptions) {
  return oneAtATime((wish: GraphWish): Promise<Uint8Array> => askProcess(program, wish, { what: 'picture', signal }));
}
