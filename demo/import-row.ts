import { type Crm, Refused } from './crm.ts';
import type { Row } from './sources.ts';

type Json = Record<string, unknown>;

export type Imported = {
  row: Row;
  /** of the customer it became or joined; none: given up */
  id?: string;
  created?: boolean;
  /** what the API refused, field by field, with what was sent */
  refused: { field: string; message: string }[];
};

/** what the API says no to is left out, and kept as it was typed where a person may find it */
const without = (profile: Json, paths: string[]) => {
  const kept: Json = structuredClone(profile);
  const typed: Json = {};
  for (const path of paths) {
    const [field = '', part] = path.split('.');
    const holder = part ? (kept[field] as Json) : kept;
    typed[`${part ?? field}AsTyped`] = holder[part ?? field];
    delete holder[part ?? field];
  }
  return { ...kept, attributes: { ...(kept.attributes as Json), ...typed } };
};

/** somebody without a usable e-mail address goes by the list's own number */
const known = ({ profile, number }: Row): Json =>
  profile.email || profile.externalId || !number ? profile : { ...profile, externalId: number };

/** Upserts one line. What is refused for a bad field is tried once more without it. */
export const importRow = async (crm: Crm, row: Row): Promise<Imported> => {
  const refused: Imported['refused'] = [];
  let profile = row.profile;
  for (let attempt = 1; ; attempt++) {
    try {
      const { status, body } = await crm.told('PUT /v1/customers', { body: known({ ...row, profile }) });
      return { row, id: body.id, created: status === 201, refused };
    } catch (error) {
      if (!(error instanceof Refused) || error.status >= 500) throw error;
      const [first] = error.errors;
      if (!first) return { row, refused: [...refused, { field: error.code, message: error.message }] };
      refused.push(...error.errors.map(({ path, message }) => ({ field: path || 'row', message })));
      const paths = error.errors.map(({ path }) => path).filter(path => (path.split('.')[0] as string) in profile);
      if (!paths.length || attempt === 3) return { row, refused };
      profile = without(profile, paths);
    }
  }
};
