import type {
  caseAssigned,
  caseClassified,
  caseClosed,
  caseOpened,
  caseQueued,
  caseRated,
  caseReopened,
  caseReplied,
  caseResolved,
  caseSlaBreached,
} from '../../../events/case.ts';
import type { Delivered, EventType } from '../../../events/define.ts';
import type { Counts } from '../../shared/store/changes.ts';
import { toMs } from '../../shared/time/duration.ts';

type OneOf<E> = E extends EventType ? Delivered<E> : never;

export type CountedEvent = OneOf<
  | typeof caseAssigned
  | typeof caseClassified
  | typeof caseClosed
  | typeof caseOpened
  | typeof caseQueued
  | typeof caseRated
  | typeof caseReopened
  | typeof caseReplied
  | typeof caseResolved
  | typeof caseSlaBreached
>;

export const dimensions = ['agent', 'queue', 'channel', 'product'] as const;
export type Dimension = (typeof dimensions)[number];

/** what one event adds to the figures of its day, and to the backlog */
export type Counted = {
  figures: Counts;
  by: Partial<Record<Dimension, string>>;
  /** cases that are not resolved, and when they were opened, in minutes, added up */
  backlog?: Counts;
};

const satisfied = 4;

const figuresOf = (event: CountedEvent): Counts => {
  const { type, data } = event;
  // its queue is known once it is classified, unless it is closed before
  if (type === 'case.opened' || (type === 'case.classified' && data.first)) return { opened: 1 };
  if (type === 'case.classified') return {};
  if (type === 'case.replied') {
    if (data.from !== 'agent') return {};
    const { firstResponseSeconds: seconds } = data;
    const first = { firstResponses: 1, firstResponseSeconds: seconds ?? 0, firstResponsesInTime: data.late ? 0 : 1 };
    return { replies: 1, ...(seconds === null ? {} : first) };
  }
  if (type === 'case.resolved') {
    return { resolved: 1, resolutionSeconds: data.workingSeconds ?? 0, resolvedInTime: data.late ? 0 : 1 };
  }
  if (type === 'case.reopened') return { reopened: 1 };
  if (type === 'case.sla-breached') return { missed: 1 };
  if (type === 'case.rated') {
    const { score, recommend } = data;
    const answer: Counts =
      recommend === null
        ? {}
        : { recommends: 1, promoters: Number(recommend >= 9), detractors: Number(recommend <= 6) };
    return { ratings: 1, ratingSum: score, satisfied: Number(score >= satisfied), ...answer };
  }
  const isGivenAway = type !== 'case.closed' && data.previousAgentId !== null;
  return isGivenAway ? { transfers: 1 } : {};
};

const backlogOf = ({ type, data }: CountedEvent): Counts | undefined => {
  const more =
    type === 'case.opened' || type === 'case.reopened'
      ? 1
      : type === 'case.resolved' || (type === 'case.closed' && data.wasOpen)
        ? -1
        : 0;
  if (!more || !data.createdAt) return undefined;
  return { open: more, openedMinutes: more * Math.floor(toMs(data.createdAt) / 60_000) };
};

const agentOf = ({ type, data }: CountedEvent): string | null => {
  if (type === 'case.assigned' || type === 'case.queued') return data.previousAgentId;
  return 'agentId' in data ? data.agentId : null;
};

/** What an event counts for, by agent, queue, channel and product. */
export const countsOf = (event: CountedEvent): Counted => {
  const { queue, channel, productId } = event.data;
  const others = { agent: agentOf(event), channel, product: productId };
  const by =
    event.type === 'case.classified' ? { queue } : { ...others, ...(event.type === 'case.opened' ? {} : { queue }) };
  const known = Object.fromEntries(Object.entries(by).filter(([, value]) => value !== null));
  const backlog = backlogOf(event);
  return { figures: figuresOf(event), by: known, ...(backlog ? { backlog } : {}) };
};
