import type { Properties } from '../template/properties.ts';

const isIndex = (key: string | undefined) => key !== undefined && /^\d+$/.test(key);

/** turns `{ entry: { 1: {Name, Value} } }` and `{ member: { 1: … } }` into what they mean */
const tidy = (value: unknown): unknown => {
  if (!value || typeof value !== 'object') return value;
  const { member, entry, ...rest } = value as Properties;
  if (member && !Object.keys(rest).length) return Object.values(member).map(tidy);
  if (entry && !Object.keys(rest).length) {
    const pairs = Object.values<Properties>(entry);
    return Object.fromEntries(pairs.map(pair => [pair.Name ?? pair.key, tidy(pair.Value ?? pair.value)]));
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tidy(one)]));
};

/** A request of AWS's Query protocol: the operation and its input as an object. */
export const queryCall = (form: string): { operation: string; input: Properties } => {
  const { Action = '', Version: _, ...flat } = Object.fromEntries(new URLSearchParams(form));
  const input: Properties = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('.').filter(key => key !== '__proto__');
    let at = input;
    for (const key of keys.slice(0, -1)) at = at[key] ??= {};
    at[keys.at(-1)!] = value;
  }
  return { operation: Action, input: tidy(input) as Properties };
};

const escaped = (text: string) => text.replace(/[<>&"']/g, one => `&#${one.charCodeAt(0)};`);

const xml = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(one => `<member>${xml(one)}</member>`).join('');
  if (!value || typeof value !== 'object') return escaped(String(value ?? ''));
  return Object.entries(value)
    .map(([name, one]) => `<${isIndex(name) ? 'member' : name}>${xml(one)}</${isIndex(name) ? 'member' : name}>`)
    .join('');
};

export const queryReply = (operation: string, result: unknown, requestId: string) =>
  `<?xml version="1.0"?><${operation}Response><${operation}Result>${xml(result)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;

export const queryError = (code: string, message: string, requestId: string) =>
  `<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
