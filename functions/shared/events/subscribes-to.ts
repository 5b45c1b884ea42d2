import type { ForeignEvents, Subscription } from '../http/contract.ts';
import { isHistory, isNews } from './history.ts';

export type Subscribing = Pick<Subscription, 'all' | 'foreign' | 'kinds' | 'named'> & { events: { name: string }[] };

export type BusEvent = { source: string; type: string; kind?: unknown; name?: unknown };

const isFrom = (source: string, { source: sources }: ForeignEvents) => sources?.includes(source) ?? true;

/** Whether a reaction is told of an event. */
export const subscribesTo = (
  { events, all, foreign, kinds, named }: Subscribing,
  { source, type, kind, name }: BusEvent,
): boolean => {
  const [news, history] = [isNews(source), isHistory(source)];
  if (foreign) return !news && !history && isFrom(source, foreign) && (foreign.detailType?.includes(type) ?? true);
  if (all) return (news || (history && all.history === true)) && !all.except?.includes(type);
  if (!events.some(({ name }) => name === type)) return false;
  if (named) return (news || history) && named.includes(name as string);
  return news && (kinds?.includes(kind as string) ?? true);
};
