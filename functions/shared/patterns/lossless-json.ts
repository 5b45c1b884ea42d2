/** a number with a decimal value that a double cannot hold (17 digits, 1e400): equal only to the same source text */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** the values of a key that one JSON object names more than once, in order */
export class Repeated {
  readonly values: unknown[];
  constructor(values: unknown[]) {
    this.values = values;
  }
}

const token = /[{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\],:"]+/g;
const deepest = 1000; // as Jackson

/** Parses JSON without loss: preserves repeated keys and integers past 2^53; throws SyntaxError */
export function parseLossless(text: string): unknown {
  JSON.parse(text); // the grammar's judge; what follows may trust the text
  const tokens = text.match(token) ?? [];
  let at = 0;

  const value = (depth: number): unknown => {
    if (depth > deepest) throw new SyntaxError(`JSON nested deeper than ${deepest}`);
    const next = tokens[at++] as string;
    if (next === '{') return object(depth + 1);
    if (next === '[') return array(depth + 1);
    return /^[-\d]/.test(next) ? number(next) : JSON.parse(next);
  };
  const array = (depth: number) => {
    const items: unknown[] = [];
    while (tokens[at] !== ']') {
      items.push(value(depth));
      if (tokens[at] === ',') at++;
    }
    at++;
    return items;
  };
  const object = (depth: number) => {
    const members: Record<string, unknown> = Object.create(null);
    while (tokens[at] !== '}') {
      const key = JSON.parse(tokens[at] as string);
      at += 2; // the key and its colon
      add(members, key, value(depth));
      if (tokens[at] === ',') at++;
    }
    at++;
    return members;
  };
  return value(0);
}

function add(members: Record<string, unknown>, key: string, value: unknown) {
  const held = members[key];
  if (held instanceof Repeated) held.values.push(value);
  else members[key] = key in members ? new Repeated([held, value]) : value;
}

function number(text: string): number | ExactNumber {
  const double = Number(text);
  const held = Number.isFinite(double) && decimal(text) === decimal(String(double));
  return held ? double : new ExactNumber(text);
}

/** one spelling per decimal value: significant digits, then the power of ten of the last one */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (!significant) return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
