import { expect, it } from 'vitest';
import { validateBlocks, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import type { Change } from '../../../src/campaigns/change.ts';
import { changeMessage } from '../../../src/slack/blocks/change.ts';
import { NOW } from '../../campaign-fixture.ts';

const HOSTILE = '<!channel>`*_~\u{202e}&<@U0ELSE>'.repeat(30);
const common = { at: NOW, actor: 'U0MARA', subject: HOSTILE, reason: HOSTILE };
const until = new Date(NOW).toISOString();
const detail = { kind: 'trait', subject: HOSTILE, owner: HOSTILE, until } as const;

it.each<Change>([
  { ...common, action: 'exception.add', detail },
  { ...common, action: 'exception.end', detail },
  { ...common, action: 'enforcement.freeze' },
  { ...common, action: 'enforcement.unfreeze', detail: { frozenBy: 'U0RAVI', frozenAt: until } },
  { ...common, action: 'detection.disable', detail: { from: 'shadow' } },
])('$action keeps within Slack’s limits, and nothing breaks out of it', (change) => {
  const { text, blocks } = changeMessage({ ...change, subject: 'E-1' }, () => HOSTILE);
  expect(validateBlocks(blocks, 'message')).toEqual([]);
  expect(text.length + visibleCharacters(blocks)).toBeLessThanOrEqual(13_000);
  expect(JSON.stringify({ text, blocks })).not.toMatch(/<!channel|<@U0ELSE|\u{202e}/u);
});
