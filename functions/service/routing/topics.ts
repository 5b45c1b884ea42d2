import type { Case } from '../cases/case.ts';

type Told = Pick<Case, 'subject' | 'description' | 'type'>;

const category = (name: string, words: string) => ({ name, words: new RegExp(`\\b(?:${words})`, 'iu') });

/** in this order: what endangers people before what costs money */
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
const pressing = /\b(?:urgent|urgently|asap|immediately|as soon as possible|right away)\b/iu;

const textOf = ({ subject, description }: Told) => `${subject}\n${description}`;

/** what a case is about, by the words in it */
export const categoryOf = (told: Told) => {
  const text = textOf(told);
  for (const { name, words } of categories) {
    const [word] = text.match(words) ?? [];
    if (word) return { category: name, reason: `category ${name}: it says "${word}"` };
  }
  return { category: 'general', reason: 'category general: no telling word' };
};

/** how pressing a case is, by its type and the words in it */
export const priorityOf = (told: Told): { priority: NonNullable<Case['priority']>; reason: string } => {
  const text = textOf(told);
  const [danger] = text.match(dangerous) ?? [];
  if (danger) return { priority: 'urgent', reason: `priority urgent: it says "${danger}"` };
  const [press] = text.match(pressing) ?? [];
  if (press) return { priority: 'high', reason: `priority high: it says "${press}"` };
  if (told.type === 'complaint') return { priority: 'high', reason: 'priority high: a complaint' };
  if (told.type === 'feedback') return { priority: 'low', reason: 'priority low: feedback' };
  return { priority: 'normal', reason: 'priority normal: nothing presses' };
};
