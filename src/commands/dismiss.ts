import { defineVerb } from './define-verb.ts';
import { judge, JudgeArgs } from './judge.ts';

export const dismiss = defineVerb({
  name: 'dismiss',
  usage: 'dismiss <campaign> <reason>',
  summary: 'Say that a campaign is none: it falls silent, and its detections lose precision by it',
  role: 'responder',
  args: JudgeArgs,
  rest: 'text',
  run: (args, context) => judge('dismissed', args, context),
});
