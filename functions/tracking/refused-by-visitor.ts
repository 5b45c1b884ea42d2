import { isObject } from '../shared/json.ts';
import type { Message } from './message.ts';
import type { TrackingRules } from './tracking-settings.ts';

/** what people do; who they are and what they belong to is told by themselves, and taken */
const behaviour: readonly string[] = ['track', 'page', 'screen'];

const object = (value: unknown) => (isObject(value) ? value : {});

/** what a call says that its visitor agreed to, by category, as Segment's consent context has it */
export const preferencesIn = (context: unknown) => object(object(object(context).consent).categoryPreferences);

/** Why a call is not recorded: a category that is needed and that its visitor refused, or was not asked about. Pure. */
export const refusedByVisitor = ({ kind, data }: Pick<Message, 'kind' | 'data'>, { consent }: TrackingRules) => {
  if (!consent || !behaviour.includes(kind)) return undefined;
  const preferences = preferencesIn(data.context);
  const refused = consent.required.find(category => preferences[category] === false);
  if (refused) return `consent refused: ${refused}`;
  const unasked = consent.required.find(category => preferences[category] !== true);
  return unasked && consent.absent === 'drop' ? `consent not given: ${unasked}` : undefined;
};
