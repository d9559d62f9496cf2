import type { RespondArguments } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { noticeOf } from './blocks/message.ts';
import { type Modal, noticeModal } from './blocks/modal.ts';
import type { Answer } from './interactions.ts';

/** Where a person asked: what Slack says of it in every payload that can be answered. */
export interface Asked {
  /** Opens or stacks modals, for three seconds. */
  triggerId: string;
  /** Undefined in modals and Home. */
  respond: ((answer: RespondArguments) => Promise<unknown>) | undefined;
  /** The modal or Home that the click was in. */
  view?: { id: string; type: 'modal' | 'home' } | undefined;
}

/** Shows an answer where the question was put: a private message, or a modal over it; what comes later in its place or after it. */
export async function showAnswer(client: WebClient, asked: Asked, answer: Answer): Promise<void> {
  const modalId = await showNow(client, asked, answer);
  const late = await answer.later;
  if (late === undefined) return;
  if (modalId !== undefined) await client.views.update({ view_id: modalId, view: modalOf(late) });
  else await showNow(client, asked, late).catch((fault: unknown) => tellTooLate(asked, late, fault));
}

/** Returns the modal's id where it is one. */
async function showNow(client: WebClient, { triggerId, respond, view }: Asked, answer: Answer) {
  if ('message' in answer && respond !== undefined) {
    await respond(privately(answer));
    return undefined;
  }
  const modal = modalOf(answer);
  if (view?.type !== 'modal') return (await client.views.open({ trigger_id: triggerId, view: modal })).view?.id;
  if (answer.replaces === true) return (await client.views.update({ view_id: view.id, view: modal })).view?.id;
  return (await client.views.push({ trigger_id: triggerId, view: modal })).view?.id;
}

/** A form that is ready when Slack does not take one any more: the person asks once more, with a new three seconds. */
async function tellTooLate({ respond }: Asked, late: Answer, fault: unknown): Promise<void> {
  if ('message' in late || respond === undefined) throw fault;
  await respond(privately({ message: noticeOf('It took longer than Slack waits for a form. Please ask once more.') }));
}

/** The answer as a modal, where there is no conversation to tell it in. */
export function modalOf(answer: Answer): Modal {
  return 'modal' in answer ? answer.modal : noticeModal(answer.message);
}

/** Bolt's types lack the chart block; Slack has it. */
export function privately({ message, replaces }: Extract<Answer, { message: unknown }>): RespondArguments {
  const blocks = message.blocks as KnownBlock[];
  return { response_type: 'ephemeral', replace_original: replaces ?? false, text: message.text, blocks };
}
