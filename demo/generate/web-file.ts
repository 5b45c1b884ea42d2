import { typedEmail, typedName, typedPhone } from './dirt.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** a sign-up on the web site: the address was confirmed for most, the rest is as people like it */
export const webSignUp = (random: Random, person: Person) => ({
  userId: person.userId,
  anonymousId: person.anonymousId,
  email: random.chance(0.97) ? person.email : typedEmail(random, person.email),
  firstName: typedName(random, person.given),
  ...(random.chance(0.93) ? { lastName: typedName(random, person.family) } : {}),
  ...(random.chance(0.55) ? { phone: typedPhone(random, person.phone) } : {}),
  ...(random.chance(0.6) ? { country: person.country, postalCode: person.postcode } : {}),
  ...(random.chance(0.9) ? { locale: person.locale } : {}),
  newsletter: random.chance(0.62),
  signedUpAt: `2026-${String(random.int(1, 9)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}T${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}:00.000Z`,
});
