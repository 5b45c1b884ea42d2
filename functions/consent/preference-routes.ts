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
    summary: 'Show the preference page of a customer, opened by a signed link',
    ...page,
  }),
  savePreferences: route('POST /v1/preferences', {
    summary: 'Save the choices of a customer on the preference page, or unsubscribe it from all topics',
    ...page,
    rawBody: true, // a form
  }),
  createPreferencesLink: route('POST /v1/customers/{id}/preferences-link', {
    summary: 'Create a link to the preference page of a customer, to be given to that customer',
    scope: 'customers.write',
    reply: z.object({ url: z.string(), expiresAt: Instant }),
    status: 201,
  }),
  readPreferenceSettings: route('GET /v1/settings/preferences', {
    summary: 'Read the name, colour, logo, languages and texts of the preference page',
    scope: 'settings.read',
    reply: PreferenceSettings,
  }),
  putPreferenceSettings: route('PUT /v1/settings/preferences', {
    summary: 'Set the name, colour, logo, languages and texts of the preference page',
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
