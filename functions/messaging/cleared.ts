import { withoutTokens } from '../shared/http/signed-link.ts';
import type { MessageContent } from './message.ts';

export const withoutCredentials = (text: string, code?: string) =>
  withoutTokens(code ? text.replaceAll(code, '•••') : text);

/** a content without its one-time code and the signatures of its links: what is kept and shown */
export const cleared = (content: MessageContent, code?: string): MessageContent => ({
  ...content,
  ...(content.subject === undefined ? {} : { subject: withoutCredentials(content.subject, code) }),
  text: withoutCredentials(content.text, code),
  ...(content.html === undefined ? {} : { html: withoutCredentials(content.html, code) }),
  unsubscribeUrl: null,
});
