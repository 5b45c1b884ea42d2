import { taxChanged } from '../../../events/price.ts';
import { Key } from '../../shared/fields.ts';
import { handlers } from '../../shared/http/contract.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { putById, readById, removeById } from '../../shared/store/records.ts';
import { type Tax, taxes } from './tax.ts';
import { taxRoutes } from './tax-routes.ts';

const changedEvent = (tax: Tax, removed: boolean) => eventOf(taxChanged, tax, { removed });

export const taxHandlers = handlers(taxRoutes, {
  putTax: putById(taxes, Key, { changes: tax => [changedEvent(tax, false)] }),
  listTaxes: listShared(taxes),
  readTax: readById(taxes),
  removeTax: removeById(taxes, tax => changedEvent(tax, true)),
});
