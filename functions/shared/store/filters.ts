/** Filters of reads, applied by the table: a page is filled from further on. */
export type Filter = {
  FilterExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
};

/** the sort keys of all events of a partition */
export const allEvents = { from: '@', to: '@:' };

/** events of some types */
export const ofTypes = (types: string[]): Filter => {
  const values = Object.fromEntries(types.map((type, nth) => [`:type${nth}`, type]));
  return {
    FilterExpression: `#type IN (${Object.keys(values).join(', ')})`,
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: values,
  };
};

/** all but the events of some nouns */
export const notOfNouns = (nouns: string[]): Filter => ({
  FilterExpression: nouns.map((_, nth) => `NOT begins_with(#type, :noun${nth})`).join(' AND '),
  ExpressionAttributeNames: { '#type': 'type' },
  ExpressionAttributeValues: Object.fromEntries(nouns.map((noun, nth) => [`:noun${nth}`, `${noun}.`])),
});

/** items whose event has another value, or none, in a field of its data */
export const isNotData = (field: string, value: string): Filter => ({
  FilterExpression: 'attribute_not_exists(#doc.#data.#field) OR #doc.#data.#field <> :value',
  ExpressionAttributeNames: { '#doc': 'doc', '#data': 'data', '#field': field },
  ExpressionAttributeValues: { ':value': value },
});

/** what passes both filters */
export const bothOf = (one: Filter | undefined, other: Filter | undefined): Filter | undefined =>
  one && other
    ? {
        FilterExpression: `(${one.FilterExpression}) AND (${other.FilterExpression})`,
        ExpressionAttributeNames: { ...one.ExpressionAttributeNames, ...other.ExpressionAttributeNames },
        ExpressionAttributeValues: { ...one.ExpressionAttributeValues, ...other.ExpressionAttributeValues },
      }
    : (one ?? other);

/** events that users of the company brought about */
export const byStaff: Filter = {
  FilterExpression: 'begins_with(#doc.#actor, :staff)',
  ExpressionAttributeNames: { '#doc': 'doc', '#actor': 'actor' },
  ExpressionAttributeValues: { ':staff': 'user:' },
};

/** records whose field is not a value */
export const isNot = (field: string, value: string): Filter => ({
  FilterExpression: '#doc.#field <> :value',
  ExpressionAttributeNames: { '#doc': 'doc', '#field': field },
  ExpressionAttributeValues: { ':value': value },
});

/** records whose field is a value */
export const is = (field: string, value: string): Filter => ({
  ...isNot(field, value),
  FilterExpression: '#doc.#field = :value',
});
