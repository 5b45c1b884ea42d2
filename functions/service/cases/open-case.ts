import { contactUnidentified } from '../../../events/customer.ts';
import { customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { ApiError, invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import type { routes } from '../contract.ts';
import type { Case } from './case.ts';
import { newCase, opened as openedEvent } from './new-case.ts';

/** two ids in a trillion have one number: then the case gets another id */
const withNewNumber = (error: unknown) =>
  error instanceof ApiError && error.code === 'case.number-taken'
    ? new VersionConflict('number taken', { cause: error })
    : error;

type Writer = { customerId?: string | undefined; from?: { email: string } | undefined };

const customerOf = async (store: Store, { customerId, from }: Writer): Promise<Case['customerId']> => {
  if (customerId && from) throw invalid([{ path: 'from', message: 'say either customerId or from' }]);
  if (customerId) return (await needCustomer(store, customerId)).id;
  if (!from) throw invalid([{ path: 'customerId', message: 'say customerId or from' }]);
  return ((await customerIdByEmail(store, from.email)) ?? null) as Case['customerId'];
};

/** Somebody unknown becomes a customer first: `case.opened` is said when that has happened. */
const introduction = ({ id, from }: Case): Change =>
  emit(contactUnidentified, { about: id, data: { contact: { email: from?.email, name: from?.name }, source: 'case' } });

export const openCase: Handler<typeof routes.openCase> = async ({ body }, { now, store, actor }) => {
  const customerId = await customerOf(store, body);
  const { opened, changes } = newCase(now, { fields: body, customerId, actor });
  const said = customerId ? openedEvent(opened) : introduction(opened);
  try {
    return await store.commit([...changes, said], opened);
  } catch (error) {
    throw withNewNumber(error);
  }
};
