import { isEmail, normaliseEmail } from '../shared/text/email.ts';
import { withoutLinks } from '../shared/text/without-links.ts';
import { trackerSource } from './attributes/standing.ts';
import type { Writing } from './attributes/writing.ts';
import type { CustomerSettings } from './settings.ts';

/** Segment's reserved traits, and how people write zone and language -> the profile; every other trait is a custom attribute. */
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
    timezone: 'timeZone',
    timeZone: 'timeZone',
    locale: 'locale',
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

export const emailOfTraits = ({ email: value }: Record<string, unknown>) => {
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

const profileOfTraits = (traits: Record<string, unknown>): Record<string, unknown> => {
  const profile: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(traits)) {
    if (name === 'address' || value === null || value === undefined) continue;
    const field = reserved.get(name);
    if (!field) attributes[attributeName(name)] = value;
    else if (field === 'email') profile.email = emailOfTraits(traits);
    else if (text(value)) profile[field] = field === 'dateOfBirth' ? text(value)?.slice(0, 10) : text(value);
  }
  if (!profile.email) delete profile.email;
  const more = Object.keys(attributes).length ? { attributes } : {};
  return { ...profile, ...addressOf(traits.address), ...more };
};

/** what trackers may add to a record that nobody has defined: the rest of its room is for what a company defines and enters */
const most = { names: 100, characters: 8000, named: 20 };

/** The traits of a call without those that no attribute is defined for and that are beyond what a record takes of these. */
const boundTraits = (
  profile: Record<string, unknown>,
  present: Record<string, unknown> = {},
  { definitions }: Pick<CustomerSettings, 'definitions'>,
) => {
  const defined = new Set(definitions.map(({ attribute }) => attribute));
  const isUndeclared = ([name]: [string, unknown]) => !defined.has(`attributes.${name}`);
  const open = Object.fromEntries(Object.entries(present).filter(isUndeclared));
  const rejected: string[] = [];
  const given = Object.entries((profile.attributes ?? {}) as Record<string, unknown>).filter(one => {
    if (!isUndeclared(one)) return true;
    const after = { ...open, [one[0]]: one[1] };
    const fits = Object.keys(after).length <= most.names && JSON.stringify(after).length <= most.characters;
    if (fits) Object.assign(open, after);
    else rejected.push(one[0]);
    return fits;
  });
  if (!rejected.length) return { profile, reasons: [] };
  const names = [...rejected.slice(0, most.named), ...(rejected.length > most.named ? ['…'] : [])].join(', ');
  const reason = `a record takes at most ${most.names} traits and ${most.characters} characters of traits that are not defined as attributes; these were left out: ${names}`;
  const { attributes: _, ...rest } = profile;
  return { profile: given.length ? { ...rest, attributes: Object.fromEntries(given) } : rest, reasons: [reason] };
};

/** names are put into messages, where a link of a stranger's would reach others */
const withoutLinksInNames = (profile: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(profile).flatMap(([name, value]) => {
      const text = /name$/i.test(name) ? withoutLinks(String(value)) : value;
      return text === '' ? [] : [[name, text]];
    }),
  );

type Receiving = {
  isPublic: boolean;
  present: Record<string, unknown> | undefined;
  settings: Pick<CustomerSettings, 'definitions'>;
};

/** The traits of a tracker's call as a profile, and the reasons for which some were left out. */
export const trackerProfile = (traits: Record<string, unknown>, { isPublic, present, settings }: Receiving) => {
  const profile = profileOfTraits(traits);
  return boundTraits(isPublic ? withoutLinksInNames(profile) : profile, present, settings);
};

export const trackerWriting = (actor: string, at: string, settings: CustomerSettings) =>
  ({ settings, source: trackerSource(actor), observedAt: at, checks: 'values', written: 'dmy' }) satisfies Writing;
