import { isEmail, normaliseEmail } from '../shared/text/email.ts';
import type { CustomerSettings } from './settings.ts';

/** Segment's reserved traits -> the profile; every other trait is a custom attribute. */
const reserved = new Map(
  Object.entries({
    email: 'email',
    phone: 'phone',
    firstName: 'givenName',
    first_name: 'givenName',
    lastName: 'familyName',
    last_name: 'familyName',
    name: 'name',
    birthday: 'dateOfBirth',
  }),
);

const addressParts = new Map(
  Object.entries({
    street: 'line1',
    city: 'locality',
    state: 'region',
    postalCode: 'postcode',
    postal_code: 'postcode',
    country: 'country',
  }),
);

const text = (value: unknown) => {
  const given = typeof value === 'number' ? String(value) : value;
  return typeof given === 'string' && given.trim() ? given.trim() : undefined;
};

const emailOf = (value: unknown) => {
  const email = normaliseEmail(text(value) ?? '');
  return isEmail(email) ? email : undefined;
};

const attributeName = (name: string) =>
  name
    .replace(/[^\w-]/g, '_')
    .replace(/^(?![A-Za-z_])/, '_')
    .slice(0, 64);

export const attributeOfTrait = (name: string) =>
  name === 'address' ? name : (reserved.get(name) ?? `attributes.${attributeName(name)}`);

const addressOf = (given: unknown) => {
  if (typeof given !== 'object' || given === null) return {};
  const parts = Object.entries(given).flatMap(([name, value]) => {
    const part = addressParts.get(name);
    return part && text(value) ? [[part, text(value)]] : [];
  });
  return parts.length ? { address: Object.fromEntries(parts) } : {};
};

export const profileOfTraits = (traits: Record<string, unknown>): Record<string, unknown> => {
  const profile: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(traits)) {
    if (name === 'address' || value === null || value === undefined) continue;
    const field = reserved.get(name);
    if (!field) attributes[attributeName(name)] = value;
    else if (field === 'email') profile.email = emailOf(value);
    else if (text(value)) profile[field] = field === 'dateOfBirth' ? text(value)?.slice(0, 10) : text(value);
  }
  if (!profile.email) delete profile.email;
  const more = Object.keys(attributes).length ? { attributes } : {};
  return { ...profile, ...addressOf(traits.address), ...more };
};

/** what trackers may add to a record that nobody has defined: the rest of its room is for what a company defines and enters */
const most = { names: 100, characters: 8000, told: 20 };

/** The traits of a call without those that no attribute is defined for and that are beyond what a record takes of these. */
export const boundTraits = (
  profile: Record<string, unknown>,
  present: Record<string, unknown> = {},
  { definitions }: Pick<CustomerSettings, 'definitions'>,
) => {
  const defined = new Set(definitions.map(({ attribute }) => attribute));
  const isOpen = ([name]: [string, unknown]) => !defined.has(`attributes.${name}`);
  const open = Object.fromEntries(Object.entries(present).filter(isOpen));
  const rejected: string[] = [];
  const given = Object.entries((profile.attributes ?? {}) as Record<string, unknown>).filter(one => {
    if (!isOpen(one)) return true;
    const after = { ...open, [one[0]]: one[1] };
    const fits = Object.keys(after).length <= most.names && JSON.stringify(after).length <= most.characters;
    if (fits) Object.assign(open, after);
    else rejected.push(one[0]);
    return fits;
  });
  if (!rejected.length) return { profile, reasons: [] };
  const names = [...rejected.slice(0, most.told), ...(rejected.length > most.told ? ['…'] : [])].join(', ');
  const reason = `a record takes at most ${most.names} traits and ${most.characters} characters of traits that are not defined as attributes; these were left out: ${names}`;
  const { attributes: _, ...rest } = profile;
  return { profile: given.length ? { ...rest, attributes: Object.fromEntries(given) } : rest, reasons: [reason] };
};
