import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Activity } from '../activities/activity.ts';
import { NextAction } from '../customer-view/next-actions.ts';
import { OpenCase } from '../customer-view/part.ts';
import { Customer } from '../customers/customer.ts';
import { customerNotFound } from '../customers/errors.ts';
import { Call, CallFields } from '../messaging/call.ts';
import { AnyId, Country, Key, line, prose } from '../shared/fields.ts';
import { lists, route } from '../shared/http/contract.ts';
import { callWrappedUp, incomingNotFound } from './errors.ts';
import { CodeFields, WrapUpCode } from './incoming-call.ts';

const Caller = Customer.pick({
  id: true,
  kind: true,
  givenName: true,
  familyName: true,
  name: true,
  locale: true,
  timeZone: true,
}).extend({ openCases: z.array(OpenCase), nextActions: z.array(NextAction) });

export const callCentreRoutes = {
  receiveCall: route('POST /v1/calls/incoming', {
    summary: 'Report that somebody calls: the reply says who has the number, what is open and what is to be done',
    scope: 'service.write',
    also: ['customers.read'],
    body: z.strictObject({
      callId: Key.describe('of the telephone system; the same again is the same call'),
      from: line(30).optional().describe('without: the number is withheld'),
      country: Country.optional().describe('of a number that is written as within a country'),
      line: line(30).optional().describe('the number that was called'),
    }),
    reply: z.object({
      callId: z.string(),
      customers: z.array(Caller).describe('who has the number, at most five; a voice menu trusts one alone'),
    }),
    example: { callId: 'CA7f3c', from: '+6591234567' },
  }),
  wrapUpCall: route('POST /v1/calls/{id}/wrap-up', {
    summary: 'Record what a call came to by a wrap-up code, and the call-back that follows',
    scope: 'service.write',
    body: z.strictObject({
      code: Key,
      customerId: CustomerId.optional().describe('where the number did not say it'),
      note: prose(5_000).optional(),
      durationMinutes: Activity.shape.durationMinutes,
      relatedTo: AnyId.optional().describe('such as the case that it was about'),
      callBack: CallFields.omit({ customerId: true }).partial({ queue: true, script: true }).optional(),
    }),
    reply: z.object({ activity: Activity, callBack: Call.nullable() }),
    status: 201,
    errors: [incomingNotFound, callWrappedUp, customerNotFound],
    example: { code: 'solved', note: 'Explained the warranty', durationMinutes: 4 },
  }),
  putWrapUpCode: route('PUT /v1/wrap-up-codes/{id}', {
    summary: 'Set a code for what calls come to',
    scope: 'settings.write',
    body: CodeFields,
    reply: WrapUpCode,
    location: ({ id }) => `/v1/wrap-up-codes/${id}`,
    example: { name: 'Will be called back', callBack: { queue: 'call-backs', after: 'PT4H' } },
  }),
  listWrapUpCodes: route('GET /v1/wrap-up-codes', {
    summary: 'List the wrap-up codes by id',
    scope: 'service.read',
    ...lists(WrapUpCode),
  }),
  removeWrapUpCode: route('DELETE /v1/wrap-up-codes/{id}', {
    summary: 'Remove a wrap-up code; calls that came to it keep it',
    scope: 'settings.write',
    reply: WrapUpCode,
  }),
};
