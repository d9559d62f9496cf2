import type { HomeView } from '@slack/types';
import type { Message } from './blocks/message.ts';
import type { Modal } from './blocks/modal.ts';
import type { ClickedElement } from './control-id.ts';
import type { FieldValues } from './form-state.ts';

/** What a person is shown of what they asked for; only they see it. */
export type Answer = ({ message: Message } | { modal: Modal }) & {
  /** Takes the place of the private message or modal that the click was in, as paging does. */
  replaces?: boolean;
  /** This only says that it is under way: what comes of it. Never rejects. */
  later?: Promise<Answer>;
};

/** What a submitted form leads to: an answer, or a word at each field that is to be mended. */
export type FormAnswer = Answer | { errors: Record<string, string> };

/** What people can ask for, as the Bolt app hands it on: already signed, of this workspace and not seen before. */
export interface Interactions {
  command(input: { user: string; text: string }): Promise<Answer>;
  press(input: { user: string; clicked: ClickedElement }): Promise<Answer>;
  /** What the person's Home shows, as they open it. */
  home(input: { user: string }): Promise<HomeView>;
  /** `form` is `<verb>.<form>`, `value` what the modal carries. */
  submit(input: { user: string; form: string; value: string; fields: FieldValues }): Promise<FormAnswer>;
}
