import type { Scope } from './contract.ts';

const areas = ['customers', 'tracking', 'marketing', 'messages', 'sales', 'service', 'settings'] as const;

const all = areas.flatMap(area => [`${area}.read`, `${area}.write`] as Scope[]);

/** What each role may do. A user has roles; a machine client has scopes of its own. */
export const roles: Record<string, Scope[]> = {
  admin: [...all, 'customers.admin', 'settings.admin', 'customers.confidential'],
  marketer: [
    'customers.read',
    'customers.write',
    'tracking.read',
    'marketing.read',
    'marketing.write',
    'messages.read',
    'messages.write',
    'settings.read',
  ],
  sales: [
    'customers.read',
    'customers.write',
    'sales.read',
    'sales.write',
    'messages.read',
    'service.read',
    'settings.read',
  ],
  // who serves customers has to know who it is that calls
  agent: [
    'customers.read',
    'customers.write',
    'customers.confidential',
    'service.read',
    'service.write',
    'messages.read',
    'sales.read',
    'settings.read',
  ],
  analyst: all.filter(scope => scope.endsWith('.read')),
};

export const scopes = roles.admin as Scope[];
