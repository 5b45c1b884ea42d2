/** the partition of the events of a tracker's identity that belongs to no customer yet */
export const unknownPartition = ({ type, value }: { type: string; value: string }): [kind: string, id: string] => [
  'anonymous',
  `${type}:${value}`,
];
