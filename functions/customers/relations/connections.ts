import * as z from 'zod';
import { type Entity, type Item, revive } from '../../shared/entity.ts';
import { Activity, activities, isOpenTask } from './activities/activity.ts';
import { Asset, assets } from './assets/asset.ts';
import { Document, documents } from './documents/document.ts';
import { Finance, finances, shownFinance } from './finance/finance.ts';
import { Need, needs } from './needs/need.ts';
import { PromiseMade, promises, stands } from './promises/promise.ts';
import { counts, ends, ShownEnd } from './relationships/end.ts';

/** what the single view shows of a customer’s connections: of what comes to an end, that which has not */
export const Connections = {
  relationships: z.array(ShownEnd),
  assets: z.array(Asset),
  needs: z.array(Need).describe('open ones'),
  tasks: z.array(Activity).describe('open ones'),
  documents: z.array(Document),
  promises: z.array(PromiseMade).describe('those that bind today'),
  finance: Finance.nullable(),
};

export const ofKind = <T, K>(items: Item[], entity: Entity<T, K>): T[] =>
  items.filter(({ kind }) => kind === entity.kind).map(item => revive(entity, item));

/** from the records that belong to a customer and the parts that lie with it */
export const connectionsOf = ({ records, parts, now }: { records: Item[]; parts: Item[]; now: string }) => {
  const today = now.slice(0, 10);
  const [account] = ofKind(parts, finances);
  return {
    relationships: ofKind(records, ends).filter(counts),
    assets: ofKind(records, assets),
    needs: ofKind(records, needs).filter(({ status }) => status === 'open'),
    tasks: ofKind(records, activities).filter(isOpenTask),
    documents: ofKind(records, documents),
    promises: ofKind(records, promises).filter(promise => stands(promise, today)),
    finance: account ? shownFinance(account) : null,
  };
};
