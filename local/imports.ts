/** all the code from outside this package: EventBridge's pattern matcher and API Gateway's choice of a route */
export { type Match, type RouteTable, routeTable } from '../functions/shared/http/match-route.ts';
export { compile, PatternError } from '../functions/shared/patterns/pattern.ts';
