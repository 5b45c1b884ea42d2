import { handlers } from '../shared/http/contract.ts';
import { roles } from '../shared/http/roles.ts';
import { callerRoutes } from './organisation-routes.ts';

export const callerHandlers = handlers(callerRoutes, {
  whoAmI: async (_, { tenant, actor, groups, scopes }) => ({
    tenant,
    actor,
    roles: groups.filter(role => Object.hasOwn(roles, role)),
    scopes: [...scopes].sort(),
  }),
});
