import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Store } from '../shared/store/store.ts';
import { overlap } from './days.ts';
import { type End, ends, kinOf } from './end.ts';

/** ends of one type at one customer that are looked at; what is beyond is caught by the claims of ends alone */
const looked = { page: 100, pages: 5 };

/** the ends of one type at one customer, latest first, as far as they are looked at */
export const kinAt = async (
  { store }: { store: Store },
  { customerId, type, keep }: { customerId: string; type: string; keep: (end: End) => boolean },
): Promise<End[]> => {
  const found: End[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < looked.pages; page++) {
    const { items, nextCursor } = await store.list(ends, 'kin', kinOf(customerId, type), {
      limit: looked.page,
      cursor,
    });
    found.push(...items.filter(keep));
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  return found;
};

/** the relationship of the same days that an end, the `from` one, cannot stand beside, and why */
export const inTheWay = async (
  ctx: Pick<Ctx, 'store'>,
  end: End,
): Promise<{ why: 'duplicate' | 'exclusive'; id: string } | undefined> => {
  const { id, customerId, type, with: other, mutual, exclusive } = end;
  const beside = (one: End) => one.id !== id && overlap(one, end);
  // one of the two may have many of the type: from the other it is found all the same
  const [mine, theirs] = await Promise.all([
    kinAt(ctx, { customerId, type, keep: beside }),
    kinAt(ctx, { customerId: other, type, keep: beside }),
  ]);
  const duplicate =
    mine.find(one => one.with === other && (mutual || one.side === end.side)) ??
    theirs.find(one => one.with === customerId && (mutual || one.side !== end.side));
  if (duplicate) return { why: 'duplicate', id: duplicate.id };
  const sole = exclusive && mine.find(one => one.side === end.side);
  return sole ? { why: 'exclusive', id: sole.id } : undefined;
};

const said = {
  duplicate: ['relationship.exists', 'these two have such a relationship on some of these days already'],
  exclusive: ['relationship.exclusive', 'this customer has another of this type on some of these days'],
} as const;

export const mustStandAlone = async (ctx: Pick<Ctx, 'store'>, end: End) => {
  const found = await inTheWay(ctx, end);
  if (!found) return;
  const [code, message] = said[found.why];
  throw new ApiError('conflict', code, message, { extra: { holder: found.id } });
};
