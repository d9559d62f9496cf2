import { describe, expect, it } from 'vitest';
import { createReplayGuard } from '../../src/slack/replay-guard.ts';
import { judgeRequest } from '../../src/slack/request-guard.ts';
import { NOW } from '../campaign-fixture.ts';

const MINUTE = 60_000;

describe('judgeRequest', () => {
  const ours = { team: { id: 'T1' }, user: { id: 'U1', team_id: 'T1' }, trigger_id: 'trigger' };
  const judge = (body: unknown, request: { key?: string; signedAt?: number } = {}) =>
    judgeRequest(
      { body, key: request.key, signedAt: request.signedAt },
      { team: 'T1', now: NOW, replays: createReplayGuard({ now: () => NOW }) },
    );

  it.each([
    ['an action', ours, 'take'],
    ['a command', { team_id: 'T1', user_id: 'U1', trigger_id: 'x' }, 'take'],
    ['an event', { team_id: 'T1', event: {}, event_id: 'Ev1' }, 'take'],
    ['another workspace', { ...ours, team: { id: 'T2' } }, 'another_workspace'],
    ['a stranger in a shared channel', { ...ours, user: { id: 'U1', team_id: 'T2' } }, 'another_workspace'],
    ['no workspace at all', { trigger_id: 'x' }, 'another_workspace'],
    ['no object', 'text', 'another_workspace'],
  ])('%s: %s', (_, body, verdict) => {
    expect(judge(body)).toBe(verdict);
  });

  it('lets in what is signed a little ahead, and nothing beyond', () => {
    expect(judge(ours, { signedAt: NOW + 5 * MINUTE })).toBe('take');
    expect(judge(ours, { signedAt: NOW + 5 * MINUTE + 1 })).toBe('from_the_future');
  });

  it('knows again the signature, the trigger and the event', () => {
    const replays = createReplayGuard({ now: () => NOW });
    const again = (body: unknown, key: string) =>
      judgeRequest({ body, key, signedAt: undefined }, { team: 'T1', now: NOW, replays });
    expect(again(ours, 'v0=1')).toBe('take');
    expect(again({ ...ours, trigger_id: 'new' }, 'v0=1')).toBe('seen_before');
    expect(again(ours, 'v0=2')).toBe('seen_before');
    expect(again({ team_id: 'T1', event_id: 'Ev1' }, 'v0=3')).toBe('take');
    expect(again({ team_id: 'T1', event_id: 'Ev1' }, 'v0=4')).toBe('seen_before');
  });
});

describe('replay guard', () => {
  it('remembers for longer than a signature holds, and not for ever', () => {
    let now = NOW;
    const guard = createReplayGuard({ now: () => now });
    expect(guard.isFirst(['a'])).toBe(true);
    now += 11 * MINUTE;
    expect(guard.isFirst(['a'])).toBe(false);
    now += 5 * MINUTE;
    expect(guard.isFirst(['a'])).toBe(true);
  });

  it('keeps no more than it was told to', () => {
    const guard = createReplayGuard({ now: () => NOW, most: 3 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) guard.isFirst([key]);
    expect(guard.isFirst(['e'])).toBe(false);
    expect(guard.isFirst(['a'])).toBe(true);
  });
});
