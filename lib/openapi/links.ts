import type { Operation } from './operations.ts';
import type { Json } from './schemas.ts';

const named = /^\{(\w+)\}$/;

/** the parameters of a path that addresses a location, each by the field of the reply that fills it */
const filledBy = (path: string, location: string): Record<string, string> | undefined => {
  const [parts, fields] = [path.split('/'), location.split('/')];
  if (parts.length !== fields.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const [parameter, field] = [named.exec(part)?.[1], named.exec(fields[at] ?? '')?.[1]];
    if (parameter && field) parameters[parameter] = `$response.body#/${field}`;
    else if (part !== fields[at]) return undefined;
  }
  return parameters;
};

/** What can be done next with a created record: the operations at its location. */
export const linksOf = ({ route }: Operation, operations: Operation[]): Json | undefined => {
  if (!route.location) return undefined;
  const fieldNames = new Proxy({}, { get: (_, field) => `{${String(field)}}` });
  const location = route.location(fieldNames as never);
  const links = operations.flatMap(({ name, path }) => {
    const parameters = filledBy(path, location);
    return parameters ? [[name, { operationId: name, parameters }]] : [];
  });
  return links.length ? Object.fromEntries(links) : undefined;
};
