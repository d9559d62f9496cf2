import { defineVerb } from './define-verb.ts';
import { judge, JudgeArgs } from './judge.ts';

export const confirm = defineVerb({
  name: 'confirm',
  usage: 'confirm <campaign> <reason>',
  summary: 'Say that a campaign is real; its detections gain precision by it',
  role: 'responder',
  args: JudgeArgs,
  rest: 'text',
  run: (args, context) => judge('confirmed', args, context),
});
