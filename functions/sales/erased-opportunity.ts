import type { EraseRecord } from '../shared/store/erase.ts';
import type { Opportunity, StoredOpportunity } from './opportunity.ts';
import { tally } from './tally.ts';

/** The figures stay, without a word about who it was; what was open is lost. */
export const erasedOpportunity: EraseRecord<StoredOpportunity> = ({ imported: _, ...before }, { erasure: { at } }) => {
  if (before.name === erasedName) return { left: before };
  const lost = before.status === 'open' ? ({ status: 'lost', closedAt: at } as const) : {};
  const left: Opportunity = {
    ...before,
    ...lost,
    name: erasedName,
    leadId: null,
    externalId: null,
    reason: null,
    source: null,
  };
  return { left, changes: tally(before, left) };
};

const erasedName = '(erased)';
