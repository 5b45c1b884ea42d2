import type { EraseRecord } from '../shared/store/erase.ts';
import type { End } from './end.ts';

/** Both ends go, and what the other customer's timeline tells of them. */
export const erasedEnd: EraseRecord<End> = ({ id, customerId, with: other }) => ({
  emptied: [['relationship', id]],
  mentions: [customerId, other].map(one => ({ of: ['customer', one], about: id })),
});
