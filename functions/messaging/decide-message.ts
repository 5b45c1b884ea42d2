import { type Words, wordsFor } from '../consent/page.ts';
import { preferenceSettings } from '../consent/preference-settings.ts';
import type { Template } from '../content/template.ts';
import { isPublicSource } from '../customers/attributes/provenance.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { env } from '../shared/aws/env.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { oneTimeCode, signedUrl } from '../shared/http/signed-link.ts';
import type { Change } from '../shared/store/changes.ts';
import { brandedMail } from '../shared/text/branded-mail.ts';
import { type Composed, compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';
import { withoutForeignLinks, withoutLinks } from '../shared/text/without-links.ts';
import { chooseOutcome, type Outcome } from './choose-outcome.ts';
import { withoutCredentials } from './cleared.ts';
import { subscriptions } from './contract.ts';
import { type DecisionFacts, factsFor, type Pending } from './facts.ts';
import { claims, messages, requests } from './message.ts';
import { type Draft, held, newMessage, queued, skipped } from './outcome-changes.ts';
import { relayLimit } from './relay-limits.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

type Event = Parameters<Reaction<typeof subscriptions.decideMessage>>[0];

/** the request with its held message, if any; undefined when nothing is left to decide */
const pendingOf = async (event: Event, { store }: Ctx): Promise<Pending | undefined> => {
  const { customerId } = event;
  if (!customerId) return undefined;
  if (event.type === 'message.requested') {
    const { cause, step } = event.data;
    const claimed = await store.get(claims, { customerId, cause, step });
    const tracker = event.data.tracker ?? (isPublicActor(event.actor) ? event.actor : undefined);
    return claimed ? undefined : { request: { ...event.data, ...(tracker ? { tracker } : {}) }, customerId };
  }
  const [before, request] = await Promise.all([
    store.get(messages, { id: event.about }),
    store.get(requests, { id: event.about }),
  ]);
  return request && before?.state === 'held' ? { request, customerId, before } : undefined;
};

const mostBytes = 300_000;

/** what a message is rendered with; `own`: it is not a template of the company, and gets the look of its pages; `open`: strangers may have filled it in */
type Look = { words: Words; own: boolean; open: boolean; brand: Parameters<typeof brandedMail>[1] };

type Scope = Record<string, unknown> & { unsubscribeUrl: string | null };

type Content = { channel: string; subject?: string | undefined; body: string };

const contentOf = (request: Draft['request'], template: Template | undefined): Content | { fault: string } => {
  const { channel, content, templateId } = request;
  if (content) return { channel, ...content };
  if (!template) return { fault: templateId ? `there is no template ${templateId}` : 'neither a template nor content' };
  if (template.channel !== channel) return { fault: `the template is for ${template.channel}, not ${channel}` };
  return template;
};

/** The content as the customer will see it, or why it cannot be rendered. Pure. */
const rendered = (content: Content, scope: Scope, { words, own, open, brand }: Look): Composed | { fault: string } => {
  try {
    const url = scope.unsubscribeUrl;
    const footer = url ? { url, label: words.unsubscribe } : undefined;
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

/** an outcome to send becomes a skip where the content cannot be rendered, or a tracker causes too many */
const changesOf = async (draft: Draft, outcome: Outcome, facts: DecisionFacts, ctx: Ctx): Promise<Change[]> => {
  if (outcome.do === 'skip') return skipped(draft, outcome, ctx.now);
  if (outcome.do === 'hold') return held(draft, outcome, ctx.now);
  const full = await relayLimit(draft.request, facts, ctx);
  if (full) return skipped(draft, { reason: full, reasons: [...outcome.reasons, full] }, ctx.now);
  const content = contentOf(draft.request, facts.template);
  const { customerId, id, channel, topic } = draft.message;
  const link =
    topic === null
      ? null
      : await unsubscribeUrl({ tenant: ctx.tenant, customerId, channel, topic, messageId: id }, ctx.now);
  const { url: preferencesUrl } = await preferencesLink(ctx, customerId, 'message');
  const { scope, links = {}, codeOf, autoSubmitted } = draft.request;
  const signed = await Promise.all(
    Object.entries(links).map(async ([name, { purpose, claims }]) => [
      name,
      await signedUrl({ ...claims, purpose, tenant: ctx.tenant }, ctx.now),
    ]),
  );
  const code = codeOf && (await oneTimeCode(ctx.tenant, codeOf, ctx.now));
  const {
    name = facts.settings.fromName ?? ctx.tenant,
    colour,
    logo,
    ...preferences
  } = await preferenceSettings.of(ctx.store);
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
  const open =
    Boolean(draft.request.tracker) || (provenance?.origins ?? []).some(({ source }) => isPublicSource(source));
  const look = { words, own: draft.request.content !== undefined, open, brand };
  const composed = 'fault' in content ? content : rendered(content, inScope, look);
  if ('fault' in composed) {
    return skipped(draft, { reason: composed.fault, reasons: [...outcome.reasons, composed.fault] }, ctx.now);
  }
  const subject = composed.subject === undefined ? {} : { subject: withoutCredentials(composed.subject, code) };
  return queued(
    draft,
    { ...composed, ...subject, unsubscribeUrl: link, autoSubmitted, ...(code ? { code } : {}) },
    { outcome, facts, now: ctx.now },
  );
};

export const reaction = consume('decideMessage', subscriptions.decideMessage, async (event, ctx) => {
  const found = await pendingOf(event, ctx);
  const facts = found && (await factsFor(found, ctx));
  if (!facts) return;
  // the customer may have been merged since
  const pending = { ...found, customerId: facts.customer.id };
  const draft = { ...pending, message: pending.before ?? newMessage(pending, facts.to, ctx.now) };
  await ctx.store.commit(await changesOf(draft, chooseOutcome(facts), facts, ctx));
});
