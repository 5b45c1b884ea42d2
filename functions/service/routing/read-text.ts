import type { Case } from '../cases/case.ts';

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
  id: 'yang dan tidak saya dengan untuk ini itu di adalah mobil tolong',
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

const category = (name: string, words: string) => ({ name, words: new RegExp(`\\b(?:${words})`, 'iu') });

/** in this order: danger to people before money */
const categories = [
  category('safety', 'accident|injur|unsafe|danger|fire\\b|smoke|brake|airbag|steering|recall'),
  category('billing', 'invoice|bill(?:ed|ing)?\\b|refund|charg(?:e|ed)\\b|payment|price|overcharg|credit note'),
  category('delivery', 'deliver|shipp?|shipment|parcel|courier|not arrived|late order|tracking number'),
  category('warranty', 'warrant|guarantee|replacement part'),
  category(
    'technical',
    'error|crash|broken|defect|fault|does ?n.t work|not working|malfunction|noise|leak|engine|batter',
  ),
  category('appointment', 'appointment|booking|reschedul|test drive'),
  category('account', 'password|log ?in|sign ?in|account|e-?mail address|privacy|my data'),
];

const dangerous = /\b(?:accident|injur|unsafe|danger|on fire|smoke|brakes? (?:fail|failed|failure)|emergency)/iu;
const urgent = /\b(?:urgent|urgently|asap|immediately|as soon as possible|right away)\b/iu;

const textOf = ({ subject, description }: CaseText) => `${subject}\n${description}`;

/** the category of a case, by its words */
export const categoryOf = (written: CaseText) => {
  const text = textOf(written);
  for (const { name, words } of categories) {
    const [word] = text.match(words) ?? [];
    if (word) return { category: name, reason: `category ${name}: it contains "${word}"` };
  }
  return { category: 'general', reason: 'category general: no known word' };
};

/** the priority of a case, by its type and words */
export const priorityOf = (written: CaseText): { priority: NonNullable<Case['priority']>; reason: string } => {
  const text = textOf(written);
  const [danger] = text.match(dangerous) ?? [];
  if (danger) return { priority: 'urgent', reason: `priority urgent: it contains "${danger}"` };
  const [urgency] = text.match(urgent) ?? [];
  if (urgency) return { priority: 'high', reason: `priority high: it contains "${urgency}"` };
  if (written.type === 'complaint') return { priority: 'high', reason: 'priority high: a complaint' };
  if (written.type === 'feedback') return { priority: 'low', reason: 'priority low: feedback' };
  return { priority: 'normal', reason: 'priority normal: no urgent word' };
};

const subjects =
  /^\s*(?:(?:re|aw|fwd?):\s*)*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|automatische antwort|out of (?:the )?office|abwesenheit|réponse automatique|respuesta automática|undeliver(?:ed|able)|mail delivery|delivery status|returned mail|failure notice)/iu;
const senders = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@]|-)/i;
/** how our own acknowledgements begin */
const ours = /\[C-[0-9A-Z]{4}-[0-9A-Z]{4}\] We have received/i;

/** why a case must not be acknowledged: a machine wrote it; null when a person may have */
export const whyAutomatic = ({ automatic, subject, from }: Pick<Case, 'automatic' | 'subject' | 'from'>) => {
  if (automatic) return 'it was written by a machine';
  if (ours.test(subject)) return 'it is a reply to one of our own acknowledgements';
  if (subjects.test(subject)) return 'its subject is that of an automatic reply';
  if (from && senders.test(from.email)) return `${from.email} is an unattended mailbox`;
  return null;
};
