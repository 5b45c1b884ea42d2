import { customerSettingsChanged } from '../../../events/provenance.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import { settingsOf } from '../settings.ts';
import type { attributeRoutes } from './attribute-routes.ts';
import { keeping } from './declared.ts';
import { isOwn, namedAttribute } from './definition.ts';

/** an attribute by its whole path: `attributes.plan`, not `plan` */
const isAttribute = (path: string) =>
  namedAttribute(path) === path || (isOwn(path) && namedAttribute(path) !== undefined);

export const putCustomerRules: Handler<typeof attributeRoutes.putCustomerRules> = async ({ body }, { store }) => {
  const unknown = Object.keys(body.survivorship.attributes ?? {}).filter(path => !isAttribute(path));
  if (unknown.length) {
    const message = 'is no attribute: name a field of ours, or attributes.<name>';
    throw invalid(unknown.map(path => ({ path: `survivorship.attributes.${path}`, message })));
  }
  const { after, change } = keeping(await settingsOf(store), body);
  return store.commit([change, emit(customerSettingsChanged, { about: 'customers', data: body })], after);
};
