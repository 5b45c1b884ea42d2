import type { StoredCustomer } from '../../customers/customer.ts';
import type { Change } from '../../shared/store/changes.ts';
import type { Did, Left, Told } from './bulk-log.ts';

/** what is to be done to one customer: nothing where nothing is told */
export type DoneTo = {
  changes: Change[];
  told: Told[];
  did: Did;
  /** what of it does not stand against what is known already */
  left?: Left[];
  fixes?: Record<string, number>;
};

/** decides what is to be done to a customer; a `Refusal` is the customer's, not the job's */
export type Decide = (customer: StoredCustomer) => Promise<DoneTo | undefined>;
