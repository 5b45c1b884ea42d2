import { escaped } from '../../shared/http/html-page.ts';

/** a line of Markdown: emphasis, code, and links to other sites; all else as it is written */
const inline = (text: string) =>
  escaped(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*\s][^*]*)\*/g, '<em>$1</em>')
    .replace(/\[([^\]]+)\]\((https?:[^\s()"<]+|mailto:[^\s()"<]+)\)/g, '<a href="$2" rel="noopener">$1</a>');

const marker = /^\s*(?:[-*+]|(\d+)[.)])\s+/;

const blockOf = (block: string, top: number): string => {
  const lines = block.split('\n');
  const [first = ''] = lines;
  const [, marks, heading] = /^(#{1,6})\s+(.*)$/.exec(first) ?? [];
  if (marks && heading !== undefined) {
    const level = Math.min(marks.length - 1 + top, top + 1);
    const rest = lines.slice(1).join('\n').trim();
    return `<h${level}>${inline(heading)}</h${level}>${rest ? blockOf(rest, top) : ''}`;
  }
  if (lines.every(line => marker.test(line))) {
    const name = marker.exec(first)?.[1] ? 'ol' : 'ul';
    return `<${name}>${lines.map(line => `<li>${inline(line.replace(marker, ''))}</li>`).join('')}</${name}>`;
  }
  return `<p>${lines.map(inline).join('<br>')}</p>`;
};

/** The common part of Markdown as HTML, its headings from a level on: nothing in it runs or is loaded. */
export const htmlOf = (markdown: string, top = 2): string =>
  markdown
    .split(/\n\s*\n/)
    .map(block => block.trim())
    .filter(Boolean)
    .map(block => blockOf(block, top))
    .join('');
