// Assertions on the content of a notification at a device: it is as posted.
import { memberOf } from '../../values/json.ts';
import type { CaseContext } from '../case.ts';
import type { AdapterNotification } from '../target/adapter.ts';

export interface Content {
  readonly rawContent?: string;
  readonly visualContent?: { readonly title: string; readonly body?: string };
}

/** Ignores members that the device's protocol does not have. */
export function expectContent({ fail }: CaseContext, who: string, got: AdapterNotification, sent: Content & object): void {
  const contentOf = ({ rawContent, visualContent }: Content) => ({
    rawContent,
    title: visualContent?.title,
    body: visualContent?.body ?? undefined,
  });
  const expected = contentOf(sent);
  const actual = contentOf(got);
  for (const name of ['rawContent', 'title', 'body'] as const)
    if (actual[name] !== expected[name])
      fail({ expected: `${name} ${formatContent(expected[name])} at ${who}`, got: formatContent(actual[name]) });
  for (const name of ['groupName', 'priority', 'appNotificationId'] as const) {
    const posted = memberOf(sent, name);
    if (posted !== undefined && got[name] !== undefined && got[name] !== posted)
      fail({ expected: `${name} ${formatContent(posted)} at ${who}`, got: formatContent(got[name]) });
  }
}

function formatContent(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`;
}
