import { ack } from './ack.ts';
import { allow } from './allow.ts';
import { audit } from './audit.ts';
import { ban } from './ban.ts';
import { confirm } from './confirm.ts';
import { detections } from './detections.ts';
import { dismiss } from './dismiss.ts';
import { freeze } from './freeze.ts';
import { help } from './help.ts';
import { hold } from './hold.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { unfreeze } from './unfreeze.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [
  status,
  list,
  show,
  ack,
  confirm,
  dismiss,
  ban,
  undo,
  freeze,
  unfreeze,
  hold,
  detections,
  allow,
  audit,
  help,
];
