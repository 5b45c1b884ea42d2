import { type Words, wordsFor } from '../consent/page.ts';
import type { PreferenceSettings } from '../consent/preference-settings.ts';
import { textsOf } from '../content/brand.ts';
import type { Template } from '../content/template.ts';
import { isPublicSource } from '../customers/attributes/provenance.ts';
import { env } from '../shared/aws/env.ts';
import type { Ctx } from '../shared/http/context.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { oneTimeCode, signedUrl } from '../shared/http/signed-link.ts';
import { brandedMail } from '../shared/text/branded-mail.ts';
import { type Composed, compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';
import { withoutForeignLinks, withoutLinks } from '../shared/text/without-links.ts';
import type { DecisionFacts, Pending } from './facts.ts';
import type { Message, MessageContent } from './message.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

const mostBytes = 300_000;

/** what a message is rendered with; `own`: it is not a template of the company, and gets the look of its pages; `open`: strangers may have filled it in */
type Look = {
  words: Words;
  own: boolean;
  open: boolean;
  texts: string[];
  brand: Parameters<typeof brandedMail>[1];
};

type Scope = Record<string, unknown> & { unsubscribeUrl: string | null };

type Content = Parameters<typeof compose>[0];

const contentOf = (request: Pending['request'], template: Template | undefined): Content | { fault: string } => {
  const { channel, content, templateId, fallback } = request;
  if (content) return { channel, ...content };
  if (!template) return { fault: templateId ? `there is no template ${templateId}` : 'neither a template nor content' };
  if (template.channel === channel) return template;
  if (!fallback) return { fault: `the template is for ${template.channel}, not ${channel}` };
  return { ...template, channel, flat: template.channel === 'email' && channel !== 'post' };
};

/** The content as the customer will see it, or why it cannot be rendered. Pure. */
const rendered = (
  content: Content,
  scope: Scope,
  { words, own, open, texts, brand }: Look,
): Composed | { fault: string } => {
  try {
    const url = scope.unsubscribeUrl;
    // nobody clicks on paper
    const isLinked = url && content.channel !== 'post';
    const footer = { texts, link: isLinked ? { url, label: words.unsubscribe } : undefined };
    const filled = compose(content, scope, footer, open ? withoutForeignLinks(scope) : scope);
    const subject = filled.subject && withoutLinks(filled.subject, content.subject);
    const plain = open && filled.subject ? { ...filled, subject } : filled;
    const isPlain = own && content.channel === 'email' && plain.html === undefined;
    const composed = isPlain ? { ...plain, html: brandedMail(plain.text, brand) } : plain;
    if (content.channel === 'email' && !composed.subject) return { fault: 'the subject comes out empty' };
    if (!composed.text.trim() && !composed.html) return { fault: 'the body comes out empty' };
    const bytes = Buffer.byteLength(`${composed.html ?? ''}${composed.text}`);
    return bytes > mostBytes ? { fault: `comes out larger than ${mostBytes} bytes` } : composed;
  } catch (error) {
    if (error instanceof LiquidFault) return { fault: `cannot be rendered: ${error.message}` };
    throw error;
  }
};

/** as the company has set it, and its brand otherwise */
const lookOf = ({ brand }: DecisionFacts, settings: PreferenceSettings): PreferenceSettings => ({
  ...settings,
  ...(brand && { name: brand.name }),
  ...(brand?.colour && { colour: brand.colour }),
  ...(brand?.logo && { logo: brand.logo }),
});

/** what a provider gets, and the one-time code in it */
export type Rendered = { content: MessageContent; code: string | undefined };

/** The content of a message as its reader will see it, with signed links and codes; or why it cannot be rendered. */
export const renderMessage = async (
  { request, message }: { request: Pending['request']; message: Message },
  facts: DecisionFacts,
  settings: PreferenceSettings,
  ctx: Ctx,
): Promise<Rendered | { fault: string }> => {
  const { now, tenant } = ctx;
  const { id, customerId, channel, topic } = message;
  const { scope, links = {}, codeOf, autoSubmitted, tracker } = request;
  const content = contentOf(request, facts.template);
  if ('fault' in content) return content;
  const [link, { url: preferencesUrl }, code, ...signed] = await Promise.all([
    topic === null ? null : unsubscribeUrl({ tenant, customerId, channel, topic, messageId: id }, now),
    preferencesLink(ctx, customerId, 'message'),
    codeOf ? oneTimeCode(tenant, codeOf, now) : undefined,
    ...Object.entries(links).map(async ([name, { purpose, claims }]) => [
      name,
      await signedUrl({ ...claims, purpose, tenant }, now),
    ]),
  ]);
  const { name = facts.settings.fromName ?? tenant, colour, logo, ...preferences } = lookOf(facts, settings);
  const words = wordsFor(preferences, facts.customer.locale);
  const language = typeof scope?.language === 'string' ? scope.language : words.language;
  const inScope = {
    ...scope,
    ...Object.fromEntries(signed),
    ...(code ? { code } : {}),
    ...facts.seen,
    tenant: { name, timeZone: facts.settings.timeZone },
    preferencesUrl,
    unsubscribeUrl: link,
  };
  const brand = { name, colour, logo, language, ownUrl: env.publicUrl() };
  const { provenance } = facts.customer;
  const open = Boolean(tracker) || (provenance?.origins ?? []).some(({ source }) => isPublicSource(source));
  const composed = rendered(content, inScope, {
    words,
    own: request.content !== undefined,
    open,
    texts: textsOf(facts.brand),
    brand,
  });
  return 'fault' in composed ? composed : { content: { ...composed, id, unsubscribeUrl: link, autoSubmitted }, code };
};
