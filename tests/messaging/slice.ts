import { expect } from 'vitest';
import { newId } from '../../events/ids.ts';
import type { Told, World } from '../world.ts';
import { enqueue } from './queue.ts';

/** a record of a reply */
export type Row = Record<string, Told['body']>;

let people = 0;

const created = ({ status, body }: Awaited<ReturnType<World['ask']>>) => {
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};

/** A fresh tenant with the short ways of these contexts' tests. */
export const slice = (crm: World) => {
  const customer = async (more: Record<string, unknown> = {}) => {
    const email = `p${people++}-${crm.tenant}@example.com`;
    return created(
      await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', familyName: 'Tan', email, ...more } }),
    ) as { id: string; email: string; phone?: string; version: number };
  };

  const template = async (more: Record<string, unknown> = {}) =>
    created(
      await crm.ask('POST /v1/templates', {
        body: {
          name: 'Hello',
          channel: 'email',
          subject: 'Hello {{ customer.givenName }}',
          body: '<p>Hi</p>',
          ...more,
        },
      }),
    ) as { id: string; version: number };

  /** an active trigger on `customer.updated` (or `more.when`), that sends the template on topic `news` */
  const trigger = async (templateId: string, more: Record<string, unknown> = {}) =>
    created(
      await crm.ask('POST /v1/triggers', {
        body: {
          name: 'Changed',
          when: { source: ['rapport.customers'], 'detail-type': ['customer.updated'] },
          then: [{ send: { templateId, topic: 'news' } }],
          state: 'active',
          ...more,
        },
      }),
    ) as { id: string; version: number; state: string };

  const consent = async (id: string, status = 'granted', channel = 'email', topic = 'news') =>
    expect(
      (
        await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
          params: { id, channel, topic },
          body: { status, source: 'test' },
        })
      ).status,
    ).toBe(200);

  let visits = 0;
  /** something that triggers hear */
  const happen = async (id: string, attributes: Record<string, unknown> = {}) => {
    const { status } = await crm.ask('PATCH /v1/customers/{id}', {
      params: { id },
      body: { attributes: { visits: ++visits, ...attributes } },
    });
    expect(status).toBe(200);
  };

  return {
    ...crm,
    customer,
    template,
    trigger,
    /** requests a message, as any context does; `step` is new unless given */
    request: async (customerId: string, more: Record<string, unknown> = {}) =>
      crm.put(
        'message.requested',
        {
          id: newId('event', new Date().toISOString()),
          occurredAt: new Date().toISOString(),
          customerId,
          actor: 'rapport:test',
          about: 'test',
          data: {
            channel: 'email',
            topic: 'news',
            content: { subject: 'News', body: 'News for {{ customer.givenName }}' },
            cause: 'test',
            step: `step ${visits++}`,
            ...more,
          },
        },
        'rapport.messaging',
      ),
    /** a report of SES about a message, put where the account's bus delivers it; only SES can use the source `aws.ses` */
    report: async (eventType: string, messageId: string, more: Record<string, unknown> = {}) => {
      const tags = { 'rapport-tenant': [crm.tenant], 'rapport-message': [messageId] };
      const now = new Date().toISOString();
      await enqueue(crm.awsUrl, 'ListenersReactionsQueue', {
        id: newId('event', now),
        source: 'aws.ses',
        time: now,
        'detail-type': `Email ${eventType}`,
        detail: { eventType, mail: { tags }, ...more },
      });
    },
    consent,
    happen,
    settings: async (body: unknown) => expect((await crm.ask('PUT /v1/settings/messaging', { body })).status).toBe(200),
    messages: async (customerId: string) =>
      (await crm.ask('GET /v1/messages', { query: { customerId } })).body.items as Row[],
    decisions: async (id: string, kind?: string) =>
      (
        (await crm.ask('GET /v1/customers/{id}/decisions', { params: { id }, query: { limit: 100 } })).body
          .items as Row[]
      ).filter(decision => !kind || decision.kind === kind),
    timeline: async (id: string, type?: string) =>
      (
        await crm.ask('GET /v1/customers/{id}/timeline', {
          params: { id },
          query: { limit: 100, ...(type ? { type } : {}) },
        })
      ).body.items as Row[],
  };
};
