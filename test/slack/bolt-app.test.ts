import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';
import { defineVerb } from '../../src/commands/define-verb.ts';
import { loadCampaign } from '../../src/db/campaign.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Mode, slackRoom } from './slack-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const CHANNEL = 'abuse-alerts';

/** Keeps the fields of what is logged as a warning or an error. */
function recordingLog() {
  const logged: unknown[] = [];
  const note = (fields: unknown) => void logged.push(fields);
  return { logged, log: { debug() {}, info() {}, warn: note, error: note } };
}

describe.each<Mode>(['http', 'socket'])('over %s', (mode) => {
  it('answers a command to the person alone', async () => {
    const { say, sandbox } = await slackRoom(database.pool, mode);
    expect(await say('U0MARA', '/campaign help')).toContain('`ack &lt;campaign&gt;`');
    expect(await say('U0MARA', '/campaign status')).toContain('Campaigns* none yet');
    expect(sandbox.control.messages(CHANNEL)).toEqual([]);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('lets the alert be acknowledged by its button, once, and shows it everywhere', async () => {
    const { alert, settle, worker, press, sandbox, wakes } = await slackRoom(database.pool, mode);
    const work = worker();
    await alert();
    await settle(work);
    const ts = sandbox.control.messages(CHANNEL)[0]?.ts ?? '';
    const button = { action_id: 'ack.press', value: 'C-1' };
    expect(await press('U0MARA', ts, button)).toBe('You have C-1: its message and its thread say so.');
    expect(wakes()).toBe(1);
    // The root still shows the button to those who have not seen the change.
    expect(await press('U0JONAS', ts, button)).toMatch(/^C-1 was already acknowledged by <@U0MARA> <!date/);
    expect((await loadCampaign(database.pool, 1))?.acknowledgedBy).toBe('U0MARA');
    await settle(work);
    const [root, reply] = sandbox.control.messages(CHANNEL);
    expect(root?.text).toContain('Acknowledged by <@U0MARA>');
    expect(JSON.stringify(root?.blocks)).not.toContain('ack.press');
    expect(reply?.text).toMatch(/^\*.+\* acknowledged C-1/);
    expect(sandbox.control.messages(CHANNEL)).toHaveLength(2);
  });
});

describe('requests', () => {
  it('are let in once, however often they come', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    sandbox.control.duplicateNext();
    await say('U0MARA', '/campaign ack C-1');
    expect(await sandbox.control.replayLast()).toMatchObject({ ok: true });
    await say('U0MARA', '/campaign help');
    expect(sandbox.control.ephemeral('U0MARA').map((message) => message.text.slice(0, 12))).toEqual([
      'You have C-1',
      'Retort\n`list',
    ]);
  });

  it.each([
    ['signed with another secret', { secret: 'another-signing-secret' }],
    ['ten minutes old', { ageSeconds: 600 }],
  ])('%s are refused', async (_, forgery) => {
    const { sandbox } = await slackRoom(database.pool, 'http');
    expect(await sandbox.control.forge(forgery)).toMatchObject({ ok: false });
  });

  it('signed ten minutes ahead, or of another workspace, are acknowledged and left at that', async () => {
    const { log, logged } = recordingLog();
    const { sandbox, say } = await slackRoom(database.pool, 'http', { log });
    expect(await sandbox.control.forge({ ageSeconds: -600 })).toMatchObject({ ok: true });
    expect(logged).toContainEqual(expect.objectContaining({ verdict: 'from_the_future' }));
    await say('U0RAVI', '/campaign help');
    const last = sandbox.control.sent().at(-1);
    if (last === undefined) throw new Error('nothing was sent');
    const forged = { ...last, payload: { ...last.payload, team_id: 'T0OTHER', trigger_id: '1.2.new' } };
    expect(await sandbox.control.forge({}, forged)).toMatchObject({ ok: true });
    expect(logged).toContainEqual(expect.objectContaining({ verdict: 'another_workspace' }));
    await say('U0JONAS', '/campaign help');
    expect(sandbox.control.ephemeral('U0RAVI')).toHaveLength(1);
    expect(sandbox.control.ephemeral('U0MARA')).toHaveLength(0);
  });

  it('for health are answered, and for anything else not', async () => {
    const { address } = await slackRoom(database.pool, 'http');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/etc/passwd`)).status).toBe(404);
  });
});

describe('answers', () => {
  it.each([
    ['/campaign', 'Retort'],
    ['/campaign stauts', 'Did you mean `/campaign status`?'],
    ['/campaign frobnicate', '`/campaign help` lists what there is'],
    ['/campaign help ack', 'Open to: responders'],
    ['/campaign ack', 'the campaign is missing'],
    ['/campaign ack twelve', 'twelve is no campaign'],
    ['/campaign ack C-1 now', 'now is one word too many'],
    ['/campaign ack C-99', 'There is no C-99'],
    ['/campaign show c1', 'C-1 · Suspected distillation campaign'],
    ['/campaign C-1', 'C-1 · Suspected distillation campaign'],
    ['/campaign list critcal', 'critcal is no filter; did you mean critical?'],
    ['/campaign list dismissed', 'No campaigns (dismissed)'],
    ['/campaign list SUSPECTED critical', '1–1 of 1 campaign'],
    ["/campaign <!channel> '; drop table campaign; --", 'There is no `/campaign &lt;!channel&gt;`'],
  ])('%s with %s', async (text, words) => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    expect(await say('U0MARA', text)).toContain(words);
    expect(sandbox.control.complaints()).toEqual([]);
  });

  it('pages through a long list in place', async () => {
    const { alert, say, press, sandbox } = await slackRoom(database.pool, 'http');
    for (let campaign = 0; campaign < 12; campaign += 1) await alert();
    expect(await say('U0MARA', '/campaign list')).toContain('1–10 of 12 campaigns');
    const ts = sandbox.control.ephemeral('U0MARA')[0]?.ts ?? '';
    const next = { action_id: 'list.page:next', value: '{"f":[],"o":10}', block_id: 'paging' };
    expect(await press('U0MARA', ts, next)).toContain('11–12 of 12 campaigns');
    expect(sandbox.control.ephemeral('U0MARA')).toHaveLength(1);
  });

  it.each([
    ['show.evidence|C-1', 'C-1 · Evidence'],
    ['show.members|C-1', 'C-1 has no accounts at present'],
    ['show.refresh|C-1', 'is being brought up to date'],
    ['show.gone|C-1', 'from another version of Retort'],
    ['constructor.constructor|C-1', 'from another version of Retort'],
    ['show.evidence|nonsense', 'from another version of Retort'],
  ])('the menu entry %s with %s', async (value, words) => {
    const { alert, settle, worker, press, sandbox } = await slackRoom(database.pool, 'http');
    await alert();
    await settle(worker());
    const ts = sandbox.control.messages(CHANNEL)[0]?.ts ?? '';
    const option = { text: { type: 'plain_text', text: 'entry' }, value };
    expect(await press('U0MARA', ts, { action_id: 'overflow', selected_option: option })).toContain(words);
  });

  it('a fault with an incident id that the log has, and changes nothing', async () => {
    const broken = defineVerb({
      name: 'broken',
      usage: 'broken',
      summary: 'Fails',
      role: 'reader',
      args: z.object({}),
      run: async () => {
        throw new Error('secret detail');
      },
    });
    const { log, logged } = recordingLog();
    const { say } = await slackRoom(database.pool, 'http', { verbs: [...VERBS, broken], log });
    const told = await say('U0MARA', '/campaign broken');
    const incident = /incident `(R-\w+)`/.exec(told)?.[1];
    expect(logged).toContainEqual(expect.objectContaining({ incident, user: 'U0MARA', what: 'broken' }));
    expect(told).not.toContain('secret detail');
  });
});

describe('who may do what', () => {
  it('refuses a guest', async () => {
    const { alert, say } = await slackRoom(database.pool, 'http');
    await alert();
    expect(await say('U0THEO', '/campaign ack C-1')).toContain(
      'Guests, bots and people of other workspaces cannot use Retort',
    );
    expect(await say('U0THEO', '/campaign list')).toContain('Guests');
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
  });

  it('refuses people of another workspace, with which the alert’s channel is shared', async () => {
    const { log, logged } = recordingLog();
    const { alert, press, settle, worker, sandbox } = await slackRoom(database.pool, 'http', { log });
    await alert();
    await settle(worker());
    sandbox.control.addPerson({ id: 'U0ELSEWHERE', name: 'lena', stranger_of: 'T0ELSEWHERE' });
    const ts = sandbox.control.messages('abuse-alerts')[0]?.ts ?? '';
    // Nobody answers: it is dropped before anybody is asked who that is.
    press('U0ELSEWHERE', ts, { action_id: 'ack.press', value: 'C-1' }).catch(() => {});
    await expect.poll(() => logged).toContainEqual(expect.objectContaining({ verdict: 'another_workspace' }));
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
  });

  it('lets only the responders’ group act, and everyone read', async () => {
    const groups = { responders: 'abuse-oncall', approvers: 'S0APPROVERS' };
    const { alert, say, sandbox, clock } = await slackRoom(database.pool, 'http', { groups });
    await alert();
    sandbox.control.setGroupMembers('abuse-oncall', ['U0JONAS']);
    expect(await say('U0MARA', '/campaign ack C-1')).toContain('This is for responders');
    expect(await say('U0MARA', '/campaign show C-1')).toContain('C-1');
    sandbox.control.setGroupMembers('abuse-oncall', ['U0MARA']);
    expect(await say('U0MARA', '/campaign ack C-1')).toContain('This is for responders');
    clock.advance(60_001);
    expect(await say('U0MARA', '/campaign ack C-1')).toContain('You have C-1');
    expect(await say('U0RAVI', '/campaign ack C-1')).toContain('already acknowledged by <@U0MARA>');
  });

  it('is not fooled by a group renamed to the responders’ handle', async () => {
    const { alert, say, sandbox, clock } = await slackRoom(database.pool, 'http', {
      groups: { responders: 'abuse-oncall' },
    });
    await alert();
    expect(await say('U0RAVI', '/campaign ack C-1')).toContain('This is for responders');
    sandbox.control.renameGroup('abuse-oncall', { handle: 'old-oncall' });
    sandbox.control.renameGroup('abuse-approvers', { handle: 'abuse-oncall' });
    clock.advance(120_000);
    expect(await say('U0RAVI', '/campaign ack C-1')).toContain('This is for responders');
  });

  it('acts for nobody while Slack cannot say, and lets everyone read', async () => {
    const { alert, say, sandbox } = await slackRoom(database.pool, 'http', { groups: { responders: 'abuse-oncall' } });
    await alert();
    sandbox.control.fail('usergroups.users.list', { kind: 'http_500' });
    expect(await say('U0MARA', '/campaign ack C-1')).toContain('nothing was done');
    sandbox.control.fail('users.info', { kind: 'http_500' });
    expect(await say('U0JONAS', '/campaign show C-1')).toContain('C-1 · Suspected');
    expect((await loadCampaign(database.pool, 1))?.status).toBe('suspected');
  });
});
