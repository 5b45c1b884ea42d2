import { events } from '#declared/events.ts';
import { customerUpdated } from '../../events/customer.ts';
import { isComposedName, originOf, packProvenance } from '../customers/attributes/origins.ts';
import { valuesOf, withoutValues } from '../customers/attributes/paths.ts';
import { customers, displayName, type StoredCustomer } from '../customers/customer.ts';
import { lookupsFor, nonProfileFields, profileOf } from '../customers/profile.ts';
import { type Purpose, servesAttribute, servesEvent } from '../customers/purpose.ts';
import { masked, veiled } from '../customers/redact.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import type { EventDetail } from '../customers/timeline.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, emit, replace, update, updated } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { minus } from '../shared/time/duration.ts';

type Limited = Pick<Purpose, 'name' | 'attributes' | 'events' | 'retention'>;

/** From when what serves these purposes is stored: by the longest of their periods. Undefined: without limit, or it serves none. */
const cutoff = (serving: Limited[], now: string): string | undefined => {
  const periods = serving.map(({ retention }) => retention);
  if (!periods.length || periods.includes(undefined)) return undefined;
  return periods.map(period => minus(now, period ?? '')).sort()[0];
};

/** the instants before which events of each type are to be discarded */
export const eventCutoffs = (purposes: Limited[], now: string): Map<string, string> =>
  new Map(
    events.flatMap(({ name }) => {
      const at = cutoff(
        purposes.filter(purpose => servesEvent(purpose, name)),
        now,
      );
      return at ? [[name, at] as const] : [];
    }),
  );

/** The attributes whose values are stored longer than the purposes that they serve allow. Pure. */
export const outdated = (
  customer: StoredCustomer,
  purposes: Limited[],
  { definitions }: CustomerSettings,
  now: string,
): string[] => {
  const profile = profileOf(customer);
  const all = [...valuesOf(profile).keys()].filter(one => one !== 'name' || !isComposedName(profile));
  return all.filter(attribute => {
    const definition = definitions.find(one => one.attribute === attribute);
    if (definition?.computed) return false;
    const at = cutoff(
      purposes.filter(one => servesAttribute(one, attribute) || definition?.purpose === one.name),
      now,
    );
    const { observedAt, verified } = originOf(customer, attribute);
    return at !== undefined && observedAt < at && (verified?.at ?? '') < at;
  });
};

/** A customer without some values, without what is known of them, and without showing them in its event. Pure. */
export const discardValues = (
  before: StoredCustomer,
  attributes: string[],
  settings: CustomerSettings,
  now: string,
): Change[] => {
  const was = profileOf(before);
  const { name: _, ...unnamed } = was;
  const left = withoutValues(isComposedName(was) ? { ...unnamed, kind: was.kind } : was, attributes);
  const name = displayName(left);
  const profile = { ...left, ...(name ? { name } : {}) };
  const origins = new Map([...valuesOf(profile).keys()].map(one => [one, originOf(before, one)]));
  const { conflicts = [], removed = [] } = before.provenance ?? {};
  const stays = ({ attribute }: { attribute: string }) => !attributes.includes(attribute);
  const { mergedIdentifiers, lookups: __, ...others } = nonProfileFields(before);
  const identifiers = Object.entries(mergedIdentifiers ?? {}).map(([field, values]) => [
    field,
    attributes.includes(field) ? [] : values,
  ]);
  const after = updated(
    now,
    {
      ...others,
      ...profile,
      ...lookupsFor(settings, profile),
      ...(mergedIdentifiers ? { mergedIdentifiers: Object.fromEntries(identifiers) } : {}),
      provenance: packProvenance(origins, conflicts.filter(stays), removed.filter(stays)),
    } as StoredCustomer,
    {},
  );
  const changes = attributes.map(attribute => ({ attribute, from: masked, to: null }));
  const to = { customerId: before.id, about: before.id };
  return [update(customers, before, after), emit(customerUpdated, { ...to, data: { changes, source: 'retention' } })];
};

/** events of a timeline as they are without the values of some attributes: those that show one */
export const withoutValuesIn = (items: Item[], attributes: string[]): Change[] =>
  items.flatMap(item => {
    const doc = item.doc as EventDetail;
    const data = veiled(doc.data, attributes);
    return isSameJson(data, doc.data) ? [] : [replace({ ...item, doc: { ...doc, data } })];
  });
