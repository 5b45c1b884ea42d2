import type { Store } from '../shared/store/store.ts';
import { type Template, templates } from './template.ts';

/** the template, or undefined */
export const templateById = (store: Store, id: string): Promise<Template | undefined> => store.get(templates, { id });

export type { Template };
