// The markup of Liquid as Shopify documents it: the engine passes over what it does not understand.

type Token = { kind: 'text' | 'number' | 'name' | 'sign'; text: string };

const lexemes =
  /\s*(?:(?<text>"[^"]*"|'[^']*')|(?<number>-?\d+(?:\.\d+)?(?![\w.]|\.\d)|-?\d+(?=\.\.))|(?<name>[A-Za-z_][\w-]*\??)|(?<sign>\.\.|==|!=|<>|<=|>=|[<>=|:,.()[\]]))/y;

class Fault extends Error {}

const tokensOf = (markup: string): Token[] => {
  const tokens: Token[] = [];
  const end = markup.trimEnd().length;
  lexemes.lastIndex = 0;
  for (let at = 0; at < end; at = lexemes.lastIndex) {
    const found = lexemes.exec(markup);
    if (!found) throw new Fault(`unexpected ${markup.slice(at).trim().slice(0, 20)}`);
    const [kind, text = ''] = Object.entries(found.groups ?? {}).find(([, one]) => one !== undefined) ?? [];
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
};

type Arity = [least: number, most: number];

const [none, one, two]: Arity[] = [
  [0, 0],
  [1, 1],
  [1, 2],
];

const arities: Record<string, Arity> = {
  ...Object.fromEntries(
    'abs base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode capitalize ceil cgi_escape compact date_to_rfc822 date_to_xmlschema downcase escape escape_once first floor inspect last lstrip newline_to_br normalize_whitespace number_of_words pop raw reverse rstrip sha256 shift size slugify squish strip strip_html strip_newlines to_integer upcase uri_escape url_decode url_encode xml_escape'
      .split(' ')
      .map(name => [name, none]),
  ),
  ...Object.fromEntries(
    'append at_least at_most concat divided_by hmac_sha256 map minus modulo plus prepend push remove remove_first remove_last split times unshift'
      .split(' ')
      .map(name => [name, one]),
  ),
  ...Object.fromEntries(
    'date find find_index has reject replace replace_first replace_last slice where'
      .split(' ')
      .map(name => [name, two]),
  ),
  ...Object.fromEntries(
    'array_to_sentence_string date_to_long_string date_to_string group_by jsonify json'
      .split(' ')
      .map(name => [name, [0, 2]]),
  ),
  ...Object.fromEntries('compact join round sample sort sort_natural sum uniq'.split(' ').map(name => [name, [0, 1]])),
  ...Object.fromEntries('truncate truncatewords'.split(' ').map(name => [name, [0, 2]])),
  default: [0, 1],
  slugify: [0, 2],
};

const comparing = new Set(['==', '!=', '<>', '<', '>', '<=', '>=', 'contains']);

const isWhole = ({ kind, text }: Token) => kind !== 'text' || /^.-?\d+.$/.test(text);

/** what literal arguments are that a filter cannot work with */
const literalFault = (filter: string, args: Token[]): string | undefined => {
  if (filter === 'slice' && args.some(arg => !isWhole(arg) || (arg.kind === 'number' && arg.text.includes('.')))) {
    return 'slice takes whole numbers';
  }
  if (
    (filter === 'divided_by' || filter === 'modulo') &&
    args.some(({ kind, text }) => kind === 'number' && Number(text) === 0)
  ) {
    return `${filter} cannot take 0`;
  }
  return undefined;
};

/** reads the tokens of one tag or output; throws Fault */
class Reader {
  private at = 0;
  private readonly tokens: Token[];
  private readonly filters: ReadonlySet<string>;

  constructor(markup: string, filters: ReadonlySet<string>) {
    this.tokens = tokensOf(markup);
    this.filters = filters;
  }

  peek = (): Token | undefined => this.tokens[this.at];
  is = (text: string) => this.peek()?.text === text && this.peek()?.kind !== 'text';
  take = (text: string) => this.is(text) && Boolean(++this.at);

  need(text: string) {
    if (!this.take(text)) throw new Fault(`expected ${text}, found ${this.peek()?.text ?? 'the end'}`);
  }

  name(): string {
    const found = this.peek();
    if (found?.kind !== 'name') throw new Fault(`expected a name, found ${found?.text ?? 'the end'}`);
    this.at++;
    return found.text;
  }

  end() {
    if (this.peek()) throw new Fault(`unexpected ${this.peek()?.text}`);
  }

  private steps() {
    for (;;) {
      if (this.take('[')) {
        this.value();
        this.need(']');
      } else if (this.take('.')) this.name();
      else return;
    }
  }

  value(): Token {
    const found = this.peek();
    if (!found) throw new Fault('expected a value, found the end');
    if (this.take('(')) {
      this.value();
      this.need('..');
      this.value();
      this.need(')');
      return found;
    }
    if (found.text === '[' && found.kind === 'sign') this.steps();
    else if (found.kind === 'sign') throw new Fault(`expected a value, found ${found.text}`);
    else {
      this.at++;
      if (found.kind === 'name') this.steps();
    }
    return found;
  }

  private argument(): Token[] {
    const [, colon] = this.tokens.slice(this.at);
    if (this.peek()?.kind !== 'name' || colon?.text !== ':' || colon.kind !== 'sign') return [this.value()];
    this.at += 2;
    this.value();
    return [];
  }

  private filter() {
    const name = this.name();
    if (!this.filters.has(name)) throw new Fault(`undefined filter: ${name}`);
    const args: Token[] = [];
    if (this.take(':')) {
      do args.push(...this.argument());
      while (this.take(','));
    }
    const [least, most] = arities[name] ?? [0, Number.POSITIVE_INFINITY];
    if (args.length < least || args.length > most) {
      const counts = least === most ? `${least}` : `${least} to ${most}`;
      throw new Fault(`${name} takes ${counts} argument${counts === '1' ? '' : 's'}, not ${args.length}`);
    }
    const wrong = literalFault(name, args);
    if (wrong) throw new Fault(wrong);
  }

  filtered() {
    this.value();
    while (this.take('|')) this.filter();
  }

  condition() {
    do {
      this.value();
      const operator = this.peek();
      if (operator && operator.kind !== 'text' && comparing.has(operator.text)) {
        this.at++;
        this.value();
      }
    } while (this.take('and') || this.take('or'));
  }

  list(...separators: string[]) {
    do this.value();
    while (separators.some(one => this.take(one)));
  }

  loop(options: string[]) {
    this.name();
    this.need('in');
    this.value();
    this.take('reversed');
    for (this.take(','); this.peek(); this.take(',')) {
      const option = this.name();
      if (!options.includes(option)) throw new Fault(`unknown option ${option}`);
      this.need(':');
      const given = this.value();
      if (!isWhole(given)) throw new Fault(`${option} takes a whole number`);
    }
  }
}

const tags: Record<string, (reader: Reader) => void> = {
  assign: reader => {
    reader.name();
    reader.need('=');
    reader.filtered();
  },
  capture: reader => void reader.value(),
  case: reader => void reader.value(),
  when: reader => reader.list(',', 'or', 'and'),
  if: reader => reader.condition(),
  unless: reader => reader.condition(),
  elsif: reader => reader.condition(),
  for: reader => reader.loop(['limit', 'offset']),
  tablerow: reader => reader.loop(['cols', 'limit', 'offset']),
  cycle: reader => {
    reader.value();
    if (reader.take(':')) return reader.list(',');
    if (reader.take(',')) reader.list(',');
  },
  increment: reader => void reader.name(),
  decrement: reader => void reader.name(),
  echo: reader => reader.filtered(),
};

const faultIn = (read: () => void): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
};

/** What is wrong with the markup of a tag, or of an output where no tag is named; undefined: nothing. */
export const markupFault = (markup: string, filters: ReadonlySet<string>, tag?: string): string | undefined => {
  const read = tag === undefined ? (reader: Reader) => reader.filtered() : tags[tag];
  if (!read || (tag === undefined && !markup.trim())) return undefined;
  return faultIn(() => {
    const reader = new Reader(markup, filters);
    read(reader);
    reader.end();
  });
};
