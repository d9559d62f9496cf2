import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../sandbox/page-api.ts';
import { createLoader } from '../../../../sandbox/page/state/loader.ts';
import { blankState, type Change, reduce } from '../../../../sandbox/page/state/reduce.ts';

const message = (ts: string, text = ts): Message => ({ ts, channel: 'C1', user: 'U2', text });
const read = (...messages: Message[]): Change => ({ type: 'messages', channel: 'C1', messages });

/** A page, and what its channel shows. */
function page() {
  let state = blankState('U1');
  const loader = createLoader((change) => {
    state = reduce(state, change);
  });
  return { ...loader, shown: () => state.messages['C1']?.map(({ text }) => text) };
}

describe('createLoader', () => {
  it('keeps what was told while an older list was on its way', async () => {
    const { load, tell, shown } = page();
    await load(() => {
      tell({ type: 'message', message: message('2.0') });
      tell({ type: 'message_changed', message: message('1.0', 'new') });
      tell({ type: 'message', message: message('3.0') });
      tell({ type: 'message_deleted', channel: 'C1', ts: '3.0' });
      return Promise.resolve(read(message('1.0'), message('3.0')));
    });
    expect(shown()).toEqual(['new', '2.0']);
  });

  it('tells nothing anew that came before the question or after the answer', async () => {
    const { load, tell, shown } = page();
    tell({ type: 'message', message: message('1.0') });
    await load(() => Promise.resolve(read()));
    expect(shown()).toEqual([]);
    tell({ type: 'message', message: message('2.0') });
    expect(shown()).toEqual(['2.0']);
  });

  it('passes on that a list could not be read', async () => {
    const { load, tell, shown } = page();
    await expect(load(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    tell({ type: 'message', message: message('1.0') });
    expect(shown()).toEqual(['1.0']);
  });
});
