import { termsOf } from '../memory/words.ts';
import type { Store } from '../shared/store/store.ts';
import { publishedVersions } from './articles.ts';
import { bestOf, bodyPassages } from './passages.ts';
import { search } from './rank.ts';
import { type Readers, shelfFor } from './shelf.ts';

export type Citation = { articleId: string; title: string; excerpt: string };
export type Found = { citations: Citation[]; confidence: number; terms: string[] };

/** articles that are read for a question, and cited in an answer */
const most = { read: 8, cited: 3 };

/** below it nothing is answered: fewer than half of the question's words, the rare ones counting most, stand in an article */
export const threshold = 0.5;

/** words that only stand elsewhere in the article count less than those of the passage */
const elsewhere = 0.6;

/** What articles say about a question. Pure but for what it reads; no model is asked. */
export const findAnswer = async (question: string, readers: Readers, store: Store): Promise<Found> => {
  const terms = [...new Set(termsOf(question))];
  const shelf = await shelfFor(store, readers);
  const rarest = shelf.rarity(''); // of a word that is in no article
  const weightOf = (term: string) => 0.5 + shelf.rarity(term) / (2 * rarest);
  const ranked = search(shelf, terms).slice(0, most.read);
  const texts = await publishedVersions(
    store,
    ranked.map(({ document }) => document),
  );
  const whole = terms.reduce((sum, term) => sum + weightOf(term), 0) || 1;
  const judged = ranked.flatMap(({ document }) => {
    const text = texts.find(({ articleId }) => articleId === document.id);
    const best = text && bestOf(bodyPassages(text.body), weightOf, new Set(terms));
    if (!text || !best) return [];
    const inTitle = new Set(termsOf(text.title));
    const covered = terms.reduce((sum, term) => {
      const share =
        best.passage.terms.has(term) || inTitle.has(term) ? 1 : Object.hasOwn(document.terms, term) ? elsewhere : 0;
      return sum + share * weightOf(term);
    }, 0);
    return [{ articleId: document.id, title: text.title, excerpt: best.passage.text, confidence: covered / whole }];
  });
  const [best, ...others] = judged.toSorted((one, other) => other.confidence - one.confidence);
  const confidence = Math.round((best?.confidence ?? 0) * 100) / 100;
  if (!best || confidence < threshold) return { citations: [], confidence, terms };
  const also = others
    .filter(one => one.confidence >= Math.max(threshold, best.confidence * 0.8))
    .slice(0, most.cited - 1);
  const citations = [best, ...also].map(({ articleId, title, excerpt }) => ({ articleId, title, excerpt }));
  return { citations, confidence, terms };
};
