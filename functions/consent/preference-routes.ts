import * as z from 'zod';
import { Instant, route } from '../shared/http/contract.ts';
import { PreferenceRules, PreferenceSettings } from './preference-settings.ts';

const page = {
  auth: 'link',
  query: z.strictObject({ token: z.string().max(2000).default('') }),
  reply: z.string(),
  produces: 'text/html; charset=utf-8',
} as const;

export const preferenceRoutes = {
  showPreferences: route('GET /v1/preferences', {
    summary: 'The page on which a customer says what it wants to hear about, behind a link of its own',
    ...page,
  }),
  savePreferences: route('POST /v1/preferences', {
    summary: 'Save what a customer chose on its page of preferences, or unsubscribe it from everything',
    ...page,
    rawBody: true, // a form
  }),
  createPreferencesLink: route('POST /v1/customers/{id}/preferences-link', {
    summary: 'Make a link to a customer’s page of preferences, to be handed over to that customer',
    scope: 'customers.write',
    reply: z.object({ url: z.string(), expiresAt: Instant }),
    status: 201,
  }),
  readPreferenceSettings: route('GET /v1/settings/preferences', {
    summary: 'Read how the pages look on which customers say what they want',
    scope: 'settings.read',
    reply: PreferenceSettings,
  }),
  putPreferenceSettings: route('PUT /v1/settings/preferences', {
    summary: 'Set name, colour, languages and words of the pages on which customers say what they want',
    scope: 'settings.write',
    body: PreferenceRules,
    reply: PreferenceSettings,
    example: {
      name: 'Auto Inc.',
      colour: '#1a4fb4',
      languages: ['en', 'de'],
      phrases: { de: { title: 'Ihre Einstellungen', save: 'Speichern' } },
    },
  }),
};
