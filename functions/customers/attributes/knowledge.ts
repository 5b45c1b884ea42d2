import type { Known } from '../../shared/conditions/provenance-condition.ts';
import type { StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { type CustomerSettings, unset } from '../settings.ts';
import { confidenceOf } from './confidence.ts';
import { originOf } from './origins.ts';
import { attributeAt, valuesOf } from './paths.ts';

/** What conditions may ask of a customer's values beside the values. Only how sure they are depends on the settings. */
export const knowledgeOf = (customer: StoredCustomer, now: string, settings: CustomerSettings = unset) => {
  return (path: string): Known[] => {
    const attribute = attributeAt(path);
    return [...valuesOf(profileOf(customer)).keys()]
      .filter(one => one === attribute || one.startsWith(`${attribute}.`))
      .map(one => {
        const { source, observedAt, verified } = originOf(customer, one);
        const confidence = confidenceOf(one, originOf(customer, one), settings, now);
        return { source, observedAt, verified, confidence };
      });
  };
};
