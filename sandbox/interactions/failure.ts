import type { Reply } from '../delivery/outbound.ts';

type Failure = Extract<Reply, { ok: false }>;

/** What Slackbot tells a person whose command failed. */
export function commandFailure(command: string, failure: Failure): string {
  const error = {
    operation_timeout: 'operation_timeout',
    http_error: `http_service_error_${failure.status ?? ''}`,
    connection_failed: 'dispatch_failed',
    not_connected: 'dispatch_failed',
  }[failure.reason];
  return `${command} failed with the error "${error}"`;
}

/** What stands beside a button that failed. */
export function actionFailure(failure: Failure): string {
  if (failure.reason === 'operation_timeout') {
    return 'Operation timed out. Apps need to respond within 3 seconds. (operation_timeout)';
  }
  return `This app is not responding. (${failure.reason}${failure.status ? ` ${failure.status}` : ''})`;
}

/** What a modal shows when its submission failed. */
export const modalFailure = 'We had some trouble connecting. Try again?';
