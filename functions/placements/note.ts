import { offerClicked, offerShown } from '../../events/offer.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, save, update } from '../shared/store/changes.ts';
import { decisionNotFound } from './errors.ts';
import { counted } from './rates.ts';
import { afterShown, type Decided, decideds, type Subject, subjectOf, touches } from './touch.ts';

type What = 'shown' | 'clicked';

const subjectIn = ({ customerId, anonymousId }: Decided): Subject =>
  customerId ? { customerId } : { anonymousId: anonymousId ?? '' };

const happened = ({ id: decisionId, offerId, placementId, customerId }: Decided, whats: What[]): Change[] =>
  offerId && customerId
    ? whats.map(what =>
        emit(what === 'shown' ? offerShown : offerClicked, {
          customerId,
          about: offerId,
          data: { placementId, decisionId },
        }),
      )
    : [];

const touched = async (decided: Decided, { store, now }: Ctx): Promise<Change[]> => {
  if (!decided.offerId) return [];
  const subject = subjectIn(decided);
  const before = await store.get(touches, { subject: subjectOf(subject) });
  return [save(touches, before, afterShown(before, subject, decided.offerId, now))];
};

const noted = async (before: Decided, what: What, ctx: Ctx) => {
  const { now, store } = ctx;
  const isFresh = { shown: before.shownAt === null, clicked: before.clickedAt === null && what === 'clicked' };
  const whats = (['shown', 'clicked'] as const).filter(one => isFresh[one]);
  const after: Decided = {
    ...before,
    shownAt: before.shownAt ?? now,
    clickedAt: isFresh.clicked ? now : before.clickedAt,
    version: before.version + 1,
  };
  const { id: decisionId, shownAt, clickedAt } = after;
  const changes = whats.length
    ? [
        update(decideds, before, after),
        ...counted(after, whats, !isPublicActor(ctx.actor)),
        ...happened(after, whats),
        ...(isFresh.shown ? await touched(after, ctx) : []),
      ]
    : [];
  return store.commit(changes, { decisionId, shownAt, clickedAt });
};

type Whose = { ofVisitor?: boolean };

/**
 * What a touch point reports of a decision; what was taken up was shown. The same report again changes nothing. `ofVisitor`:
 * with a write key, only of what was decided for a visitor.
 */
export const noteOf = async (id = '', what: What, ctx: Ctx, { ofVisitor = false }: Whose = {}) => {
  const before = await ctx.store.get(decideds, { id });
  if (!before || (ofVisitor && before.customerId)) throw decisionNotFound();
  return noted(before, what, ctx);
};
