import * as z from 'zod';
import { page, paging, route } from '../shared/http/contract.ts';
import { Consent } from './consent.ts';
import { ConsentEntry } from './consent-history.ts';
import { CurrentConsent } from './current.ts';
import { origin } from './said-consent.ts';
import { Topic, TopicFields } from './topic.ts';

const html = { auth: 'link', reply: z.string(), produces: 'text/html; charset=utf-8' } as const;

export const consentRoutes = {
  listConsents: route('GET /v1/customers/{id}/consents', {
    summary:
      'What counts for a customer by channel and topic: granted, withdrawn, pending, expired, or never objected to',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(CurrentConsent),
  }),
  readConsentHistory: route('GET /v1/customers/{id}/consents/{channel}/{topic}/history', {
    summary: 'Every word of a customer on a channel and topic with its source and proof, newest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(ConsentEntry),
  }),
  requestConsent: route('POST /v1/customers/{id}/consents/{channel}/{topic}/request', {
    summary: 'Ask a customer by a link to confirm consent; it is granted once the link is used',
    scope: 'customers.write',
    body: z.strictObject(origin).refine(({ expiresAt, validity }) => !expiresAt || !validity, {
      path: ['validity'],
      message: 'is not given together with expiresAt',
    }),
    reply: Consent,
    errors: ['consent.granted', 'consent.not-askable', 'consent.no-address', 'consent.asked-too-often'],
    example: { source: 'phone call', wording: { version: 'newsletter-4' } },
  }),
  showConfirmation: route('GET /v1/confirm-consent/{token}', {
    summary: 'The page behind a link that asks for consent: a button, since mail scanners follow links',
    ...html,
  }),
  confirmConsent: route('POST /v1/confirm-consent/{token}', {
    summary: 'Confirm the consent that a link asks for',
    ...html,
    rawBody: true, // a form without fields
  }),
  putTopic: route('PUT /v1/topics/{topic}', {
    summary: 'Declare what customers are written to about, and on what basis',
    scope: 'settings.write',
    body: TopicFields,
    reply: Topic,
    errors: ['topic.too-many'],
    example: {
      name: 'Newsletter',
      channels: ['email'],
      doubleOptIn: true,
      validity: 'P2Y',
      names: { de: 'Rundbrief' },
    },
  }),
  listTopics: route('GET /v1/topics', {
    summary: 'The declared topics, by name',
    scope: 'settings.read',
    query: z.strictObject(paging),
    reply: page(Topic),
  }),
  removeTopic: route('DELETE /v1/topics/{topic}', {
    summary: 'Declare a topic no longer; what customers said of it stays, and counts as of any other',
    scope: 'settings.write',
    reply: Topic,
  }),
};
