import { invalid } from '../shared/http/api-error.ts';

type Named = { path: string; what: string; id: string | undefined; find: (id: string) => Promise<unknown> };

/** refuses ids of what does not exist, all at once */
export const mustExist = async (named: Named[]) => {
  const missing = await Promise.all(
    named.map(async ({ path, what, id, find }) =>
      id && !(await find(id)) ? [{ path, message: `the ${what} ${id} does not exist` }] : [],
    ),
  );
  if (missing.flat().length) throw invalid(missing.flat());
};
