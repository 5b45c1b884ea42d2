import type { Case } from '../cases/case.ts';

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
