import * as z from 'zod';
import { Activity, activities, isOpenTask } from '../activities/activity.ts';
import { PromiseMade, promises, stands } from '../activities/commitments/promise.ts';
import { Document, documents } from '../activities/documents/document.ts';
import { Need, needs } from '../activities/needs/need.ts';
import { Asset, assets } from '../assets/asset.ts';
import { Finance, finances, shownFinance } from '../billing/finance.ts';
import type { connectionParts } from '../customers/purpose.ts';
import { counts, ends, ShownEnd } from '../relationships/end.ts';
import { ofKind, type Part, part } from './part.ts';

/** what the single view shows of a customer’s connections: of what comes to an end, that which has not */
export const connections = {
  relationships: part(z.array(ShownEnd), ({ records }) => ofKind(records, ends).filter(counts), ['sales', 'service']),
  assets: part(z.array(Asset), ({ records }) => ofKind(records, assets), ['sales', 'service']),
  needs: part(
    z.array(Need).describe('open ones'),
    ({ records }) => ofKind(records, needs).filter(({ status }) => status === 'open'),
    ['sales', 'marketing'],
  ),
  tasks: part(
    z.array(Activity).describe('open ones'),
    ({ records }) => ofKind(records, activities).filter(isOpenTask),
    ['sales', 'service'],
  ),
  documents: part(z.array(Document), ({ records }) => ofKind(records, documents), ['sales', 'service']),
  // whoever writes to a customer must not contradict another department
  promises: part(z.array(PromiseMade).describe('those that bind today'), ({ records, now }) =>
    ofKind(records, promises).filter(promise => stands(promise, now.slice(0, 10))),
  ),
  finance: part(Finance.nullable(), ({ parts }) => ofKind(parts, finances).map(shownFinance)[0] ?? null, [
    'sales',
    'service',
  ]),
} satisfies Record<(typeof connectionParts)[number], Part>;
