import { work } from './case-routing.ts';

/** closes a resolved case, if nobody objected: that is then what is to be done */
export const handler = work;
