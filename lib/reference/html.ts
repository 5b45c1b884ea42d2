import { marked } from 'marked';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text: unknown) => String(text).replace(/[&<>"]/g, sign => entities[sign]!);

export const code = (text: unknown) => `<code>${escaped(text)}</code>`;

export const block = (text: string) => `<pre><code>${escaped(text)}</code></pre>`;

/** Markdown of ours, of a line or of a page; what looks like HTML in it is text */
export const inline = (text: string) => marked.parseInline(escapeTags(text), { async: false });
export const markdown = (text: string) => marked.parse(escapeTags(text), { async: false });

const escapeTags = (text: string) => text.replace(/<(?=[a-z/!])/gi, '&lt;');

export const table = (head: string[], rows: string[][]) => {
  const row = (cells: string[], tag: string) => `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const body = rows.map(cells => row(cells, 'td')).join('\n');
  return `<div class="table"><table><thead>${row(head, 'th')}</thead><tbody>\n${body}\n</tbody></table></div>`;
};

export const details = (summary: string, content: string, open = false) =>
  `<details${open ? ' open' : ''}><summary>${summary}</summary>${content}</details>`;
