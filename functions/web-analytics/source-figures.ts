import type { Money } from '../../events/money.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { Item } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import type { Counted } from './session.ts';

/** the counters of a month are spread over these by visitor */
export const shards = 8;

const monthOf = (day: string) => day.slice(0, 'YYYY-MM'.length);

export const countersOf = (day: string, shard: number): [kind: string, id: string] => [
  'source-figures',
  `${monthOf(day)}#${shard}`,
];

export type Key = Pick<Counted, 'day' | 'source' | 'medium' | 'campaign'>;

const written = (text = '') => text.replaceAll('%', '%25').replaceAll('#', '%23');

/** its place among the counters of a month */
export const partOf = ({ day, source, medium, campaign }: Key) =>
  [day, ...[source, medium, campaign].map(written)].join('#');

const read = (text = '') => text.replaceAll('%23', '#').replaceAll('%25', '%');

const keyIn = (part: string): Key => {
  const [day = '', source, medium, campaign] = part.split('#');
  return { day, source: read(source), medium: read(medium), ...(campaign ? { campaign: read(campaign) } : {}) };
};

export type Figures = { key: Key; of: Record<string, number> };

const figuresIn = ({ sk, pk: _, ...counters }: Item): Figures => ({
  key: keyIn(sk),
  of: Object.fromEntries(Object.entries(counters).filter((one): one is [string, number] => typeof one[1] === 'number')),
});

const monthsBetween = (from: string, to: string) => {
  const months: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); ) {
    months.push(month);
    const [year = 0, nth = 0] = month.split('-').map(Number);
    month = new Date(Date.UTC(year, nth, 1)).toISOString().slice(0, 'YYYY-MM'.length);
  }
  return months;
};

const concurrent = 8;
const pageSize = 1000;

const partsOf = async (store: Store, of: [string, string], from: string, to: string): Promise<Figures[]> => {
  const found: Figures[] = [];
  let after: string | undefined;
  do {
    const part = { limit: pageSize, within: { from, to }, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(of, part);
    found.push(...items.map(figuresIn));
    after = last;
  } while (after);
  return found;
};

/** the figures of the days from one to another, which is left out */
export const figuresBetween = async (store: Store, from: string, to: string): Promise<Figures[]> => {
  const all = monthsBetween(from, to).flatMap(month =>
    Array.from({ length: shards }, (_, shard) => countersOf(month, shard)),
  );
  return (await mapConcurrent(all, concurrent, of => partsOf(store, of, from, to))).flat();
};

/** amounts by currency, from counters such as `revenue:SGD` */
export const amountsIn = (of: Record<string, number>, name: string): Money[] =>
  Object.entries(of)
    .flatMap(([metric, amount]) => {
      const [of, currency] = metric.split(':');
      return of === name && currency && amount ? [{ amount, currency }] : [];
    })
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
