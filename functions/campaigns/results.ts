import type { Money } from '../../events/money.ts';
import type { Ctx } from '../shared/http/context.ts';
import { manyProportions, newcombe, twoProportions } from '../shared/proportions.ts';
import { type Campaign, campaigns, variantName } from './campaign.ts';
import { controlArm } from './draw.ts';
import { campaignResults, marks } from './recipient.ts';

type Counts = Record<string, number>;

const revenuePrefix = 'revenue.';

/** the counts of one group, by name */
const ofArm = (sums: Counts, arm: string): Counts =>
  Object.fromEntries(
    Object.entries(sums)
      .filter(([name]) => name.startsWith(`${arm}.`))
      .map(([name, count]) => [name.slice(arm.length + 1), count]),
  );

const currenciesIn = (sums: Counts) => {
  const amounts = new Map<string, number>();
  for (const [name, amount] of Object.entries(sums)) {
    const [, currency] = name.split(`.${revenuePrefix}`);
    if (currency && amount > 0) amounts.set(currency, (amounts.get(currency) ?? 0) + amount);
  }
  return [...amounts].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
};

/** the currency of the campaign: that of its budget and costs, else the one that most of its revenue is in */
const currencyOf = ({ budget, costs }: Campaign, sums: Counts): string | undefined =>
  (budget ?? costs?.fixed ?? costs?.perMessage)?.currency ?? currenciesIn(sums)[0];

const moneyIn = (currency: string | undefined, amount: number): Money | null =>
  currency ? { amount, currency } : null;

type Reading = { campaign: Campaign; sums: Counts; currency: string | undefined };

const groupOf = (arm: string, { campaign, sums, currency }: Reading) => {
  const counts = ofArm(sums, arm);
  const { audience = 0, converted = 0, sent = 0 } = counts;
  const { fixed, perMessage } = campaign.costs ?? {};
  const allSent = campaign.variants.reduce((sum, _, nth) => sum + (sums[`${variantName(nth)}.sent`] ?? 0), 0);
  const share = allSent ? sent / allSent : 0;
  const cost = Math.round((perMessage?.amount ?? 0) * sent + (fixed?.amount ?? 0) * share);
  const revenues = Object.entries(counts).flatMap(([name, amount]) =>
    name.startsWith(revenuePrefix) && amount ? [{ amount, currency: name.slice(revenuePrefix.length) }] : [],
  );
  return {
    audience,
    ...(Object.fromEntries(marks.map(mark => [mark, counts[mark] ?? 0])) as Record<(typeof marks)[number], number>),
    converted,
    conversionRate: audience ? converted / audience : null,
    revenue: revenues.find(one => one.currency === currency) ?? moneyIn(currency, 0),
    otherRevenue: revenues.filter(one => one.currency !== currency),
    cost: campaign.costs ? moneyIn(currency, cost) : null,
  };
};

type Group = ReturnType<typeof groupOf>;

const shareOf = ({ audience: of, converted: successes }: Pick<Group, 'audience' | 'converted'>) => ({ of, successes });

const method =
  'difference of conversion rates of all in the audience; interval of Newcombe (1998, method 10) at 95 %; p of the two-sided pooled z-test of two proportions';

/** how a variant compares with the control group; nothing can be said where one of the two is empty */
export const compared = (variant: Parameters<typeof shareOf>[0], control: Parameters<typeof shareOf>[0]) => {
  if (!variant.audience || !control.audience) return { lift: null, interval: null, p: null, method };
  const [a, b] = [shareOf(variant), shareOf(control)];
  const lift = a.successes / a.of - b.successes / b.of;
  return { lift, interval: newcombe(a, b), p: twoProportions(a, b)?.p ?? null, method };
};

const variantsDiffer = (groups: Group[]) => {
  const shares = groups.filter(({ audience }) => audience > 0).map(shareOf);
  const converted = shares.reduce((sum, { successes }) => sum + successes, 0);
  const all = shares.reduce((sum, { of }) => sum + of, 0);
  return shares.length > 1 && converted > 0 && converted < all ? manyProportions(shares) : null;
};

/** what the campaign brought in beyond what as many without it do, against its cost */
const profitOf = (groups: Group[], control: Group, currency: string | undefined) => {
  if (!currency || groups.some(({ cost }) => cost === null)) return null;
  const total = (of: (group: Group) => number) => groups.reduce((sum, group) => sum + of(group), 0);
  const usual = control.audience ? (control.revenue?.amount ?? 0) / control.audience : 0;
  const incremental = Math.round(total(({ revenue }) => revenue?.amount ?? 0) - usual * total(one => one.audience));
  const cost = total(one => one.cost?.amount ?? 0);
  return {
    incremental: { amount: incremental, currency },
    cost: { amount: cost, currency },
    roi: cost ? (incremental - cost) / cost : null,
  };
};

export const resultsOf = (campaign: Campaign, sums: Counts) => {
  const reading = { campaign, sums, currency: currencyOf(campaign, sums) };
  const control = groupOf(controlArm, reading);
  const groups = campaign.variants.map((_, nth) => groupOf(variantName(nth), reading));
  return {
    campaignId: campaign.id,
    state: campaign.state,
    variants: campaign.variants.map(({ templateId, weight }, nth) => ({
      variant: variantName(nth),
      templateId,
      weight,
      ...groups[nth]!,
      ...compared(groups[nth]!, control),
    })),
    control,
    variantsDiffer: variantsDiffer(groups),
    profit: profitOf(groups, control, reading.currency),
  };
};

export const readResults = async ({ params: { id = '' } }: { params: Record<string, string> }, { store }: Ctx) => {
  const campaign = await store.need(campaigns, { id });
  return resultsOf(campaign, await campaignResults.read(store, campaign.id));
};
