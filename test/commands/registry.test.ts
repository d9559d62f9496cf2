import { describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';
import { accountPage } from '../../src/slack/blocks/account-page.ts';
import { campaignDetail } from '../../src/slack/blocks/campaign-detail.ts';
import { stormMessage } from '../../src/slack/blocks/storm.ts';
import { campaignList } from '../../src/slack/blocks/campaign-list.ts';
import { campaignRoot } from '../../src/slack/blocks/campaign-root.ts';
import { helpMessage } from '../../src/slack/blocks/help.ts';
import type { Message } from '../../src/slack/blocks/message.ts';
import { type ClickedElement, readControl } from '../../src/slack/control-id.ts';
import { actionCard } from '../../src/slack/blocks/action-card.ts';
import { actionViewLike } from '../action-world.ts';
import { campaignLike } from '../campaign-fixture.ts';

const SNOOZE = { by: 'U0MARA', at: 0, until: 1, reason: 'later', severity: 'high', accountCount: 9 } as const;

/** Every click that these messages invite to. */
function clicksOf({ blocks }: Message): ClickedElement[] {
  return blocks.flatMap((block) => {
    if (block.type === 'section' && block.accessory?.type === 'button') {
      return [{ action_id: block.accessory.action_id ?? '', value: block.accessory.value }];
    }
    if (block.type !== 'actions') return [];
    return block.elements.flatMap((element): ClickedElement[] => {
      if (element.type === 'button') return [{ action_id: element.action_id ?? '', value: element.value }];
      if (element.type !== 'overflow') return [];
      return element.options.map((option) => ({
        action_id: element.action_id ?? '',
        selected_option: { value: option.value ?? '' },
      }));
    });
  });
}

describe('registry', () => {
  it('has each verb once, with its name at the head of its usage', () => {
    const names = VERBS.map((verb) => verb.name);
    expect(new Set(names).size).toBe(names.length);
    for (const verb of VERBS) {
      expect(verb.usage.split(' ')[0]).toBe(verb.name);
      expect(verb.summary).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('tells of every verb in help', () => {
    const { text } = helpMessage(VERBS);
    for (const verb of VERBS) expect(text).toContain(verb.summary);
  });

  it('owns every control that messages show, and reads what they carry', () => {
    const page = { campaigns: [campaignLike()], total: 30, offset: 10, filter: '' };
    const at = (o: number) => JSON.stringify({ f: ['suspected'], o });
    const states = [
      ...(['suspected', 'dismissed', 'contained', 'merged'] as const).map((status) => campaignLike({ status })),
      campaignLike({ status: 'acknowledged', snooze: SNOOZE }),
    ];
    const clicks = [
      ...states.flatMap((campaign) => clicksOf(campaignRoot(campaign))),
      ...clicksOf(campaignDetail(campaignLike())),
      ...clicksOf(accountPage({ id: 'C-1', members: [], total: 60, review: 0, page: 2, pages: 3, size: 20 })),
      ...clicksOf(stormMessage({ number: 1, begunAt: 0, post: null, campaigns: [campaignLike()] })),
      ...clicksOf(campaignList({ ...page, previous: at(0), next: at(20) })),
      ...(['proposed', 'executing', 'done'] as const).flatMap((state) =>
        clicksOf(actionCard(actionViewLike({ state }, { failed: 1 }), String)),
      ),
      ...clicksOf(campaignRoot(campaignLike(), actionViewLike({ state: 'done' }, { done: 1 }))),
    ];
    expect(clicks.length).toBeGreaterThan(24);
    for (const click of clicks) {
      const { control, value } = readControl(click);
      const [verb, name] = control.split('.');
      const owner = VERBS.find((each) => each.name === verb)?.controls[name ?? ''];
      expect(owner?.prepare(value)).toMatchObject({ ok: true });
    }
  });
});
