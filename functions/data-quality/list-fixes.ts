import { type Fix, fixes, fixIds } from '../cleaning/fixes.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const listFixes: UseCase<typeof routes.listFixes> = async () => ({
  items: fixIds.map(id => {
    const { does, example, guesses = false } = fixes[id] as Fix;
    return { id, does, example, guesses };
  }),
});
