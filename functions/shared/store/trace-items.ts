import { type Item, placeKey } from './entity.ts';

/** the most subjects with a trace each; an item about more is traced under `many` */
const most = 4;
const many = 'many';

type Kept = Pick<Item, 'pk' | 'sk'> & { expiresAt?: unknown };

export const tracesOf = (subject: string): [kind: string, id: string] => ['trace', subject];

export const traced = (subject: string) => [tracesOf(subject), tracesOf(many)];

/** The location of an item with data about `subject`, so that an erasure of `subject` finds it. */
export const traceItem = (tenant: string, subject: string, { pk, sk, expiresAt }: Kept): Item => ({
  ...placeKey(tenant, { of: tracesOf(subject), part: `${pk} ${sk}` }),
  kind: 'trace',
  target: { pk, sk },
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

const anyId = /\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b/g;

/** The subjects of a text: the customers it names, else the first id that it names. */
export const subjectsOf = (text: string): string[] => {
  const named = [...new Set(text.match(anyId))];
  const customers = named.filter(id => id.startsWith('cus_'));
  if (customers.length > most) return [many];
  return customers.length ? customers : named.slice(0, 1);
};
