import { ack } from './ack.ts';
import { confirm } from './confirm.ts';
import { dismiss } from './dismiss.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [status, list, show, ack, confirm, dismiss, help];
