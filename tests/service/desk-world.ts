import { expect } from 'vitest';
import type { Told, World } from '../world.ts';

type Fields = Record<string, unknown>;

/** the commands of a service desk in a fresh tenant; what is only prepared fails loudly */
export const desk = (crm: World) => {
  const done = async (asked: Promise<Told>) => {
    const { status, body } = await asked;
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    return body;
  };
  let people = 0;
  return {
    ...crm,
    done,
    agent: (userId: string, fields: Fields = {}) =>
      done(crm.ask('PUT /v1/agents/{userId}', { params: { userId }, body: { name: userId, capacity: 3, ...fields } })),
    status: (userId: string, status: string) =>
      done(crm.ask('PUT /v1/agents/{userId}/status', { params: { userId }, body: { status } })),
    queue: (id: string, body: Fields) => done(crm.ask('PUT /v1/queues/{id}', { params: { id }, body })),
    category: (id: string, body: Fields) => done(crm.ask('PUT /v1/categories/{id}', { params: { id }, body })),
    policy: (id: string, body: Fields) => done(crm.ask('PUT /v1/sla-policies/{id}', { params: { id }, body })),
    calendar: (id: string, body: Fields) => done(crm.ask('PUT /v1/calendars/{id}', { params: { id }, body })),
    customer: (fields: Fields = {}) =>
      done(
        crm.ask('POST /v1/customers', {
          body: { givenName: 'Ada', email: `ada${people++}@${crm.tenant}.example`, ...fields },
        }),
      ),
    open: (fields: Fields) =>
      done(
        crm.ask('POST /v1/cases', {
          body: { subject: 'A question', description: 'What about it', type: 'enquiry', channel: 'web', ...fields },
        }),
      ),
    read: (id: string) => done(crm.ask('GET /v1/cases/{id}', { params: { id } })),
    list: async (query: Record<string, string | number>) =>
      (await done(crm.ask('GET /v1/cases', { query }))).items as Told['body'][],
    readAgent: (userId: string) => done(crm.ask('GET /v1/agents/{userId}', { params: { userId } })),
    /** a command on a case, as it was answered */
    tell: (id: string, verb: string, body: Fields = {}) =>
      crm.ask(`POST /v1/cases/{id}/${verb}`, { params: { id }, body }),
    timeline: async (id: string) =>
      (await done(crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query: { limit: 100 } })))
        .items as Told['body'][],
    decisions: async (id: string) =>
      (await done(crm.ask('GET /v1/customers/{id}/decisions', { params: { id }, query: { limit: 100 } })))
        .items as Told['body'][],
    thread: async (id: string) =>
      (await done(crm.ask('GET /v1/cases/{id}/messages', { params: { id } }))).items as Told['body'][],
  };
};
