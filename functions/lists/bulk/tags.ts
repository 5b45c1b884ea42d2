import type { StoredCustomer } from '../../customers/customer.ts';
import { ApiError } from '../../shared/http/api-error.ts';

/** the tags that a customer carries */
export const tagsOf = ({ attributes }: Pick<StoredCustomer, 'attributes'>): unknown[] => {
  const tags = attributes?.tags ?? [];
  if (Array.isArray(tags)) return tags;
  throw new ApiError('invalid', 'tags.no-list', 'attributes.tags of this customer is no list of tags');
};

/** a merge patch that makes a customer carry a tag */
export const tagging = (customer: StoredCustomer, tag: string) => {
  const tags = tagsOf(customer);
  return tags.includes(tag) ? {} : { attributes: { tags: [...tags, tag] } };
};

/** a merge patch that takes a tag off a customer */
export const untagging = (customer: StoredCustomer, tag: string) => {
  const tags = tagsOf(customer);
  const left = tags.filter(one => one !== tag);
  if (left.length === tags.length) return {};
  return { attributes: { tags: left.length ? left : null } };
};
