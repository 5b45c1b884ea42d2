type Node = { [name: string]: unknown };

type Document = { paths: Record<string, Node>; components: unknown };

type Side = 'request' | 'reply';

const record = (value: unknown) => (value ?? {}) as Record<string, Node>;
const list = (value: unknown) => (value === undefined ? [] : [value].flat());
const missing = (from: unknown[], wanted: unknown[]) => wanted.filter(one => !from.includes(one));

const resolver = (document: unknown) => (part: unknown) => {
  let found = part as Node | undefined;
  while (typeof found?.$ref === 'string') {
    const steps = found.$ref.slice(2).split('/');
    found = steps.reduce((at, step) => record(at)[step], document as Node | undefined);
  }
  return found ?? {};
};

/** What a client that was written for one document cannot do with another one. */
export const breakingChanges = (before: Document, after: Document): string[] => {
  const [then, now] = [resolver(before), resolver(after)];
  const found = new Set<string>();
  const visited = new Set<string>();

  const compare = (place: string, side: Side, was: unknown, is: unknown) => {
    const pair = [side, was, is].map(part => JSON.stringify(part)).join();
    if (visited.has(pair)) return;
    visited.add(pair);
    const [old, next] = [then(was), now(is)];
    const [accepted, given] = side === 'request' ? [next, old] : [old, next];
    const types = accepted.type ? missing(list(accepted.type), list(given.type)) : [];
    const numeric = list(accepted.type).includes('number') && types.every(type => type === 'integer');
    if (types.length && !numeric) found.add(`${place}: the type changed from ${list(old.type)} to ${list(next.type)}`);
    const values = side === 'request' && next.enum ? missing(list(next.enum), list(old.enum ?? 'any other value')) : [];
    if (values.length) found.add(`${place}: no longer takes ${values.join(', ')}`);
    const [fields, nextFields] = [record(old.properties), record(next.properties)];
    for (const [name, field] of Object.entries(fields)) {
      const at = `${place}.${name}`;
      if (name in nextFields) compare(at, side, field, nextFields[name]);
      else if (side === 'reply' || next.additionalProperties === false) found.add(`${at}: the field was removed`);
    }
    const [required, nextRequired] = [list(old.required), list(next.required)];
    const lost = side === 'request' ? missing(required, nextRequired) : missing(nextRequired, required);
    const what = side === 'request' ? 'the field is required now' : 'the field may be missing now';
    for (const name of lost) if ((name as string) in nextFields) found.add(`${place}.${name}: ${what}`);
    if (old.items && next.items) compare(`${place}[]`, side, old.items, next.items);
    for (const kind of ['anyOf', 'oneOf', 'allOf']) {
      const [options, nextOptions] = [list(old[kind]), list(next[kind])];
      if (side === 'request' && nextOptions.length < options.length) found.add(`${place}: takes fewer alternatives`);
      for (const [at, option] of options.entries()) if (nextOptions[at]) compare(place, side, option, nextOptions[at]);
    }
  };

  const compareContent = (place: string, side: Side, was: unknown, is: unknown) => {
    for (const [media, { schema }] of Object.entries(record(was))) {
      const next = record(is)[media];
      if (next) compare(place, side, schema, next.schema);
      else found.add(`${place}: ${media} was removed`);
    }
  };

  for (const [path, methods] of Object.entries(before.paths)) {
    for (const [method, was] of Object.entries(record(methods))) {
      const name = `${method.toUpperCase()} ${path}`;
      const is = record(after.paths[path])[method];
      if (!is) {
        found.add(`${name}: the operation was removed`);
        continue;
      }
      const [old, next] = [list(was.parameters).map(then), list(is.parameters).map(now)];
      for (const one of old) {
        const same = next.find(other => other.name === one.name && other.in === one.in);
        if (same) compare(`${name} ${one.name}`, 'request', one.schema, same.schema);
        else if (one.in !== 'header') found.add(`${name} ${one.name}: the parameter was removed`);
      }
      for (const one of next)
        if (one.required && !old.some(other => other.name === one.name && other.required))
          found.add(`${name} ${one.name}: the parameter is required now`);
      const [body, nextBody] = [then(was.requestBody), now(is.requestBody)];
      if (nextBody.required && !body.required) found.add(`${name}: the body is required now`);
      compareContent(`${name} body`, 'request', body.content, nextBody.content);
      for (const [status, reply] of Object.entries(record(was.responses))) {
        const nextReply = record(is.responses)[status];
        if (Number(status) >= 400) continue;
        if (nextReply) compareContent(`${name} ${status}`, 'reply', then(reply).content, now(nextReply).content);
        else found.add(`${name} ${status}: the reply was removed`);
      }
    }
  }
  return [...found];
};
