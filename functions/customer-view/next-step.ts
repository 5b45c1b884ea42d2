import * as z from 'zod';
import type { Item } from '../shared/store/entity.ts';

/** What is next between sales and a customer: the earliest date that an open opportunity is to be closed on. */
export const NextStep = z.object({ on: z.iso.date(), about: z.string(), name: z.string() });
export type NextStep = z.output<typeof NextStep>;

type Opportunity = { id: string; name: string; status: string; closeOn?: string | null };

export const nextStep = (records: Item[]): NextStep | null => {
  const open = records
    .filter(({ kind }) => kind === 'opportunity')
    .map(({ doc }) => doc as Opportunity)
    .flatMap(({ id, name, status, closeOn }) =>
      status === 'open' && closeOn ? [{ on: closeOn, about: id, name }] : [],
    );
  return open.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
};
