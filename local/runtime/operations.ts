import { AwsError, type Service } from './service.ts';

export type Input = Parameters<Service['provide']>[2];
export type Operations = Record<string, (input: Input) => unknown>;

/** runs one operation of a service; an unknown one is an error as on AWS */
export const answer = async (operations: Operations, service: string, operation: string, input: Input) => {
  const act = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!act) throw new AwsError('UnknownOperationException', `the local ${service} does not offer ${operation}`);
  return act(input ?? {});
};

/** checks that a request has these fields; the error is worded as AWS's */
export const required = (input: Input, ...fields: string[]) => {
  const missing = fields.filter(field => input[field] === undefined || input[field] === null || input[field] === '');
  if (!missing.length) return;
  const complaints = missing.map(
    field =>
      `Value null at '${field[0]!.toLowerCase()}${field.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${missing.length} validation error${missing.length > 1 ? 's' : ''} detected`;
  throw new AwsError('ValidationException', `${count}: ${complaints.join('; ')}`);
};

export const seconds = (milliseconds: number) => milliseconds / 1000;

/** a time as JSON protocols (epoch seconds), templates and people write it, in epoch milliseconds; NaN when it is none */
export const instant = (value: unknown) => {
  if (typeof value === 'number') return value * 1000;
  if (value instanceof Date) return value.getTime();
  return Date.parse(String(value));
};

/** one page of a list, AWS style: `from` is the token of the page before */
export const page = <T>(items: T[], limit = 100, from?: string) => {
  const start = Number(from ?? 0);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationException', 'Invalid NextToken');
  const next = start + limit < items.length ? String(start + limit) : undefined;
  return { items: items.slice(start, start + limit), next };
};
