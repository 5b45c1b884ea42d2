/** the partition of what a tracker's identity did that is nobody's yet */
export const unknownPartition = ({ type, value }: { type: string; value: string }): [kind: string, id: string] => [
  'anonymous',
  `${type}:${value}`,
];
