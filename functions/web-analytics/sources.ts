import { adSpendRecorded } from '../../events/session.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { mayRead } from '../shared/http/roles.ts';
import { emit, put } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { dayOf, midnightOf, plus, toMs } from '../shared/time/duration.ts';
import { dayMs } from '../shared/time/zone.ts';
import { rulesOf } from '../tracking/recording-rules.ts';
import { adSpends, spendBetween } from './ad-spend.ts';
import { routes, type SourceFigures } from './contract.ts';
import { endOf, planSessions } from './plan-sessions.ts';
import { type Session, sessionPart, sessionParts, sessions } from './session.ts';
import { amountsIn, type Figures, figuresBetween, type Key } from './source-figures.ts';

const mostDays = 400;

const periodOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }, now: string) => {
  const end = to ?? dayOf(plus(now, 'P1D'));
  const start = from ?? dayOf(plus(midnightOf(end), '-P30D'));
  const days = (toMs(midnightOf(end)) - toMs(midnightOf(start))) / dayMs;
  if (days <= 0) throw invalid([{ path: 'to', message: `must be after from, which is ${start}` }]);
  if (days > mostDays) throw invalid([{ path: 'from', message: `is more than ${mostDays} days before to` }]);
  return { from: start, to: end };
};

type By = 'source' | 'medium' | 'campaign' | 'day';

const summed = (all: Figures[], by: By): SourceFigures[] => {
  const groups = Map.groupBy(all, ({ key }) => key[by as keyof Key] ?? null);
  const items = [...groups].map(([value, some]) => {
    const of: Record<string, number> = {};
    for (const [name, n] of some.flatMap(({ of }) => Object.entries(of))) of[name] = (of[name] ?? 0) + n;
    const { sessions = 0, visitors = 0, leads = 0, orders = 0 } = of;
    const amounts = { revenue: amountsIn(of, 'revenue'), cost: amountsIn(of, 'cost') };
    return { [by]: value, sessions, visitors, leads, orders, ...amounts };
  });
  const shown = items.filter(({ sessions, visitors, leads, orders, revenue, cost }) =>
    [sessions, visitors, leads, orders, revenue.length, cost.length].some(n => n !== 0),
  );
  const sorted: SourceFigures[] = shown;
  return sorted.sort((a, b) => (by === 'day' ? String(a.day).localeCompare(String(b.day)) : b.sessions - a.sessions));
};

export const webAnalyticsHandlers = handlers(routes, {
  /** those that are not stored yet follow from the timeline */
  listSessions: async ({ params: { id = '' }, query }, ctx) => {
    const { store, now } = ctx;
    const shown = <S extends Session>(session: S): S =>
      mayRead(ctx, 'sales') ? session : { ...session, outcomes: [] };
    const { id: customerId } = await activeCustomer(store, id);
    const visitor = { customerId, visitor: null };
    if (query.cursor) {
      const page = await recordPage(store, sessions, ['customer', customerId], { ...query, within: sessionParts });
      return { ...page, items: page.items.map(one => ({ ...shown(one), state: 'ended' as const })) };
    }
    const rules = await rulesOf(store);
    const { is, whole } = await planSessions(visitor, { from: now, to: null }, rules, ctx);
    const latest = is.toReversed().slice(0, query.limit);
    const isOpen = (session: (typeof is)[number]) => session === is.at(-1) && whole.end && endOf(session, rules) >= now;
    const fresh = latest.map(one => ({ ...shown(one), state: isOpen(one) ? ('open' as const) : ('ended' as const) }));
    const before = latest.at(-1)?.startedAt;
    const within = { ...sessionParts, to: before ? sessionPart(before) : sessionParts.to };
    const limit = Math.max(1, query.limit - fresh.length);
    const page = await recordPage(store, sessions, ['customer', customerId], { limit, within });
    return { ...page, items: [...fresh, ...page.items.map(one => ({ ...shown(one), state: 'ended' as const }))] };
  },
  readSources: async ({ query: { by, ...given } }, { store, now }) => {
    const { from, to } = periodOf(given, now);
    const [figures, spend] = await Promise.all([figuresBetween(store, from, to), spendBetween(store, from, to)]);
    return { from, to, items: summed([...figures, ...spend], by) };
  },
  putAdSpend: async ({ body: { rows } }, { store, now, actor }) => {
    const parts = rows.map(row => adSpends.key(row).part);
    const errors = parts.flatMap((part, nth) =>
      parts.indexOf(part) < nth ? [{ path: `rows.${nth}`, message: `is the same as rows.${parts.indexOf(part)}` }] : [],
    );
    if (errors.length) throw invalid(errors);
    const days = new Set(rows.map(({ day }) => day)).size;
    const currencies = [...new Set(rows.map(({ amount }) => amount.currency))];
    const changes = rows.map(row => put(adSpends, { ...row, by: actor, at: now }));
    const told = emit(adSpendRecorded, { about: 'ad-spend', data: { days, currencies } });
    return store.commit([...changes, told], { rows: rows.length });
  },
});
