import type { Properties } from '../template/properties.ts';

export type RestCall = { service: string; operation: string; input: Properties };

type Route = [service: string, method: string, path: RegExp, operation: string, query?: Record<string, string>];

const groups = { groupName: 'GroupName', clientToken: 'ClientToken' };
const lists = { NamePrefix: 'NamePrefix', MaxResults: 'MaxResults', NextToken: 'NextToken' };

const routes: Route[] = [
  ['scheduler', 'POST', /^\/schedules\/(?<Name>[^/]+)$/, 'CreateSchedule'],
  ['scheduler', 'PUT', /^\/schedules\/(?<Name>[^/]+)$/, 'UpdateSchedule'],
  ['scheduler', 'GET', /^\/schedules\/(?<Name>[^/]+)$/, 'GetSchedule', groups],
  ['scheduler', 'DELETE', /^\/schedules\/(?<Name>[^/]+)$/, 'DeleteSchedule', groups],
  ['scheduler', 'GET', /^\/schedules\/?$/, 'ListSchedules', { ScheduleGroup: 'GroupName', State: 'State', ...lists }],
  ['ses', 'POST', /^\/v2\/email\/outbound-emails$/, 'SendEmail'],
  ['ses', 'DELETE', /^\/v2\/email\/suppression\/addresses\/(?<EmailAddress>[^/]+)$/, 'DeleteSuppressedDestination'],
  ['lambda', 'POST', /^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/invocations$/, 'Invoke'],
];

const numeric = /^(MaxResults|PageSize)$/;

const fromQuery = (names: Record<string, string>, search: URLSearchParams) =>
  Object.fromEntries(
    Object.entries(names)
      .filter(([name]) => search.has(name))
      .map(([name, input]) => [input, numeric.test(input) ? Number(search.get(name)) : search.get(name)]),
  );

/** Reads a REST-JSON request: its path, query and body together. Undefined for an unknown route. */
export const restCall = (method: string, url: URL, body: Properties): RestCall | undefined => {
  for (const [service, verb, path, operation, query = {}] of routes) {
    const found = verb === method ? path.exec(url.pathname) : null;
    if (!found) continue;
    const named = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return {
      service,
      operation,
      input: { ...body, ...fromQuery(query, url.searchParams), ...Object.fromEntries(named) },
    };
  }
  return undefined;
};
