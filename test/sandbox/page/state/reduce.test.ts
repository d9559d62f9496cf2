import { describe, expect, it } from 'vitest';
import type { Message, View } from '../../../../sandbox/page-api.ts';
import { blankState, reduce, type Change, type State } from '../../../../sandbox/page/state/reduce.ts';

const message = (ts: string, rest: Partial<Message> = {}): Message => ({
  ts,
  channel: 'C1',
  user: 'U2',
  text: ts,
  ...rest,
});
const after = (...changes: Change[]): State => changes.reduce(reduce, blankState('U1'));
const times = (list: Message[] | undefined) => list?.map(({ ts }) => ts);

describe('reduce', () => {
  it('keeps messages in order, and replaces a changed one', () => {
    const state = after(
      { type: 'message', message: message('2.0') },
      { type: 'message', message: message('1.0') },
      { type: 'message_changed', message: message('2.0', { text: 'new' }) },
    );
    expect(state.messages['C1']?.map(({ text }) => text)).toEqual(['1.0', 'new']);
  });

  it('keeps replies to the thread that is open, and shows broadcasts in both', () => {
    const state = after(
      { type: 'messages', channel: 'C1', messages: [message('1.0')] },
      { type: 'thread', channel: 'C1', root: '1.0', messages: [message('1.0')] },
      { type: 'message', message: message('2.0', { thread_ts: '1.0' }) },
      { type: 'message', message: message('3.0', { thread_ts: '1.0', subtype: 'thread_broadcast' }) },
    );
    expect(times(state.messages['C1'])).toEqual(['1.0', '3.0']);
    expect(times(state.threads['C1/1.0'])).toEqual(['1.0', '2.0', '3.0']);
  });

  it('does not take one reply for a whole thread', () => {
    expect(after({ type: 'message', message: message('2.0', { thread_ts: '1.0' }) }).threads).toEqual({});
  });

  it('shows an ephemeral message to its person alone, and keeps it when the channel is read again', () => {
    const whisper = message('1.5', { ephemeral_for: 'U1' });
    const state = after(
      { type: 'message', message: whisper },
      { type: 'message', message: message('1.6', { ephemeral_for: 'U9' }) },
      { type: 'messages', channel: 'C1', messages: [message('1.0'), message('2.0')] },
    );
    expect(times(state.messages['C1'])).toEqual(['1.0', '1.5', '2.0']);
  });

  it('removes a deleted message from channel and thread', () => {
    const state = after(
      { type: 'message', message: message('1.0') },
      { type: 'thread', channel: 'C1', root: '1.0', messages: [message('1.0'), message('2.0', { thread_ts: '1.0' })] },
      { type: 'message_deleted', channel: 'C1', ts: '2.0' },
      { type: 'message_deleted', channel: 'C1', ts: '1.0' },
    );
    expect([state.messages['C1'], state.threads['C1/1.0']]).toEqual([[], []]);
  });

  it('forgets what another person saw', () => {
    const state = after(
      { type: 'message', message: message('1.0', { ephemeral_for: 'U1' }) },
      { type: 'person', user: 'U2' },
    );
    expect(state).toEqual(blankState('U2'));
  });

  it("ignores other people's modals, homes and notices", () => {
    const view: View = { id: 'V1', type: 'modal', hash: '', blocks: [] };
    const state = after(
      { type: 'view_stack', user: 'U2', views: [view] },
      { type: 'home', user: 'U2', view },
      { type: 'notice', user: 'U2', text: 'x' },
    );
    expect(state).toEqual(blankState('U1'));
  });

  it('tells of a failure once, until it is dismissed', () => {
    const notice: Change = { type: 'notice', user: 'U1', text: 'operation_timeout' };
    const state = after(notice, notice);
    expect(state.notices).toHaveLength(1);
    expect(reduce(state, { type: 'dismiss', id: state.notices[0]?.id ?? 0 }).notices).toEqual([]);
  });

  it('counts what the app has not answered', () => {
    expect(after({ type: 'asked', by: 1 }, { type: 'asked', by: 1 }, { type: 'asked', by: -1 }).pending).toBe(1);
  });
});
