/** The words of an article: how often each stands in it, those of the title twice. */
export type Worded = { id: string; terms: Record<string, number>; length: number };

/** the saturation of repeated words, and how much long articles lose (Anserini's defaults) */
const k1 = 0.9;
const b = 0.4;

type Weights = ReadonlyMap<string, number>;

export type Ranked<D> = { document: D; score: number };

/** documents with the weights of their words, which follow from how many documents have them (BM25 as Lucene writes it) */
export const collection = <D extends Worded>(documents: readonly D[]) => {
  const having = new Map<string, number>();
  let all = 0;
  for (const { terms, length } of documents) {
    all += length;
    for (const term of Object.keys(terms)) having.set(term, (having.get(term) ?? 0) + 1);
  }
  const average = all / Math.max(1, documents.length);
  const rarity = (term: string) => {
    const count = having.get(term) ?? 0;
    return Math.log(1 + (documents.length - count + 0.5) / (count + 0.5));
  };
  const scoreOf = ({ terms, length }: D, query: Weights) => {
    let score = 0;
    for (const [term, weight] of query) {
      const count = Object.hasOwn(terms, term) ? terms[term]! : 0;
      if (count) score += (weight * rarity(term) * count) / (count + k1 * (1 - b + (b * length) / average));
    }
    return score;
  };
  const rank = (query: Weights): Ranked<D>[] =>
    documents
      .map(document => ({ document, score: scoreOf(document, query) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score || (one.document.id < other.document.id ? -1 : 1));
  return { size: documents.length, rarity, rank };
};

export type Collection<D extends Worded> = ReturnType<typeof collection<D>>;

export const weightsOf = (terms: string[]): Map<string, number> => {
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + 1);
  return weights;
};

/** of the best documents the most typical words help to find others (RM3); in a small collection they mislead */
const feedback = { documents: 5, terms: 10, share: 0.5, fewest: 100 };

const shares = (weights: Weights, of: number): [string, number][] => {
  const sum = [...weights.values()].reduce((all, one) => all + one, 0) || 1;
  return [...weights].map(([term, weight]) => [term, (of * weight) / sum]);
};

const expanded = <D extends Worded>(query: Weights, best: Ranked<D>[]): Weights => {
  const typical = new Map<string, number>();
  for (const { document, score } of best) {
    for (const [term, count] of Object.entries(document.terms)) {
      typical.set(term, (typical.get(term) ?? 0) + (score * count) / document.length);
    }
  }
  const most = new Map([...typical].sort(([, one], [, other]) => other - one).slice(0, feedback.terms));
  const all = new Map(shares(query, 1 - feedback.share));
  for (const [term, share] of shares(most, feedback.share)) all.set(term, (all.get(term) ?? 0) + share);
  return all;
};

/** The documents about a question, the best first. */
export const search = <D extends Worded>({ rank, size }: Collection<D>, terms: string[]): Ranked<D>[] => {
  const query = weightsOf(terms);
  const first = rank(query);
  return size < feedback.fewest || !first.length ? first : rank(expanded(query, first.slice(0, feedback.documents)));
};
