import * as z from 'zod';
import { commitments } from '../activities/commitment.ts';
import { MyCommitment } from '../activities/commitment-routes.ts';
import { documents } from '../activities/document.ts';
import { MyDocument } from '../activities/document-routes.ts';
import { assets } from '../assets/asset.ts';
import { MyAsset } from '../assets/asset-routes.ts';
import { invoices, withBalance } from '../billing/invoice.ts';
import { MyInvoice } from '../billing/invoice-routes.ts';
import { consents } from '../consent/consent.ts';
import { Me } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { MyConsent } from '../portal/portal-routes.ts';
import { orders } from '../sales/orders/order.ts';
import { MyOrder } from '../sales/orders/order-routes.ts';
import { quotes } from '../sales/quotes/quote.ts';
import { MyQuote } from '../sales/quotes/quote-routes.ts';
import { appointments } from '../scheduling/appointment.ts';
import { MyAppointment } from '../scheduling/appointment-routes.ts';
import { CaseMessage, caseMessages, cases } from '../service/cases/case.ts';
import { MyCase } from '../service/cases/case-routes.ts';
import { type Entity, type Item, revive } from '../shared/store/entity.ts';

type Shown = { entity: Entity<unknown, unknown>; schema: z.ZodType; of: (record: unknown) => unknown };

/** records that a customer sees, as it sees them; `of`: with what follows from them, null: not this one */
const shown = <T, K, S extends z.ZodType>(
  entity: Entity<T, K>,
  schema: S,
  of: (record: T) => unknown = record => record,
) => ({ entity, schema, of }) as unknown as Shown;

const records = new Map(
  [
    shown(customers, Me),
    shown(consents, MyConsent),
    shown(cases, MyCase),
    shown(caseMessages, CaseMessage.pick({ id: true, caseId: true, kind: true, body: true, at: true }), one =>
      one.kind === 'note' ? null : one,
    ),
    shown(orders, MyOrder),
    shown(quotes, MyQuote, one => (one.sentAt ? one : null)),
    shown(invoices, MyInvoice, withBalance),
    shown(assets, MyAsset),
    shown(commitments, MyCommitment),
    shown(appointments, MyAppointment),
    shown(documents, MyDocument.omit({ size: true, downloadUrl: true }), one => (one.visibleToCustomer ? one : null)),
  ].map(one => [one.entity.kind, one]),
);

/** what it did itself, on a page or as the customer who signed in */
const ownDeed = z.object({
  actor: z.string().regex(/^(customer|source):/),
  occurredAt: z.string(),
  data: z.looseObject({}),
});

/** What a customer is given of an item that is stored of it: nothing of what staff alone sees. */
export const shownToCustomer = (item: Item): object[] => {
  if (item.kind === 'event') {
    const deed = ownDeed.safeParse(item.doc);
    if (!deed.success) return [];
    const { occurredAt, data: known } = deed.data;
    const { queue: _, ...data } = known; // how the company works
    return [{ kind: 'event', type: item.type, doc: { occurredAt, data } }];
  }
  const one = records.get(item.kind as string);
  const record = one?.of(revive(one.entity, item));
  return one && record ? [{ kind: item.kind, doc: one.schema.parse(record) }] : [];
};
