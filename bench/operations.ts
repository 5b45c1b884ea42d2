import type { Operation } from './count.ts';
import { deskOperations } from './operations-desk.ts';
import { marketingOperations } from './operations-marketing.ts';
import { memoryOperations } from './operations-memory.ts';
import type { Tenant } from './stack.ts';
import { type Customer, customer, someone, tracked } from './subjects.ts';

/** histories that the single view is read over */
export const histories = [10, 1_000, 10_000];

/** a customer with so many tracked events, made once */
const withHistory = (events: number) => {
  let made: Promise<Customer> | undefined;
  return async (crm: Tenant) => {
    made ??= (async () => {
      const one = await customer(crm);
      await crm.idle();
      for (let sent = 0; sent < events; sent += 100) {
        await crm.track(...Array.from({ length: Math.min(100, events - sent) }, () => tracked(one.externalId)));
      }
      return one;
    })();
    return made;
  };
};

const view = (events: number): Operation<Customer> => ({
  name: `single view, history of ${events.toLocaleString('en')}`,
  prepare: withHistory(events),
  run: (crm, { id }) => crm.ask('GET /v1/customers/{id}/view', { params: { id } }),
});

const of = <S>(operation: Operation<S>) => operation as Operation;

const known = (name: string, run: Operation<Customer>['run']) => of<Customer>({ name, prepare: customer, run });

/** the same customer each time: functions cache the customer of a tracker's user */
let user: Promise<Customer> | undefined;
const sameUser = (crm: Tenant) => {
  user ??= customer(crm);
  return user;
};

const ofSameUser = (name: string, run: Operation<Customer>['run']) => of<Customer>({ name, prepare: sameUser, run });

const customers: Operation[] = [
  { name: 'create customer', run: customer },
  {
    name: 'create customer, Idempotency-Key',
    run: (crm, _, nth) =>
      crm.ask('POST /v1/customers', { body: someone(), headers: { 'idempotency-key': `${crm.tenant}-${nth}` } }),
  },
  known('read customer', (crm, { id }) => crm.ask('GET /v1/customers/{id}', { params: { id } })),
  ...histories.map(view).map(of),
  known('patch customer', (crm, { id }) =>
    crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { locale: 'en-SG' } }),
  ),
  known('patch customer, If-Match', (crm, { id, version }) =>
    crm.ask('PATCH /v1/customers/{id}', {
      params: { id },
      body: { locale: 'en-SG' },
      headers: { 'if-match': `"${version}"` },
    }),
  ),
  known('find customer by e-mail', (crm, { email }) => crm.ask('GET /v1/customers', { query: { email } })),
  known('find customers by name', (crm, { id: _, externalId }) =>
    crm.ask('GET /v1/customers', { query: { q: `tan ${externalId}` } }),
  ),
  known('upsert customer, there', (crm, { externalId }) =>
    crm.ask('PUT /v1/customers', { body: { externalId, locale: 'en-SG' } }),
  ),
  { name: 'upsert customer, new', run: crm => crm.ask('PUT /v1/customers', { body: someone() }) },
  known('grant consent', (crm, { id }) =>
    crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      params: { id, channel: 'email', topic: 'news' },
      body: { status: 'granted', source: 'bench' },
    }),
  ),
  known('timeline, first page', (crm, { id }) => crm.ask('GET /v1/customers/{id}/timeline', { params: { id } })),
];

export const trackedEvent = 'tracked event of a known user';
export const manyEvents = '25 tracked events of a known user';

const tracking: Operation[] = [
  ofSameUser(trackedEvent, (crm, { externalId }) => crm.track(tracked(externalId))),
  ofSameUser(manyEvents, (crm, { externalId }) => crm.track(...Array.from({ length: 25 }, () => tracked(externalId)))),
  known('tracked event of a user not seen lately', (crm, { externalId }) => crm.track(tracked(externalId))),
  known('identify, known user, a new trait', (crm, { externalId }, nth) =>
    crm.track({ ...tracked(externalId), type: 'identify', traits: { colour: `c${nth}` } }),
  ),
  {
    name: 'identify, new customer',
    run: crm => {
      const { email, externalId } = someone();
      return crm.track({ ...tracked(externalId), type: 'identify', traits: { email, firstName: 'Ada' } });
    },
  },
];

export const operations: Operation[] = [
  ...customers,
  ...tracking,
  ...marketingOperations,
  ...deskOperations,
  ...memoryOperations,
];
