/** Segment's reserved traits -> our profile; every other trait is an attribute. */
const reserved: Record<string, string> = {
  email: 'email',
  phone: 'phone',
  firstName: 'givenName',
  first_name: 'givenName',
  lastName: 'familyName',
  last_name: 'familyName',
  name: 'name',
  birthday: 'dateOfBirth',
};

const addressParts: Record<string, string> = {
  street: 'line1',
  city: 'locality',
  state: 'region',
  postalCode: 'postcode',
  postal_code: 'postcode',
  country: 'country',
};

const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value : undefined);

const addressOf = (given: unknown) => {
  if (typeof given !== 'object' || given === null) return {};
  const parts = Object.entries(given).flatMap(([name, value]) => {
    const part = addressParts[name];
    return part && text(value) ? [[part, value]] : [];
  });
  return parts.length ? { address: Object.fromEntries(parts) } : {};
};

/** A profile from the traits of an identify call; what the profile has no place for becomes an attribute. */
export const profileOfTraits = (traits: Record<string, unknown>): Record<string, unknown> => {
  const profile: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(traits)) {
    if (name === 'address' || value === null || value === undefined) continue;
    const field = reserved[name];
    if (field && text(value)) profile[field] = field === 'dateOfBirth' ? text(value)?.slice(0, 10) : value;
    else if (!field) attributes[name.replace(/[^\w-]/g, '_').slice(0, 64)] = value;
  }
  const more = Object.keys(attributes).length ? { attributes } : {};
  return { ...profile, ...addressOf(traits.address), ...more };
};
