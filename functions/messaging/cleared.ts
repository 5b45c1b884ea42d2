import { withoutTokens } from '../shared/http/signed-link.ts';
import type { MessageContent } from './message.ts';

export const withoutCredentials = (text: string, code?: string) =>
  withoutTokens(code ? text.replaceAll(code, '•••') : text);

/** a content without its one-time code and the signatures of its links: what is shown, and what is kept once it is sent */
export const cleared = ({ code, ...content }: MessageContent): MessageContent => ({
  ...content,
  text: withoutCredentials(content.text, code),
  ...(content.html === undefined ? {} : { html: withoutCredentials(content.html, code) }),
  unsubscribeUrl: null,
});
