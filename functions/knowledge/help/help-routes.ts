import * as z from 'zod';
import { route } from '../../shared/http/contract.ts';
import { HelpRules, HelpSettings } from './help-settings.ts';

const page = { auth: 'none', reply: z.string(), produces: 'text/html; charset=utf-8' } as const;

/** pages that work without JavaScript, but for the customer’s own */
export const helpRoutes = {
  showHelp: route('GET /v1/help/{tenant}', {
    summary: 'Show the help centre of a company: public articles, and with `q` the answer to a question',
    ...page,
    query: z.strictObject({ q: z.string().trim().max(1000).optional() }),
  }),
  showArticle: route('GET /v1/help/{tenant}/articles/{id}', {
    summary: 'Show a public article',
    ...page,
  }),
  showRequest: route('GET /v1/help/{tenant}/requests', {
    summary: 'Show the form of a request',
    ...page,
    query: z.strictObject({ q: z.string().trim().max(1000).optional().describe('what was asked before') }),
  }),
  sendRequest: route('POST /v1/help/{tenant}/requests', {
    summary: 'Send a request by that form; it opens a case',
    ...page,
    rawBody: true, // a form
  }),
  showMyHelp: route('GET /v1/help/{tenant}/me', {
    summary: 'Show the page of a customer: it signs in with a code by e-mail, sees its cases and books appointments',
    ...page,
  }),
};

export const helpSettingsRoutes = {
  readHelpSettings: route('GET /v1/settings/help-centre', {
    summary: 'Read the settings of the help centre',
    scope: 'settings.read',
    reply: HelpSettings,
  }),
  putHelpSettings: route('PUT /v1/settings/help-centre', {
    summary: 'Switch the help centre on or off, and choose its brand',
    scope: 'settings.admin',
    body: HelpRules,
    reply: HelpSettings,
    example: { enabled: true },
  }),
};
