import { isAhead } from '../../shared/events/as-of.ts';
import type { Deciding, Fault, Given } from '../../shared/imports/importable.ts';
import type { StoredOpportunity } from '../opportunity.ts';
import { closed } from '../opportunity-life.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Step } from './in-steps.ts';
import type { KnownNames } from './named-in.ts';
import { notSaid } from './not-said.ts';

/** what has to be known to decide rows of opportunities */
export type Known = { names: KnownNames; pipelines: Map<string, Pipeline> };
export type Deciders = Deciding<Known>;

/** a stage by its id, or by its name as people write it */
export const stageIn = ({ stages }: Pipeline, said: unknown) => {
  if (said === undefined) return undefined;
  const name = String(said).toLowerCase();
  return stages.find(({ id, name: called }) => id === name || called.toLowerCase() === name)?.id ?? String(said);
};

/** it is won or lost, as of an instant */
export const closing = (now: string, given: Given, at: string): Step<StoredOpportunity> => ({
  path: 'status',
  take: before => {
    const how =
      given.status === 'won'
        ? ({ status: 'won', reason: given.reason === undefined ? null : String(given.reason), at } as const)
        : ({ status: 'lost', reason: String(given.reason ?? notSaid), at } as const);
    const { opportunity, said } = closed(now, before, how);
    return { after: opportunity, said };
  },
});

/** whether a status is that of something over */
export const isEnd = (status: unknown) => status === 'won' || status === 'lost';

const statuses = ['open', 'won', 'lost'];

/** what is wrong with a status that an opportunity cannot have */
export const unusual = ({ status }: Given): Fault[] =>
  status === undefined || statuses.includes(String(status))
    ? []
    : [{ path: 'status', message: `is none of ${statuses.join(', ')}` }];

/** what is wrong with when a row says that something was */
export const untimely = (now: string, { openedAt, closedAt }: Given, since: unknown = openedAt): Fault[] => [
  ...(openedAt !== undefined && isAhead(now, String(openedAt))
    ? [{ path: 'openedAt', message: 'is in the future' }]
    : []),
  ...(closedAt !== undefined && isAhead(now, String(closedAt))
    ? [{ path: 'closedAt', message: 'is in the future' }]
    : []),
  ...(closedAt !== undefined && since !== undefined && String(closedAt) < String(since)
    ? [{ path: 'closedAt', message: 'is before it was opened' }]
    : []),
];

/** clocks of others may be ahead */
export const notAfter = (now: string, at: string) => (at < now ? at : now);
