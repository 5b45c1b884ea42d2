export const unknownPartition = ({ type, value }: { type: string; value: string }): [kind: string, id: string] => [
  'anonymous',
  `${type}:${value}`,
];
