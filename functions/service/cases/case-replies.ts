import { caseReplied } from '../../../events/case.ts';
import type { Profile } from '../../assignment/agent.ts';
import { agentsOf } from '../../assignment/candidates.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { eventOf } from '../../shared/store/changes.ts';
import type { Changed } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { type Case, type CaseMessage, cases } from './case.ts';
import {
  askedCase,
  newMessage,
  openStatuses,
  readHolder,
  readTerms,
  reopenedCase,
  requeuedCase,
} from './case-changes.ts';

export const isPresent = async (holder: Profile[], store: Store) =>
  (await agentsOf(store, holder)).some(({ status }) => status !== 'away');

/** The customer wrote: a waiting case goes on, a resolved or closed one is reopened, and one whose agent is away is routed again. */
export const repliedByCustomer = async (
  before: Case,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<Changed<Case>> => {
  const [from, terms] = await Promise.all([readHolder(store, before), readTerms(store, before)]);
  if (!openStatuses.includes(before.status)) return reopenedCase(now, before, 'customer', terms);
  const unheld = before.status === 'waiting' && !from.length;
  if (unheld || (from.length && !(await isPresent(from, store)))) {
    return requeuedCase(now, before, { from, terms, asks: true });
  }
  return askedCase(now, before, terms);
};

/** a change with the message of the customer that it comes with, and the event of it */
export const withReply = (
  now: string,
  { after, changes }: Changed<Case>,
  fields: Pick<CaseMessage, 'body' | 'actor' | 'letter'> & { kind: 'inbound'; id?: CaseMessage['id'] },
) => {
  const { message, change } = newMessage(now, after, fields);
  const data = { from: 'customer', messageId: message.id, firstResponseSeconds: null, late: false } as const;
  return { message, after, changes: [...changes, change, eventOf(caseReplied, after, data)] };
};

/** the case that a merged one went on as, through all its merges */
export const survivorOf = async (given: Case, store: Store): Promise<Case> =>
  given.mergedInto ? survivorOf(await store.need(cases, { id: given.mergedInto }), store) : given;
