import type { Alarms } from '../alarms.ts';
import { page, text } from './markdown.ts';

/** docs/runbook.md: a heading for each alarm */
export const runbook = ({ list }: Alarms) =>
  page(
    text('runbook'),
    ...list.flatMap(({ name, summary, action, above, minutes }) => {
      const when = `above ${above} for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
      return [`## ${name}`, `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)} (${when}).`, action];
    }),
  );
