import { type Fix, fixes, fixIds } from '../cleaning/fixes.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const listFixes: Handler<typeof routes.listFixes> = async () => ({
  items: fixIds.map(id => {
    const { does, example, guesses = false } = fixes[id] as Fix;
    return { id, does, example, guesses };
  }),
});
