/** What its sender wrote, and the rest: what it quotes, and the signature. */
export type Trimmed = { text: string; quoted: string };

/** text · empty · > quote · delimiter of a signature or of another message · introduction of a quote · header · mobile signature */
type Kind = 't' | 'e' | 'q' | 'd' | 'i' | 'h' | 's';

const delimiters = [
  /^\s*(?:--|—)\s*$/,
  /^\s*_{10,}\s*$/,
  /^[\s*>]*-{3,}\s*\p{L}[\p{L}\s:]*-{3,}[\s*]*$/u,
  /^[\s*]*(?:begin forwarded message|début du message réexpédié|anfang der weitergeleiteten nachricht)\s*:?[\s*]*$/i,
];

const headers =
  /^\s*[*_]*(?:from|sent|to|cc|subject|date|reply-to|importance|de|envoyé|à|objet|répondre|von|gesendet|an|betreff|datum|antwort an|da|inviato|a|oggetto|data|risposta|enviado(?: el)?|fecha|para|asunto|enviada(?: em)?|assunto|van|verzonden|aan|onderwerp|fra|sendt|til|emne|från|skickat|till|ämne|od|wysłano|do|temat|от|кому|тема|дата|发件人|发送时间|收件人|主题|差出人|送信日時|宛先|件名)[*_]*\s*[:：]/iu;

const wrote =
  'wrote|writes|schrieb|schreef|geschreven|écrit|escribió|escreveu|scritto|skrev|kirjoitti|napisał(?:\\(a\\)|a)?|napsala?|írta|написала?|пише|писала?|пишет|yazdı|写道|寫道|さんは書きました|のメッセージ';

/** in several languages a verb; in all others a time and an address: `12 Mar 2026 9:41 Ada <ada@example.com>:` */
const introductions = [
  new RegExp(`^(?=.*\\d)[\\s-]*.{3,250}(?:${wrote})(?:\\s+(?:het volgende|folgendes|:|-|——))*[\\s:：-]*$`, 'isu'),
  /^(?=.*(?:\d{4}|\d{1,2}[.:h]\d{2})).{0,250}<[^<>]*@[^<>]*>{1,2}[^<>:：]{0,60}[:：]?\s*$/isu,
  /^(?=.*\d).{0,200}<[^<>]*@[^<>]*>\s+\S+ am .{5,60}[:：]\s*$/isu,
];

const signatures = [
  /^\s*[<(*]*\s*(?:sent|send) (?:from|via|with|by|using)\b.{0,120}$/i,
  /^\s*from my \p{L}[\w ]{1,40}$/iu,
  /^\s*(?:someone )?from (?:my )?mobile\s*$/i,
  /^\s*(?:get|download) \[?outlook for \w+/i,
  /^\s*(?:envoyé (?:depuis|de|à partir)|von meinem .{2,60} gesendet|gesendet (?:von|mit)|diese nachricht wurde von mein|enviado (?:desde|do|de)|inviato da|verzonden (?:vanaf|met)|verstuurd vanaf|sendt fra|skickat från|wysłane z|отправлено (?:с|из)|надіслано з|iphoneから送信|发自我的|從我的)/iu,
];

const some = (patterns: RegExp[], text: string) => patterns.some(pattern => pattern.test(text));

const begins = /^\s*(?:\d|[*"“]?(?:on|le|am|el|il|op|den|em|on|na|dnia|w dniu|dne|pe|tarihinde|в|у)\b)(?=.*\d)/iu;

/** lines that an introduction is wrapped to at most; where it begins with a time, empty ones too */
const wrapped = { most: 3, loosely: 6 };

const isBlankOrQuote = (line: string) => !line.trim() || /^\s*>(?!\s*(?:wrote|schrieb)?\s*[:：]\s*$)/.test(line);

/** whether the next line is still part: `wrote:` */
const isEnd = (last: string, next = '') => !/[:：]\s*$/.test(last) && /^(?:>\s*)?[\p{L} ()]{3,30}[:：]\s*$/u.test(next);

/** how many lines from `at` on introduce a quote; 0 when they do not */
const introduced = (lines: string[], at: number): number => {
  const isBegun = begins.test(lines[at]!);
  const isTimed = isBegun && /\d{1,2}[:.h]\d{2}/.test(lines[at]!);
  for (let count = 1; count <= (isTimed ? wrapped.loosely : wrapped.most) && at + count <= lines.length; count++) {
    const several = lines.slice(at, at + count);
    if (count > 1 && several.some(line => headers.test(line))) return 0;
    if (several.some((line, nth) => (nth && isTimed ? /^\s*>\s*\S+ .*[^:：]\s*$/.test(line) : isBlankOrQuote(line))))
      return 0;
    if (!some(introductions, several.join(' '))) continue;
    // a line of text before it is no part of it
    return count > 1 && !isBegun && some(introductions, several.slice(1).join(' '))
      ? 0
      : count + (isEnd(several.at(-1)!, lines[at + count]) ? 1 : 0);
  }
  return 0;
};

/** with each introduction on one line */
const unwrapped = (lines: string[]): string[] => {
  const joined: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const count = introduced(lines, at) || 1;
    joined.push(
      count > 1
        ? lines
            .slice(at, at + count)
            .filter(Boolean)
            .join(' ')
        : lines[at]!,
    );
    at += count;
  }
  return joined;
};

const kindOf = (line: string): Kind => {
  if (!line.trim()) return 'e';
  if (/^\s*>/.test(line)) return 'q';
  if (some(introductions, line)) return 'i';
  if (some(delimiters, line)) return 'd';
  if (headers.test(line)) return 'h';
  return line.length < 160 && some(signatures, line) ? 's' : 't';
};

/** answers between quotes are part of what was written */
const isBetween = (kinds: string) => {
  const answer = kinds.indexOf('et', kinds.indexOf('q', kinds.indexOf('i')));
  return answer >= 0 && kinds.includes('q', answer);
};

/** where the rest begins, in lines */
const ends = (kinds: string): number => {
  const found = [kinds.indexOf('d'), isBetween(kinds) ? -1 : kinds.indexOf('i'), kinds.search(/h(?:e?h){2}/)];
  const end = Math.min(kinds.length, ...found.filter(at => at >= 0));
  const [tail = ''] = /[esq]*$/.exec(kinds.slice(0, end)) ?? [];
  return end - tail.length;
};

const tidy = (lines: string[]) => lines.join('\n').trim();

/** longer texts are no letters; no pattern above is tried on them */
const mostLines = 3_000;

const cut = (lines: string[]): [string[], string[]] => {
  const kinds = lines.map(kindOf).join('');
  // an answer below the whole quote
  const below = /^e*i[iqeh]*q[iqeh]*(?=t[te]*(?:[ds].*)?$)/.exec(kinds)?.[0].length;
  if (below) {
    const [text, rest] = cut(lines.slice(below));
    return [text, [...lines.slice(0, below), ...rest]];
  }
  const at = ends(kinds);
  return /[tq]/.test(kinds.slice(0, at)) ? [lines.slice(0, at), lines.slice(at)] : [lines, []];
};

/** Parts what was written from quotes and signatures. What is unclear stays with what was written. */
export const trimReply = (given: string): Trimmed => {
  const lines = given
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .split('\n');
  if (lines.length > mostLines) return { text: given.trim(), quoted: '' };
  const [text, quoted] = cut(unwrapped(lines));
  return { text: tidy(text), quoted: tidy(quoted) };
};
