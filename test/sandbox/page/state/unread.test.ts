import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../sandbox/page-api.ts';
import { opensGroup } from '../../../../sandbox/page/state/messages.ts';
import { countUnread, firstUnread } from '../../../../sandbox/page/state/unread.ts';

const message = (ts: string, user: string): Message => ({ ts, user, channel: 'C1', text: '' });
const messages = [message('100.0', 'U2'), message('101.0', 'U1'), message('102.0', 'U2')];

describe('unread', () => {
  it('counts what others wrote after the mark', () => {
    expect(countUnread(messages, 'U1', '100.0')).toBe(1);
    expect(countUnread(messages, 'U1', '')).toBe(2);
  });

  it('marks the first of them, and nothing on a first visit', () => {
    expect(firstUnread(messages, 'U1', '100.0')).toBe('102.0');
    expect(firstUnread(messages, 'U1', '102.0')).toBeNull();
    expect(firstUnread(messages, 'U1', undefined)).toBeNull();
  });
});

describe('opensGroup', () => {
  it('groups one person within five minutes', () => {
    expect(opensGroup(message('400.0', 'U1'), message('101.0', 'U1'))).toBe(false);
    expect(opensGroup(message('402.0', 'U1'), message('101.0', 'U1'))).toBe(true);
    expect(opensGroup(message('102.0', 'U2'), message('101.0', 'U1'))).toBe(true);
  });
});
