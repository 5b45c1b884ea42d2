import * as z from 'zod';
import { Purpose, PurposeFields } from '../customers/purpose.ts';
import { page, paging, route, warning } from '../shared/http/contract.ts';
import { Consent, ConsentEntry } from './consent.ts';
import { ConsentInput, consentTermsInput } from './consent-input.ts';
import { CurrentConsent } from './current-consents.ts';
import { alreadyGranted, confirmationErrors, purposeInUse, tooManyPurposes, tooManyTopics } from './errors.ts';
import { Topic, TopicFields } from './topic.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;
const query = z.strictObject(paging);

export const consentRoutes = {
  setConsent: route('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    summary: 'Record that a customer granted or withdrew consent',
    ...write,
    body: ConsentInput,
    reply: warning(Consent),
    errors: confirmationErrors,
    example: { status: 'granted', source: 'checkout form', proof: { form: 'checkout-3', ip: '203.0.113.7' } },
  }),
  listConsents: route('GET /v1/customers/{id}/consents', {
    summary: 'List the consents of a customer by channel and topic, including those implied by opt-out topics',
    ...read,
    query,
    reply: page(CurrentConsent),
  }),
  readConsentHistory: route('GET /v1/customers/{id}/consents/{channel}/{topic}/history', {
    summary: 'List all grants and withdrawals of a customer on a channel and topic with source and proof, newest first',
    ...read,
    query,
    reply: page(ConsentEntry),
  }),
  requestConsent: route('POST /v1/customers/{id}/consents/{channel}/{topic}/request', {
    summary: 'Send a customer a link to confirm consent; it is granted once the link is used',
    ...write,
    body: z.strictObject(consentTermsInput).refine(({ expiresAt, validity }) => !expiresAt || !validity, {
      path: ['validity'],
      message: 'cannot be combined with expiresAt',
    }),
    reply: Consent,
    errors: [alreadyGranted, ...confirmationErrors],
    example: { source: 'phone call', wording: { version: 'newsletter-4' } },
  }),
};

const html = { auth: 'link', reply: z.string(), produces: 'text/html; charset=utf-8' } as const;

export const confirmationRoutes = {
  showConfirmation: route('GET /v1/confirm-consent/{token}', {
    summary: 'Show the page to confirm consent: it has a button, because mail scanners follow links',
    ...html,
  }),
  confirmConsent: route('POST /v1/confirm-consent/{token}', {
    summary: 'Confirm the consent that a link was sent for',
    ...html,
    rawBody: true, // a form without fields
  }),
};

export const topicRoutes = {
  putTopic: route('PUT /v1/topics/{topic}', {
    summary: 'Create or replace a topic of messages: its channels, lawful basis and validity',
    scope: 'settings.write',
    body: TopicFields,
    reply: Topic,
    errors: [tooManyTopics],
    example: {
      name: 'Newsletter',
      channels: ['email'],
      doubleOptIn: true,
      validity: 'P2Y',
      names: { de: 'Rundbrief' },
    },
  }),
  listTopics: route('GET /v1/topics', {
    summary: 'List topics, by name',
    scope: 'settings.read',
    query,
    reply: page(Topic),
  }),
  removeTopic: route('DELETE /v1/topics/{topic}', {
    summary: 'Delete a topic; consents recorded for it stay in force',
    scope: 'settings.write',
    reply: Topic,
  }),
};

export const purposeRoutes = {
  putPurpose: route('PUT /v1/purposes/{name}', {
    summary: 'Register a purpose of processing: attributes and events used, lawful basis, responsible owner',
    scope: 'settings.write',
    body: PurposeFields,
    reply: Purpose,
    errors: [tooManyPurposes],
    example: {
      description: 'Telling customers of offers that fit them',
      lawfulBasis: 'consent',
      owner: 'marketing@auto.example',
      attributes: ['givenName', 'email', 'address.country', 'orders'],
      events: ['tracked.*', 'order.completed'],
      retention: 'P3Y',
      access: { roles: ['marketer'] },
    },
  }),
  listPurposes: route('GET /v1/purposes', {
    summary: 'List the purposes of processing by name',
    scope: 'settings.read',
    query,
    reply: page(Purpose),
  }),
  removePurpose: route('DELETE /v1/purposes/{name}', {
    summary: 'Delete a purpose of processing',
    scope: 'settings.write',
    reply: Purpose,
    errors: [purposeInUse],
  }),
};
