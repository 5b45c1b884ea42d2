import { casePriorities } from '../../../events/case.ts';
import { normaliseEmail } from '../../shared/text/email.ts';
import type { Case } from '../cases/case.ts';
import type { Category } from '../desk/category.ts';
import type { PriorityRules } from '../desk/priority-settings.ts';
import { wordIn } from './words.ts';

/** scripts that identify a language; Japanese first, as it also uses Han */
const scripts: [string, RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['th', /\p{Script=Thai}/u],
  ['ta', /\p{Script=Tamil}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['ru', /\p{Script=Cyrillic}/u],
];

/** the most frequent words of a language */
const frequent: Record<string, string> = {
  en: 'the and is are was not my with for have has this that please when you it',
  de: 'der die das und ist nicht mein meine mit für habe hat ein eine ich bitte wie sie wir',
  fr: 'le les des est pas mon ma avec pour une je vous bonjour dans sur qui nous',
  es: 'el los las es no mi con para una yo por favor está que del muy hola',
  it: 'il gli è non mio mia con per una che di sono grazie della ciao',
  pt: 'os não meu minha com para uma que por favor está do da você olá',
  nl: 'het een en niet mijn met voor ik wij van graag hallo zijn',
  id: 'yang dan tidak saya dengan untuk ini itu di adalah tolong terima kasih',
};
const words = Object.entries(frequent).map(([language, list]) => ({ language, words: new Set(list.split(' ')) }));

const enough = 2;

/** the language of a text, or null when it is not clear */
export const languageOf = (text: string): string | null => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, script] of scripts) {
    const found = text.match(new RegExp(script, 'gu'))?.length ?? 0;
    if (found && found * 4 >= letters) return language;
  }
  const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = words
    .map(({ language, words }) => ({ language, count: found.filter(word => words.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first && first.count >= enough && first.count > (second?.count ?? 0) ? first.language : null;
};

type CaseText = Pick<Case, 'subject' | 'description' | 'type'>;

const textOf = ({ subject, description }: CaseText) => `${subject}\n${description}`;

/** the category of a case, by its words */
export const categoryOf = (
  written: CaseText,
  language: string | null,
  categories: Pick<Category, 'id' | 'words'>[],
) => {
  for (const { id, words } of categories) {
    const word = wordIn(textOf(written), language, words);
    if (word) return { category: id, reason: `category ${id}: it contains "${word}"` };
  }
  return { category: 'general', reason: 'category general: no known word' };
};

type Judged = { priority: NonNullable<Case['priority']>; reason: string };
type Rules = Pick<PriorityRules, 'words' | 'types'>;

/** the priority of a case, by its words, else by its type */
export const priorityOf = (written: CaseText, language: string | null, { words, types }: Rules): Judged => {
  for (const priority of casePriorities.toReversed()) {
    const word = wordIn(textOf(written), language, words[priority] ?? {});
    if (word) return { priority, reason: `priority ${priority}: it contains "${word}"` };
  }
  const { type } = written;
  const priority = types[type];
  return priority
    ? { priority, reason: `priority ${priority}: the type is ${type}` }
    : { priority: 'normal', reason: 'priority normal: no word and no type of another priority' };
};

const subjects =
  /^\s*(?:(?:re|aw|fwd?):\s*)*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|automatische antwort|out of (?:the )?office|abwesenheit|réponse automatique|respuesta automática|自动回复|undeliver(?:ed|able)|mail delivery|delivery status|returned mail|failure notice)/iu;
const senders = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@]|-)/i;
/** whether a subject is that of an acknowledgement of ours, `received` in the language of the customer */
const isOurs = (subject: string, received: string) => {
  const [fixed = ''] = received.split('…').sort((a, b) => b.length - a.length);
  const [, text = ''] = /\[C-[0-9A-Z]{4}-[0-9A-Z]{4}\] (.*)/i.exec(subject) ?? [];
  return text.toLowerCase().includes(fixed.trim().toLowerCase() || received);
};

type Written = Pick<Case, 'automatic' | 'subject'> & {
  /** what an acknowledgement would go to, and what the case came from */
  addresses: (string | undefined)[];
};

type Ours = { received: string; addresses: (string | undefined)[] };

/** why a case must not be acknowledged: a machine wrote it; null when a person may have */
export const whyAutomatic = ({ automatic, subject, addresses }: Written, ours: Ours) => {
  if (automatic) return 'it was written by a machine';
  if (isOurs(subject, ours.received)) return 'it is a reply to one of our own acknowledgements';
  if (subjects.test(subject)) return 'its subject is that of an automatic reply';
  const given = addresses.filter(one => one !== undefined).map(normaliseEmail);
  if (given.some(one => ours.addresses.includes(one))) return 'it comes from an address of our own';
  const unattended = given.find(one => senders.test(one));
  return unattended ? `${unattended} is an unattended mailbox` : null;
};
