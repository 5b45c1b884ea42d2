import { type Condition, evaluate, type Facts } from '../shared/conditions/condition.ts';
import { lotOf } from '../shared/lot.ts';
import { minus } from '../shared/time/duration.ts';
import type { Offer, Placement } from './offer.ts';
import type { Touches } from './touch.ts';

/** how often what was shown, and how often it was taken up */
export type Rates = Record<string, { shown: number; clicked: number }>;

export type OfferFacts = {
  placement: Pick<Placement, 'id' | 'control'>;
  offers: readonly Offer[];
  subject: string;
  facts: Facts;
  shown: Touches['shown'];
  rates: Rates;
  /** the number of an open severe case, where that is guarded */
  severeCase?: string | undefined;
};

export type Chosen = { offer?: Offer; control: boolean; reasons: string[] };

/** a sample as large as this counts as much as what is known of all offers at the place */
const strength = 20;

/** The probability that an offer is taken up: by its own data, and while it has little by that of the placement. */
export const probabilityOf = (id: string, rates: Rates) => {
  const all = Object.values(rates);
  const sum = (of: 'shown' | 'clicked') => all.reduce((total, one) => total + one[of], 0);
  const usual = (sum('clicked') + 1) / (sum('shown') + strength);
  const { shown = 0, clicked = 0 } = rates[id] ?? {};
  return { probability: (clicked + usual * strength) / (shown + strength), shown, clicked };
};

/** whether the subject is one of those who get the fallback, at this place always */
export const isControl = ({ id, control }: OfferFacts['placement'], subject: string) =>
  lotOf(`placement ${id} ${subject}`) < control;

const conditionOf = ({ if: own, consent }: Offer): Condition | undefined => {
  const all = [...(own ? [own] : []), ...(consent ? [{ consent }] : [])];
  return all.length > 1 ? { all } : all[0];
};

export const conditionsOf = (offers: readonly Offer[]) => offers.map(conditionOf);

/** why an offer is not made */
const excluded = (offer: Offer, { facts, shown, severeCase }: OfferFacts): string | undefined => {
  const { from, until, limits, promotional, id } = offer;
  if (from && facts.now < from) return `from ${from}`;
  if (until && facts.now >= until) return `until ${until}`;
  const full = limits.find(({ max, per }) => {
    const since = minus(facts.now, per);
    return (shown[id] ?? []).filter(at => at > since).length >= max;
  });
  if (full) return `shown ${full.max} times in ${full.per}`;
  const condition = conditionOf(offer);
  const outcome = condition && evaluate(condition, facts);
  if (outcome && !outcome.holds) return outcome.reasons.join('; ');
  if (promotional && severeCase) return `the case ${severeCase} is open`;
};

const figure = (number: number) => String(Number(number.toPrecision(3)));

/** Which offer is made: the first by priority, then by its value times the probability that it is taken up. Pure. */
export const chooseOffer = (known: OfferFacts): Chosen => {
  const { placement, offers, subject, rates } = known;
  if (isControl(placement, subject)) return { control: true, reasons: ['control: one of those who get the fallback'] };
  const out: string[] = [];
  const candidates = offers.flatMap(offer => {
    const why = excluded(offer, known);
    if (why) out.push(`not ${offer.name}: ${why}`);
    const { probability, shown, clicked } = probabilityOf(offer.id, rates);
    const score = offer.value * probability;
    const words = `${offer.name}: priority ${offer.priority}, value ${figure(offer.value)} × probability ${figure(probability)} (${clicked} of ${shown} taken up) = ${figure(score)}`;
    return why ? [] : [{ offer, score, words }];
  });
  const ranked = candidates.sort(
    (a, b) => b.offer.priority - a.offer.priority || b.score - a.score || (a.offer.id < b.offer.id ? -1 : 1),
  );
  const [best, ...others] = ranked;
  if (!best) return { control: false, reasons: ['no offer fits', ...out] };
  return {
    offer: best.offer,
    control: false,
    reasons: [best.words, ...others.map(one => `less: ${one.words}`), ...out],
  };
};
