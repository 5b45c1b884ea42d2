const instants = /\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g;

/** a reason without what is of one customer only */
export const common = (reason: string) =>
  reason
    .replace(/: it (?:is|was|happened)\b.*$/s, '')
    .replace(instants, '…')
    .split(': ')
    .slice(0, 2)
    .join(': ');

type Item<Outcome> = { outcome: Outcome; reasons: string[] };

/** how many came out how and why, the most first, with examples of each */
export const summary = <Outcome extends string, One extends Item<Outcome>>(
  items: (One & Item<Outcome>)[],
  examples: number,
  whyOf: (item: One) => string | null,
) => {
  const groups = [...Map.groupBy(items, item => JSON.stringify([item.outcome, whyOf(item)])).values()];
  const counts = groups
    .map(group => ({ outcome: group[0]!.outcome, reason: whyOf(group[0]!), count: group.length }))
    .sort((a, b) => b.count - a.count);
  return { counts, items: groups.flatMap(group => group.slice(0, examples)) };
};
