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
