/** the 4 or 16 bytes of an IPv4 or IPv6 literal; undefined for any other text; an IPv4 address mapped into IPv6 is IPv4 */
export function addressBytes(text: string): number[] | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return text.length > 15 ? undefined : ipv4(text);
  if (/^[\da-fA-F:]*:[\da-fA-F:]*$/.test(text)) return ipv6(text);
}

export function sharesPrefix(a: number[], b: number[], bits: number): boolean {
  if (a.length !== b.length) return false;
  return a.every((byte, i) => {
    const counted = Math.min(8, Math.max(0, bits - 8 * i));
    return byte >> (8 - counted) === b[i]! >> (8 - counted);
  });
}

/** a CIDR block as a test of address literals; undefined when malformed; /32 and /128 are single addresses, not blocks */
export function block(cidr: string): ((text: string) => boolean) | undefined {
  const [, literal = '', mask = ''] = /^([^/]+)\/(\d+)$/.exec(cidr) ?? [];
  const base = addressBytes(literal);
  if (!base || Number(mask) >= base.length * 8) return;
  return text => {
    const address = addressBytes(text);
    return address !== undefined && sharesPrefix(address, base, Number(mask));
  };
}

function ipv4(text: string): number[] | undefined {
  const bytes = text.split('.').map(Number); // leading zeros are decimal, as in Java
  return bytes.every(byte => byte <= 255) ? bytes : undefined;
}

function ipv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return;
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')));
  const gap = 8 - head.length - tail.length;
  if (halves.length === 2 ? gap < 1 : gap !== 0) return;
  const groups = [...head, ...Array(gap).fill('0'), ...tail];
  if (groups.some(group => group === '' || Number.parseInt(group, 16) > 0xffff)) return;
  const bytes = groups.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  const mapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
}
