import type { Letter } from '../service/cases/case.ts';
import type { InboundMessage } from './inbound-message.ts';
import { loop } from './received.ts';

/** What the company knows when a message arrives. */
export type Known<C> = {
  /** it came before: what became of it */
  before: { caseId: string | null } | undefined;
  /** a member of staff released it from quarantine */
  released: boolean;
  /** the case that it answers or quotes, and whether its sender takes part in that */
  thread: C | undefined;
  takesPart: boolean;
  /** it comes from an address of the company */
  fromUs: boolean;
  /** messages of the sender within the time of the limit */
  lately: number;
};

export type Becomes<C> =
  | { outcome: 'case'; linked: C | undefined }
  | { outcome: 'thread'; thread: C }
  | { outcome: 'automatic'; automatic: NonNullable<Letter['automatic']>; thread: C | undefined }
  | { outcome: 'bounce' | 'delivery-report' | 'complaint'; automatic: Letter['automatic']; thread: C | undefined }
  | { outcome: 'duplicate'; caseId: string | null }
  | { outcome: 'quarantined'; reason: string };

/** an answer to an appointment is about that; an invitation is a request of the customer */
const asks = ({ calendar }: Pick<InboundMessage, 'calendar'>) =>
  !calendar || calendar.method === 'REQUEST' || calendar.method === 'PUBLISH';

type Judged = Pick<InboundMessage, 'report' | 'automatic' | 'calendar' | 'distrust'>;

/** What becomes of a message. A machine opens nothing, and who takes no part in a case does not join it. Pure. */
export const whatBecomes = <C>(message: Judged, known: Known<C>): Becomes<C> => {
  const { report, automatic, distrust } = message;
  const thread = known.takesPart ? known.thread : undefined;
  if (known.before && !known.released) return { outcome: 'duplicate', caseId: known.before.caseId };
  if (distrust && !known.released) return { outcome: 'quarantined', reason: distrust };
  if (report?.kind === 'receipt') return { outcome: 'automatic', automatic: 'auto-reply', thread };
  if (report)
    return { outcome: report.kind, automatic: report.kind === 'bounce' ? 'bounce' : null, thread: known.thread };
  if (known.fromUs || known.lately >= loop.most) return { outcome: 'automatic', automatic: 'loop', thread: undefined };
  if (automatic) return { outcome: 'automatic', automatic, thread };
  if (thread) return { outcome: 'thread', thread };
  if (!asks(message)) return { outcome: 'delivery-report', automatic: null, thread: undefined };
  return { outcome: 'case', linked: known.thread };
};
