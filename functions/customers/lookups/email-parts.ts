/** hosts that read `name+word@` as `name@`, by the name that is one for all of theirs */
const tagging: Record<string, string> = {
  'gmail.com': 'gmail.com',
  'googlemail.com': 'gmail.com',
  'outlook.com': 'outlook.com',
  'hotmail.com': 'hotmail.com',
  'live.com': 'live.com',
  'icloud.com': 'icloud.com',
};

/** at these, dots in the name count for nothing too */
const dotless = 'gmail.com';

/** The form of an address that is one for all spellings of a mailbox. To be compared, never to be written to. */
export const matchingEmail = (email: string) => {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  const local = email.slice(0, at).toLowerCase();
  const host = tagging[domain];
  if (!host) return `${local}@${domain}`;
  const name = local.replace(/\+.*$/, '');
  return `${host === dotless ? name.replaceAll('.', '') : name}@${host}`;
};
