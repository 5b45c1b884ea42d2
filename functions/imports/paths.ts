import { Profile } from '../customers/customer.ts';

const { address, attributes, identifiers, kind, ...plain } = Profile.shape;

const addressParts = Object.keys(address.unwrap().shape);

/** where a column may lead: a field of a profile, a part of its address, an identifier or an attribute of any name */
export const isImportable = (path: string) => {
  const [field = '', part = '', ...more] = path.split('.');
  if (more.length) return false;
  if (field === 'address') return addressParts.includes(part);
  if (field === 'identifiers') return /^[\w-]{1,40}$/.test(part);
  if (field === 'attributes') return /^[A-Za-z_][\w-]{0,63}$/.test(part);
  return !part && (field === 'kind' || field in plain);
};

/** the paths that have names of their own */
export const namedPaths = ['kind', ...Object.keys(plain), ...addressParts.map(part => `address.${part}`)];
