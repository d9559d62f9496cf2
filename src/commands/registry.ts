import { ack } from './ack.ts';
import { allow } from './allow.ts';
import { confirm } from './confirm.ts';
import { detections } from './detections.ts';
import { dismiss } from './dismiss.ts';
import { evidence } from './evidence.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [status, list, show, ack, confirm, dismiss, evidence, detections, allow, help];
