import * as z from 'zod';
import { lists, route } from '../../shared/http/contract.ts';
import { caseTypeNotFound, macroNotFound } from '../errors.ts';
import { CaseType, CaseTypeFields } from './case-type.ts';
import { Macro, MacroFields } from './macro.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;
const removed = z.object({ id: z.string() });

export const macroRoutes = {
  putMacro: route('PUT /v1/macros/{id}', {
    summary: 'Create or replace a macro: actions on a case, some of which may be other macros',
    ...write,
    body: MacroFields,
    reply: Macro,
    location: ({ id }) => `/v1/macros/${id}`,
    example: {
      name: 'Refund',
      actions: [{ tag: 'refund' }, { reply: { body: 'Your refund is on its way.' } }, { resolve: true }],
    },
  }),
  readMacro: route('GET /v1/macros/{id}', { summary: 'Read a macro', scope: 'service.read', reply: Macro }),
  listMacros: route('GET /v1/macros', { summary: 'List macros by id', scope: 'service.read', ...lists(Macro) }),
  removeMacro: route('DELETE /v1/macros/{id}', {
    summary: 'Delete a macro. Macros that name it cannot run until they are changed.',
    ...write,
    reply: removed,
    errors: [macroNotFound],
  }),
  putCaseType: route('PUT /v1/case-types/{id}', {
    summary: 'Create or replace a case type: its fields, checklist, weight, legal clock and limits of compensation',
    ...write,
    body: CaseTypeFields,
    reply: CaseType,
    location: ({ id }) => `/v1/case-types/${id}`,
    example: {
      name: 'Warranty complaint',
      type: 'complaint',
      fields: { mileage: { type: 'number', required: true } },
      checklist: [{ text: 'Root cause found', required: true }],
      legalClock: { within: 'P56D', warnBefore: 'P7D' },
      compensation: [{ max: { amount: 5_000, currency: 'SGD' } }],
    },
  }),
  readCaseType: route('GET /v1/case-types/{id}', { summary: 'Read a case type', ...read, reply: CaseType }),
  listCaseTypes: route('GET /v1/case-types', { summary: 'List case types by id', ...read, ...lists(CaseType) }),
  removeCaseType: route('DELETE /v1/case-types/{id}', {
    summary: 'Delete a case type. Cases that have it keep their fields and due times.',
    ...write,
    reply: removed,
    errors: [caseTypeNotFound],
  }),
};
