import type { RespondArguments } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
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

/** Shows an answer where the question was put: a private message, or a modal over it. */
export async function showAnswer(
  client: WebClient,
  { triggerId, respond, view }: Asked,
  answer: Answer,
): Promise<void> {
  if ('message' in answer && respond !== undefined) {
    await respond(privately(answer));
    return;
  }
  const modal = modalOf(answer);
  if (view?.type !== 'modal') await client.views.open({ trigger_id: triggerId, view: modal });
  else if (answer.replaces === true) await client.views.update({ view_id: view.id, view: modal });
  else await client.views.push({ trigger_id: triggerId, view: modal });
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
