import { customers, displayName, type StoredCustomer } from '../customers/customer.ts';
import { nameWords, turns } from '../customers/normalise.ts';
import { edits } from '../shared/similarity/edits.ts';
import { isNickname } from '../shared/similarity/nicknames.ts';
import { withoutLegalForm } from '../shared/similarity/organisation.ts';
import { nysiis } from '../shared/similarity/sounds.ts';
import type { Store } from '../shared/store/store.ts';
import { fuzzyQueries } from './fuzzy-queries.ts';
import type { ParsedQuery } from './parse-query.ts';
import type { MatchedBy } from './query-plan.ts';

/** the cost of a word that sounds the same or is a short form: less than a typing error */
const otherFormCost = 0.8;

const mostTyposIn = ({ length }: string) => (length > 7 ? 2 : 1);

const isLatin = (word: string) => /^[a-z]{3,}$/.test(word);

const soundsLike = (a: string, b: string) => isLatin(a) && isLatin(b) && nysiis(a) === nysiis(b);

/** the cost of a word for another; undefined: they are different words */
const wordDistance = (typed: string, word: string): number | undefined => {
  if (typed === word) return 0;
  const typos = edits(typed, word);
  if (typos <= mostTyposIn(typed) && Math.max(typed.length, word.length) > 1) return typos;
  return isNickname(typed, word) || soundsLike(typed, word) ? otherFormCost : undefined;
};

type Nearest = { at: number; by: number };

const nearest = (typed: string, words: string[]) => {
  let best: Nearest | undefined;
  for (const [at, word] of words.entries()) {
    const by = wordDistance(typed, word);
    if (by !== undefined && (!best || by < best.by)) best = { at, by };
  }
  return best;
};

const distance = (typed: string[], name: string[]) => {
  const left = [...name];
  let sum = 0;
  const rest = typed.filter(word => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  for (const word of rest) {
    const found = nearest(word, left);
    if (!found) return undefined;
    left.splice(found.at, 1);
    sum += found.by;
  }
  return { sum, same: typed.length - rest.length };
};

/** short words differ too little from each other: a typing error in one counts only beside a correct word */
const isConclusive = (typed: string[], same: number) => same > 0 || typed.every(({ length }) => length > 3);

const lettersIn = (words: string[]) => words.reduce((sum, { length }) => sum + length, 0);

const similarityOf = (typed: string[], name: string): number | undefined => {
  const all = turns(name);
  const letters = lettersIn(typed);
  const found = distance(typed, all[0]?.split(' ') ?? []);
  if (found && isConclusive(typed, found.same)) return Math.max(0, 1 - found.sum / letters);
  const one = typed.join('');
  const typos = Math.min(...all.map(turn => edits(one, turn.replaceAll(' ', ''))));
  return typos < mostTyposIn(one) ? 1 - (typos + otherFormCost) / letters : undefined;
};

/** The similarity of a name to the words of a query, above 0 to 1; undefined: it is a different name. */
const nameSimilarity = (typed: string[], name: string): number | undefined => {
  const whole = similarityOf(typed, name);
  const bare = withoutLegalForm(typed.join(' '));
  if (whole !== undefined || bare.length === typed.join(' ').length) return whole;
  const company = similarityOf(nameWords(bare), withoutLegalForm(name));
  return company === undefined ? undefined : company * otherFormCost;
};

export type Similar = { customer: StoredCustomer; by: MatchedBy; similarity: number };

const mostShown = 50;

const mostTypos = 2;

const emailSimilarity = (typed: string, address: string) => {
  const typos = edits(typed, address);
  return typos > 0 && typos <= mostTypos ? 1 - typos / typed.length : undefined;
};

const highest = (values: (number | undefined)[]) => {
  const found = values.flatMap(value => value ?? []);
  return found.length ? Math.max(...found) : undefined;
};

const emailsOf = ({ email, mergedIdentifiers }: StoredCustomer) => [email ?? [], mergedIdentifiers?.email ?? []].flat();

const scored = ({ words, email }: ParsedQuery, customer: StoredCustomer): Similar[] => {
  const [by, similarity] = words.length
    ? (['name', nameSimilarity(words, displayName(customer))] as const)
    : (['email', highest(emailsOf(customer).map(address => emailSimilarity(email ?? '', address)))] as const);
  return similarity === undefined ? [] : [{ customer, by, similarity }];
};

type Found = { id: string; entry: string; value: string };

/** the score of an entry before its customer is read; one without first letters reveals too little for a score */
const entryScore = ({ words, email = '' }: ParsedQuery, { entry, value }: Found) => {
  if (entry === 'wordTails') return 1;
  return words.length ? nameSimilarity(words, value) : emailSimilarity(email, value);
};

const bestIds = (query: ParsedQuery, found: Found[]) => {
  const best = new Map<string, number>();
  for (const one of found) {
    const worth = entryScore(query, one);
    if (worth !== undefined) best.set(one.id, Math.max(worth, best.get(one.id) ?? 0));
  }
  const ids = [...best].sort(([a, worthOfA], [b, worthOfB]) => worthOfB - worthOfA || (a < b ? -1 : 1));
  return ids.slice(0, mostShown * 2).map(([id]) => id);
};

/** The customers with a similar name or address, the most similar first. One round of reads. */
export const similarTo = async (query: ParsedQuery, store: Store): Promise<Similar[]> => {
  const entries = await Promise.all(
    fuzzyQueries(query).map(async ({ entry, value, as, limit }) => {
      const { items } = await store.under(customers, entry, value, { as, limit });
      return items.map(({ id, value }) => ({ id, entry, value }));
    }),
  );
  const found = await store.getByIds(customers, bestIds(query, entries.flat()));
  return found
    .flatMap(customer => scored(query, customer))
    .sort((a, b) => b.similarity - a.similarity || (a.customer.id < b.customer.id ? -1 : 1))
    .slice(0, mostShown);
};
