/** Items of one customer that are processed together, in their turn. */
type Group<T> = { items: T[]; size: number; done: Promise<void> };

const turns = new Map<string, Promise<void>>();
const groups = new Map<string, Group<unknown>>();

type Request<T> = { customer: string; alike: string; item: T; size: number };

const begin = <T>({ customer, alike, item, size }: Request<T>, act: (items: T[]) => Promise<void>) => {
  const key = `${customer} ${alike}`;
  const group: Group<T> = { items: [item], size, done: Promise.resolve() };
  const close = () => {
    if (groups.get(key) === group) groups.delete(key);
    return act(group.items);
  };
  const before = turns.get(customer) ?? Promise.resolve();
  group.done = before.then(close, close).finally(() => {
    if (turns.get(customer) === group.done) turns.delete(customer);
  });
  groups.set(key, group as Group<unknown>);
  turns.set(customer, group.done);
  return group;
};

/** so many claims fit one transaction, beside twenty tallies, their timers and the customer */
const most = 36;

/** Items of one customer write the same records: one after the other, alike ones together, they do not conflict. */
export const gather = <T>(request: Request<T>, act: (items: T[]) => Promise<void>): Promise<void> => {
  const open = groups.get(`${request.customer} ${request.alike}`) as Group<T> | undefined;
  if (!open || open.size + request.size > most) return begin(request, act).done;
  open.items.push(request.item);
  open.size += request.size;
  return open.done;
};
