import { eraseCustomer } from './erase-customer.ts';
import { holdCustomer } from './hold-customer.ts';
import { listErasureKeys } from './list-erasure-keys.ts';
import { listErasures } from './list-erasures.ts';
import { readErasure } from './read-erasure.ts';
import { readHold } from './read-hold.ts';
import { releaseCustomer } from './release-customer.ts';

export const erasureUseCases = {
  eraseCustomer,
  listErasures,
  readErasure,
  listErasureKeys,
  holdCustomer,
  readHold,
  releaseCustomer,
};
