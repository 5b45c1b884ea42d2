export type TextTest = (text: string) => boolean;

/** each UTF-16 unit in its lower or its upper form, without regard to locale */
export function ignoringCase(wanted: string): { equals: TextTest; starts: TextTest; ends: TextTest } {
  const lower = Array.from({ length: wanted.length }, (_, i) => unit(wanted[i]!, wanted[i]!.toLowerCase()));
  const upper = Array.from({ length: wanted.length }, (_, i) => unit(wanted[i]!, wanted[i]!.toUpperCase()));
  const from = (text: string, start: number) => {
    for (let i = 0; i < lower.length; i++) {
      const code = text.charCodeAt(start + i);
      if (code !== lower[i] && code !== upper[i]) return false;
    }
    return true;
  };
  return {
    equals: text => text.length === lower.length && from(text, 0),
    starts: text => text.length >= lower.length && from(text, 0),
    ends: text => text.length >= lower.length && from(text, text.length - lower.length),
  };
}

// a form of two letters (ß, SS) is no form of one unit
const unit = (written: string, form: string) => (form.length === 1 ? form : written).charCodeAt(0);

/** `*` matches any run of characters, `\*` and `\\` match themselves; gives a test, or the error as text */
export function wildcard(pattern: string): TextTest | string {
  if (/^(?:[^*\\]|\\[*\\]|\*(?!\*))*$/s.exec(pattern) === null) {
    return /\*\*/.test(pattern) ? 'has two wildcards in a row' : 'has a backslash that escapes neither * nor \\';
  }
  const pieces = (pattern.match(/\*|(?:[^*\\]|\\.)+/gs) ?? []).map(piece =>
    piece === '*' ? null : piece.replace(/\\(.)/gs, '$1'),
  );
  return pieces.includes(null) ? runs(pieces) : text => text === (pieces[0] ?? '');
}

/** the first piece anchors the start, the last one the end, the others are found leftmost first: never goes back */
function runs(pieces: (string | null)[]): TextTest {
  const head = pieces[0] ?? '';
  const tail = pieces.at(-1) ?? '';
  const inner = pieces.slice(1, -1).filter(piece => piece !== null);
  return text => {
    if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const piece of inner) {
      const found = text.indexOf(piece, from);
      if (found < 0) return false;
      from = found + piece.length;
    }
    return from <= text.length - tail.length;
  };
}
