import * as z from 'zod';
import { lists, route } from '../../shared/http/contract.ts';
import { categoryNotFound } from '../errors.ts';
import { Category, CategoryFields } from './category.ts';
import { PriorityRules, PrioritySettings } from './priority-settings.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;

/** what cases are about, and how urgent they are */
export const classRoutes = {
  putCategory: route('PUT /v1/categories/{id}', {
    summary: 'Create or replace a category of cases; the usual categories stay until you replace or delete them',
    ...write,
    body: CategoryFields,
    reply: Category,
    location: ({ id }) => `/v1/categories/${id}`,
    example: {
      labels: { en: 'Returns', de: 'Rückgaben' },
      words: { en: ['return*', 'send back'], de: ['rückgabe*', 'zurückgeben'] },
      rank: 15,
    },
  }),
  readCategory: route('GET /v1/categories/{id}', {
    summary: 'Read a category of cases',
    ...read,
    reply: Category,
    errors: [categoryNotFound],
  }),
  listCategories: route('GET /v1/categories', {
    summary: 'List the categories of cases in the order in which they are tried',
    ...read,
    ...lists(Category),
  }),
  removeCategory: route('DELETE /v1/categories/{id}', {
    summary: 'Delete a category. Cases that have it keep it.',
    ...write,
    reply: z.object({ id: z.string() }),
    errors: [categoryNotFound],
  }),
  readPrioritySettings: route('GET /v1/settings/priorities', {
    summary: 'Read by which words and types a case gets its priority',
    ...read,
    reply: PrioritySettings,
  }),
  putPrioritySettings: route('PUT /v1/settings/priorities', {
    summary: 'Set by which words and types a case gets its priority, and how priorities are called',
    ...write,
    body: PriorityRules,
    reply: PrioritySettings,
    example: {
      labels: { urgent: { en: 'Urgent', de: 'Sofort' } },
      words: {
        urgent: { en: ['on fire', 'injur*'], de: ['brennt', 'verletz*'] },
        high: { en: ['as soon as possible'] },
      },
      types: { complaint: 'high', feedback: 'low' },
    },
  }),
};
