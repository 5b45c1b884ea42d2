import type { Route, Scope } from './contract.ts';

/** What scopes are about. `<area>.read` and `<area>.write` exist for each. */
export const areas = {
  customers: 'profiles, identities, consents, timeline, view, search',
  activities: 'notes, calls, tasks, appointments, needs, commitments',
  relationships: 'relationships, accounts, owners',
  assets: 'assets and their readings',
  documents: 'documents and their files',
  finance: 'invoices, payments, credit, gift cards',
  lists: 'lists and bulk actions',
  imports: 'imports and their schedules',
  merge: 'duplicates and merges',
  privacy: 'export of a customer, erasure, legal holds, inactive customers',
  tracking: 'tracked events, identities of trackers, sessions, sources of visits',
  marketing: 'triggers, templates, segments, cost of sources',
  campaigns: 'campaigns and their results',
  offers: 'offers, placements, decisions at touch points',
  loyalty: 'loyalty programmes and points',
  messages: 'messages without their contents',
  sales: 'leads, forms, opportunities, quotes, orders, carts, products, prices',
  approvals: 'approvals of quotes and their policies',
  forecasts: 'forecasts, quotas, what was won and lost',
  service: 'cases and agents',
  field: 'work orders and their dispatch',
  settings: 'settings of the company',
} as const;
export type Area = keyof typeof areas;

/** scopes beside those of the areas, and what each lets its holder do */
export const further = {
  'customers.confidential': 'read and use attributes that are defined as confidential',
  'documents.confidential': 'read and change documents that are classified as confidential',
  'messages.confidential': 'read the contents of messages',
  'campaigns.admin': 'approve campaigns',
  'service.admin': 'grant compensation for cases',
  'tokens.write': 'issue access tokens that act as a customer',
  'settings.admin': 'change settings that decide about all data, export and restore the company',
} satisfies Partial<Record<Scope, string>>;

const names = Object.keys(areas) as Area[];
const reading = (...of: Area[]) => of.map((area): Scope => `${area}.read`);
const writing = (...of: Area[]) => of.flatMap((area): Scope[] => [`${area}.read`, `${area}.write`]);

export const scopes: Scope[] = [...writing(...names), ...(Object.keys(further) as Scope[])];

/** What each role may do. A user has roles; a machine client has scopes of its own. */
export const roles: Record<string, Scope[]> = {
  admin: scopes,
  marketer: [
    ...writing(
      'customers',
      'activities',
      'lists',
      'imports',
      'marketing',
      'campaigns',
      'offers',
      'loyalty',
      'messages',
    ),
    ...reading('relationships', 'assets', 'merge', 'tracking', 'settings'),
  ],
  sales: [
    ...writing('customers', 'activities', 'relationships', 'assets', 'documents', 'lists', 'imports', 'merge', 'sales'),
    ...writing('approvals', 'forecasts'),
    ...reading('finance', 'offers', 'loyalty', 'messages', 'service', 'settings'),
  ],
  // who serves customers has to know who it is that calls
  agent: [
    ...writing(
      'customers',
      'activities',
      'relationships',
      'assets',
      'documents',
      'lists',
      'merge',
      'service',
      'loyalty',
    ),
    ...reading('finance', 'offers', 'messages', 'sales', 'settings'),
    'customers.confidential',
    'messages.confidential',
    'service.admin',
  ],
  finance: [
    ...writing('finance', 'documents', 'approvals'),
    ...reading('customers', 'activities', 'relationships', 'sales', 'settings'),
  ],
  analyst: reading(...names.filter(area => area !== 'documents' && area !== 'privacy')),
};

/** whether a caller may read what an area is about */
export const mayRead = ({ scopes }: { scopes: ReadonlySet<string> }, area: Area) => scopes.has(`${area}.read`);

/** the scopes that a route needs and a caller does not have */
export const lacking = ({ scope, also = [] }: Pick<Route, 'scope' | 'also'>, held: ReadonlySet<string>): Scope[] =>
  [...(scope ? [scope] : []), ...also].filter(one => !held.has(one));
