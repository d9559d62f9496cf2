import { account } from './account.ts';
import { accounts } from './accounts.ts';
import { ack } from './ack.ts';
import { allow } from './allow.ts';
import { assign } from './assign.ts';
import { audit } from './audit.ts';
import { ban } from './ban.ts';
import { confirm } from './confirm.ts';
import { detections } from './detections.ts';
import { digest } from './digest.ts';
import { dismiss } from './dismiss.ts';
import { escalate } from './escalate.ts';
import { evidence } from './evidence.ts';
import { freeze } from './freeze.ts';
import { graph } from './graph.ts';
import { health } from './health.ts';
import { help } from './help.ts';
import { hold } from './hold.ts';
import { list } from './list.ts';
import { merge } from './merge.ts';
import { note } from './note.ts';
import { oncall } from './oncall.ts';
import { reopen } from './reopen.ts';
import { show } from './show.ts';
import { snooze } from './snooze.ts';
import { split } from './split.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { unfreeze } from './unfreeze.ts';
import { unsnooze } from './unsnooze.ts';
import { why } from './why.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly Verb[] = [
  list,
  show,
  accounts,
  account,
  why,
  ack,
  assign,
  note,
  escalate,
  snooze,
  unsnooze,
  confirm,
  dismiss,
  evidence,
  graph,
  reopen,
  merge,
  split,
  ban,
  undo,
  freeze,
  unfreeze,
  hold,
  detections,
  allow,
  digest,
  oncall,
  audit,
  status,
  health,
  help,
];
