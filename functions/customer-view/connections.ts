import * as z from 'zod';
import { Activity, activities, isOpenTask } from '../activities/activity.ts';
import { Commitment, commitments, isActive } from '../activities/commitment.ts';
import { Document, documents } from '../activities/document.ts';
import { Need, needs } from '../activities/need.ts';
import { Asset, assets } from '../assets/asset.ts';
import { Finance, finances, shownFinance } from '../billing/finance.ts';
import { ends, isShown, Relationship } from '../relationships/end.ts';
import { ofKind, part } from './part.ts';

/** what the single view shows of a customer’s connections: of what comes to an end, that which has not */
export const connections = {
  relationships: part(z.array(Relationship), ({ records }) => ofKind(records, ends).filter(isShown), [
    'sales',
    'service',
  ]),
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
  // shown to all: a department must not contradict another
  commitments: part(z.array(Commitment).describe('those binding today'), ({ records, now }) =>
    ofKind(records, commitments).filter(commitment => isActive(commitment, now.slice(0, 10))),
  ),
  finance: part(Finance.nullable(), ({ parts }) => ofKind(parts, finances).map(shownFinance)[0] ?? null, [
    'sales',
    'service',
  ]),
};
