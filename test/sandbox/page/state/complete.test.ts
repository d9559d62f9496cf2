import { describe, expect, it } from 'vitest';
import { complete } from '../../../../sandbox/page/state/complete.ts';
import { fakeWorkspace } from '../fake/workspace.ts';

const { commands } = fakeWorkspace;
const labels = (draft: string) =>
  complete(draft, draft.length, commands, fakeWorkspace).choices.map(({ label }) => label);

describe('complete', () => {
  it('offers commands by their beginning, and takes one on Enter until it is whole', () => {
    expect(labels('/')).toEqual(['/campaign', '/sandbox']);
    expect(labels('/ca')).toEqual(['/campaign']);
    expect(complete('/ca', 3, commands, fakeWorkspace).eager).toBe(true);
    expect(complete('/campaign', 9, commands, fakeWorkspace).eager).toBe(false);
  });

  it('offers the verbs of the usage hint, and sends what stands there on Enter', () => {
    expect(labels('/campaign s')).toEqual(['/campaign status', '/campaign show C-1']);
    expect(complete('/campaign s', 11, commands, fakeWorkspace).eager).toBe(false);
    expect(labels('/campaign status')).toEqual([]);
  });

  it('offers people, groups and channels at the caret', () => {
    expect(labels('hi @a')).toEqual(['@ada', '@abuse-oncall']);
    expect(complete('hi @b there', 5, commands, fakeWorkspace)).toMatchObject({
      from: 3,
      to: 5,
      choices: [{ insert: '@ben ' }],
    });
    expect(labels('see #gen')).toEqual(['#general']);
    expect(labels('mail a@b')).toEqual([]);
  });
});
