import type { Message } from './blocks/message.ts';
import type { ClickedElement } from './control-id.ts';

/** What a person is told of what they asked for; only they see it. */
export interface Answer {
  message: Message;
  /** Takes the place of the private message that the click was in, as paging does. */
  replaces?: boolean;
}

/** What people can ask for, as the Bolt app hands it on: already signed, of this workspace and not seen before. */
export interface Interactions {
  command(input: { user: string; text: string }): Promise<Answer>;
  press(input: { user: string; clicked: ClickedElement }): Promise<Answer>;
}
