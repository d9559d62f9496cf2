import { ErrorCode } from '@slack/web-api';

/** What Slack answered to a call that must fail: its error and explanations. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown> & { error: string }> {
  try {
    await call;
  } catch (error) {
    const { code, data } = error as { code?: string; data?: Record<string, unknown> & { error: string } };
    if (code === ErrorCode.PlatformError && data) return data;
    throw error;
  }
  throw new Error('the call was not refused');
}

/** The error alone. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).error;
}

/** Slack's explanations of what is wrong with the blocks. */
export async function reasonsOf(call: Promise<unknown>): Promise<string[]> {
  const { response_metadata } = await refusal(call);
  return (response_metadata as { messages?: string[] }).messages ?? [];
}
