/** What waits for its turn with a customer, and is done together with what is like it. */
type Group<T> = { items: T[]; size: number; done: Promise<void> };

const turns = new Map<string, Promise<void>>();
const groups = new Map<string, Group<unknown>>();

type Asked<T> = { whose: string; like: string; item: T; size: number };

const begin = <T>({ whose, like, item, size }: Asked<T>, act: (items: T[]) => Promise<void>) => {
  const key = `${whose} ${like}`;
  const group: Group<T> = { items: [item], size, done: Promise.resolve() };
  const close = () => {
    if (groups.get(key) === group) groups.delete(key);
    return act(group.items);
  };
  const before = turns.get(whose) ?? Promise.resolve();
  group.done = before.then(close, close).finally(() => {
    if (turns.get(whose) === group.done) turns.delete(whose);
  });
  groups.set(key, group as Group<unknown>);
  turns.set(whose, group.done);
  return group;
};

/** so many claims make one transaction, together with twenty tallies, their timers and the customer */
const most = 36;

/**
 * What one function has to do to one customer at once is done in turn, and what is alike together: one after the other they
 * would each write the same two items, and at a time only lose against each other.
 */
export const gather = <T>(asked: Asked<T>, act: (items: T[]) => Promise<void>): Promise<void> => {
  const open = groups.get(`${asked.whose} ${asked.like}`) as Group<T> | undefined;
  if (!open || open.size + asked.size > most) return begin(asked, act).done;
  open.items.push(asked.item);
  open.size += asked.size;
  return open.done;
};
