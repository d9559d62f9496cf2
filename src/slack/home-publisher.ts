import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type CallOutcome, callOutcome } from './call-outcome.ts';

/** Puts a view into a person's Home tab. */
export interface HomePublisher {
  publish(user: string, view: HomeView): Promise<CallOutcome<void>>;
}

export function createHomePublisher(client: WebClient): HomePublisher {
  return {
    publish: (user, view) =>
      callOutcome(async () => {
        await client.views.publish({ user_id: user, view });
      }),
  };
}
