import { expectTypeOf, test } from 'vitest';
import type * as z from 'zod';
import type { Api, ChangeCustomerBody, CreateCustomerBody, Customer, FoundCustomer } from '../../client/api.ts';
import { pages } from '../../client/client.ts';
import type { routes } from '../../functions/customers/contract.ts';
import type { routes as searchRoutes } from '../../functions/search/contract.ts';

type Declared = typeof routes & typeof searchRoutes;
declare const crm: Api;

// none of this runs: it is for the compiler, which fails when an expected error is none
const calls = async () => {
  // @ts-expect-error a customer has no such field
  await crm.customers.createCustomer({ body: { nickName: 'Ada' } });
  // @ts-expect-error a read takes no idempotency key
  await crm.customers.readCustomer({ params: { id: 'cus_1' }, idempotencyKey: 'k' });
  // @ts-expect-error the id is missing
  await crm.customers.readCustomer({ params: {} });
  // @ts-expect-error there is no such parameter
  await crm.search.findCustomers({ query: { mail: 'ada@example.com' } });
  // @ts-expect-error a creation has no version to match
  await crm.customers.createCustomer({ body: {}, ifMatch: 1 });
  // @ts-expect-error there is no such route
  await crm.customers.deleteCustomer({ params: { id: 'cus_1' } });
  // @ts-expect-error not a list
  pages(crm.customers.readCustomer, { params: { id: 'cus_1' } });
  // @ts-expect-error pages are for programs only
  await crm.reference.readDocs();
  for await (const customer of pages(crm.search.findCustomers)) expectTypeOf(customer).toEqualTypeOf<FoundCustomer>();
};

test('the client’s types are those of the declarations', () => {
  expectTypeOf(calls).toBeFunction();
  expectTypeOf<CreateCustomerBody>().toExtend<z.input<Declared['createCustomer']['body']>>();
  expectTypeOf<z.input<Declared['createCustomer']['body']>>().toExtend<CreateCustomerBody>();
  expectTypeOf<ChangeCustomerBody['phone']>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<z.output<Declared['readCustomer']['reply']>>().toExtend<Customer>();
  expectTypeOf<z.output<Declared['findCustomers']['reply']>['items']>().toExtend<FoundCustomer[]>();
});
