import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Shown, tableOf, textsOf, titleOf } from './document.ts';

type FontKit = { hasGlyphForCodePoint(code: number): boolean };
type At = { lineBreak: false; baseline: 'alphabetic' };
type Pdf = {
  registerFont(name: string, file: Buffer): Pdf;
  font(name: string): Pdf & { _font: { font: FontKit } };
  fontSize(size: number): Pdf;
  fillColor(colour: string): Pdf;
  widthOfString(text: string): number;
  text(text: string, x: number, y: number, at: At): Pdf;
  moveTo(x: number, y: number): Pdf;
  lineTo(x: number, y: number): Pdf;
  lineWidth(width: number): Pdf;
  stroke(colour: string): Pdf;
  addPage(): Pdf;
  switchToPage(page: number): Pdf;
  bufferedPageRange(): { count: number };
  on(event: 'data', take: (part: Buffer) => void): Pdf;
  on(event: 'end', then: () => void): Pdf;
  end(): void;
};

// it and its fonts are larger than the rest of a bundle: loaded at first use, packed by lib/bundle.ts and lib/code.ts
const load = (): (new (options: object) => Pdf) => createRequire(import.meta.url)('pdfkit');

/** the fonts in the order of preference: file name -> content */
const fontFiles = () => {
  const folder = join(import.meta.dirname, 'files');
  const names = readdirSync(folder).filter(name => name.startsWith('font-'));
  return names.sort().map(name => ({ name, read: () => readFileSync(join(folder, name)) }));
};

type Run = { font: string; text: string };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** what no font has a glyph of, as what looks the same */
const printable = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\u2007\u202f]/g, '\u00a0')
    .replaceAll('\u2011', '-')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');

/** the pieces of a text between which a line can break: a space is one of them, punctuation stays at its word */
export const piecesOf = (text: string) => {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = pieces.at(-1);
    const isApart = last === undefined || segment.startsWith(' ') || last.startsWith(' ');
    if (isApart || (isWordLike && !/[\p{Ps}\p{Pi}\p{Sc}\u00a0]$/u.test(last))) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
};

/** what writes texts in the first font that has the characters, else with the sign for a missing one */
const writer = (pdf: Pdf) => {
  const fonts = fontFiles();
  const opened = new Map<string, FontKit>();
  const open = ({ name, read }: (typeof fonts)[number]) => {
    const font = opened.get(name) ?? pdf.registerFont(name, read()).font(name)._font.font;
    opened.set(name, font);
    return font;
  };
  const chosen = new Map<string, string>();
  const fontOf = (cluster: string) => {
    const codes = [...cluster].map(character => character.codePointAt(0)!);
    const has = (font: (typeof fonts)[number]) => codes.every(code => open(font).hasGlyphForCodePoint(code));
    const font = chosen.get(cluster) ?? (fonts.find(has) ?? fonts[0]!).name;
    chosen.set(cluster, font);
    return font;
  };
  const runsOf = (text: string) => {
    const runs: Run[] = [];
    for (const { segment } of graphemes.segment(text)) {
      const font = fontOf(segment);
      const last = runs.at(-1);
      if (last?.font === font) last.text += segment;
      else runs.push({ font, text: segment });
    }
    return runs;
  };
  const runWidth = ({ font, text }: Run, size: number) => pdf.font(font).fontSize(size).widthOfString(text);
  const widthOf = (text: string, size: number) => runsOf(text).reduce((width, run) => width + runWidth(run, size), 0);
  return {
    widthOf,
    /** the lines of a text in a width: a word that is longer is cut */
    linesOf: (text: string, size: number, width: number) => {
      const fits = (line: string) => widthOf(line.trimEnd(), size) <= width;
      const lines = [''];
      const put = (piece: string) => {
        const line = lines.at(-1)!;
        if (fits(line + piece)) lines[lines.length - 1] = line + piece;
        else if (piece.trim()) lines.push(piece);
      };
      for (const piece of piecesOf(printable(text)))
        if (fits(piece)) put(piece);
        else for (const { segment } of graphemes.segment(piece)) put(segment);
      return lines.map(line => line.trim());
    },
    write: (text: string, size: number, x: number, y: number) => {
      let left = x;
      for (const run of runsOf(text)) {
        const width = runWidth(run, size);
        pdf.text(run.text, left, y + size, { lineBreak: false, baseline: 'alphabetic' });
        left += width;
      }
    },
  };
};

// A4 in points
const page = { width: 595.28, height: 841.89, margin: 56 };
const inner = page.width - 2 * page.margin;
const bottom = page.height - page.margin - 20;
const columns = [0.46, 0.14, 0.2, 0.2].map(share => share * inner);
const gap = 8;
const leading = 1.45;
const ink = { text: '#1a1a1a', light: '#6b6b6b', rule: '#d0d0d0' };

const compose = (pdf: Pdf, shown: Shown) => {
  const { widthOf, linesOf, write } = writer(pdf);
  const accent = shown.settings?.colour ?? ink.text;
  let y = page.margin;
  const room = (height: number) => {
    if (y + height <= bottom) return false;
    pdf.addPage();
    y = page.margin;
    return true;
  };
  const paragraph = (text: string, size: number, colour = ink.text) => {
    for (const line of linesOf(text, size, inner)) {
      room(size * leading);
      pdf.fillColor(colour);
      write(line, size, page.margin, y);
      y += size * leading;
    }
    y += size * 0.5;
  };
  const rule = (colour = ink.rule) => {
    pdf
      .lineWidth(0.75)
      .moveTo(page.margin, y)
      .lineTo(page.margin + inner, y)
      .stroke(colour);
    y += 5;
  };
  const { head, rows } = tableOf(shown);
  const row = (cells: string[], colour: string, size = 10): void => {
    const texts = cells.map((cell, nth) => linesOf(cell, size, columns[nth]! - gap));
    const height = Math.max(...texts.map(lines => lines.length)) * size * leading;
    if (cells !== head && room(height + 6)) row(head, ink.light, 9);
    pdf.fillColor(colour);
    let left = page.margin;
    for (const [nth, lines] of texts.entries()) {
      for (const [at, line] of lines.entries()) {
        const x = nth ? left + columns[nth]! - widthOf(line, size) : left;
        write(line, size, x, y + at * size * leading);
      }
      left += columns[nth]!;
    }
    y += height + 2;
    rule();
  };
  const { above, below } = textsOf(shown);
  if (shown.settings?.name) paragraph(shown.settings.name, 10, ink.light);
  paragraph(titleOf(shown), 20, accent);
  for (const text of above) paragraph(text, 10);
  y += 10;
  row(head, ink.light, 9);
  for (const { cells, kind } of rows)
    row(cells, kind === 'discount' ? ink.light : kind === 'total' ? accent : ink.text);
  y += 10;
  for (const text of below) paragraph(text, 10);
  const { count } = pdf.bufferedPageRange();
  for (let nth = 0; count > 1 && nth < count; nth++) {
    pdf.switchToPage(nth).fillColor(ink.light);
    const text = `${nth + 1} / ${count}`;
    write(text, 8, page.margin + inner - widthOf(text, 8), page.height - page.margin);
  }
};

/** The document of a quote as a PDF, in base64; the same quote makes the same file. */
export const quotePdf = async (shown: Shown) => {
  const { quote, words, settings } = shown;
  const info = {
    Title: titleOf(shown),
    CreationDate: new Date(quote.createdAt),
    Producer: 'Rapport',
    Creator: 'Rapport',
  };
  const pdf = new (load())({
    ...{ size: 'A4', margin: 0, font: null, bufferPages: true, displayTitle: true, lang: words.language },
    info: { ...info, ...(settings?.name ? { Author: settings.name } : {}) },
  });
  const parts: Buffer[] = [];
  const done = new Promise<void>(resolve => pdf.on('data', part => parts.push(part)).on('end', resolve));
  compose(pdf, shown);
  pdf.end();
  await done;
  return Buffer.concat(parts).toString('base64');
};
