import * as z from 'zod';

/** Every kind of thing that has an id, by the prefix its ids carry. */
const prefixes = {
  activity: 'act',
  agent: 'agt',
  answer: 'ans',
  article: 'art',
  approval: 'apr',
  appointment: 'apt',
  asset: 'ast',
  campaign: 'cmp',
  cart: 'cart',
  case: 'case',
  caseMessage: 'cmsg',
  commitment: 'cmt',
  configuration: 'cfg',
  creditNote: 'crn',
  customer: 'cus',
  decision: 'dec',
  delivery: 'dlv',
  document: 'doc',
  duplicate: 'dup',
  erasure: 'era',
  event: 'evt',
  export: 'exp',
  form: 'form',
  giftCard: 'gft',
  import: 'imp',
  inbound: 'inb',
  incomingCall: 'icl',
  importSchedule: 'imps',
  invoice: 'inv',
  job: 'job',
  journey: 'jrn',
  lead: 'lead',
  list: 'list',
  merge: 'mrg',
  message: 'msg',
  need: 'need',
  offer: 'ofr',
  opportunity: 'opp',
  order: 'ord',
  product: 'prd',
  proposal: 'prp',
  quote: 'quo',
  reading: 'rdg',
  rejection: 'rej',
  relationship: 'rel',
  run: 'run',
  segment: 'seg',
  segmentation: 'sgn',
  session: 'ses',
  template: 'tpl',
  timer: 'tmr',
  trigger: 'trg',
  webhook: 'whk',
  workOrder: 'wo',
  writeKey: 'wk',
} as const;

type Kind = keyof typeof prefixes;

/** the prefix of the ids of a kind */
export const prefixOf = (kind: string): string | undefined => (prefixes as Record<string, string>)[kind];

export const kindOf = (prefix: string) => Object.entries(prefixes).find(([, one]) => one === prefix)?.[0];

export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`;

// Crockford's base 32 in lower case: sorts as it counts, has no i, l, o, u
const digits = '0123456789abcdefghjkmnpqrstvwxyz';

const spelt = (bytes: Uint8Array) => Array.from(bytes, byte => digits[byte % 32]).join('');

/** the schema of one kind's ids; a pattern, as template literals of zod take a millisecond of every start */
export const idOf = <K extends Kind>(kind: K): z.ZodType<Id<K>> => {
  const example = `${prefixes[kind]}_01jd5e7k3m9q2r4t6v8w0x1y2z`;
  const spelling = new RegExp(`^${prefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`);
  const id = z.string().regex(spelling, `is not an id such as ${example}`) as unknown as z.ZodType<Id<K>>;
  return id.meta({ description: `id of a ${kind}`, examples: [example] });
};

const counted = (count: number, places: number) => {
  let left = count;
  let text = '';
  for (let place = 0; place < places; place++) {
    text = digits[left % 32] + text;
    left = Math.floor(left / 32);
  }
  return text;
};

/** ids count from 1970 on */
const stampOf = (at: string) => Math.max(0, Date.parse(at));

// what is made in one millisecond sorts in the order in which it was made
const latest = { time: 0, nth: 0 };

/** A new id of `kind`: ten characters of time (milliseconds), three of order within it, 65 random bits; ids sort by age. */
export const newId = <K extends Kind>(kind: K, now: string): Id<K> => {
  const time = stampOf(now);
  latest.nth = latest.time === time ? latest.nth + 1 : 0;
  latest.time = time;
  const random = spelt(crypto.getRandomValues(new Uint8Array(13)));
  return `${prefixes[kind]}_${counted(time, 10)}${counted(latest.nth, 3)}${random}` as Id<K>;
};

/** when an id was made that is one of `newId` */
export const madeAt = (id: string): string => {
  const stamp = Array.from(id.slice(id.indexOf('_') + 1).slice(0, 10));
  return new Date(stamp.reduce((time, digit) => time * 32 + digits.indexOf(digit), 0)).toISOString();
};

/** The id of `kind` that belongs to a digest (26 bytes or more): always the same, without an age. */
export const idFrom = <K extends Kind>(kind: K, digest: Uint8Array): Id<K> =>
  `${prefixes[kind]}_${spelt(digest.subarray(0, 26))}` as Id<K>;

/**
 * The id of `kind` that belongs to the `nth` part of another thing: always the same, as old as that thing or as an instant of
 * its own, in its order.
 */
export const idWithin = <K extends Kind>(kind: K, whole: string, nth: number, at?: string): Id<K> => {
  const spelt = whole.slice(whole.indexOf('_') + 1);
  const stamp = at === undefined ? spelt.slice(0, 10) : counted(stampOf(at), 10);
  return `${prefixes[kind]}_${stamp}${counted(nth, 7)}${spelt.slice(-9)}` as Id<K>;
};

/** whether an id is that of a part of another thing */
export const isWithin = (id: string, whole: string) =>
  id.slice(-9) === whole.slice(-9) &&
  id.slice(id.indexOf('_') + 1).startsWith(whole.slice(whole.indexOf('_') + 1, -16));

export const CustomerId = idOf('customer');
export const CaseId = idOf('case');
export const JourneyId = idOf('journey');
export const LeadId = idOf('lead');
export const MessageId = idOf('message');
export const OpportunityId = idOf('opportunity');
export const TemplateId = idOf('template');
export const TriggerId = idOf('trigger');
