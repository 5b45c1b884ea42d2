import { createHash } from 'node:crypto';
import { Reply } from './contract.ts';

export const escaped = (text: string) => text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);

/** of a company that has set none */
export const usualColour = '#1a4fb4';

const styleOf = (colour: string) =>
  `body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;border-top:.375rem solid ${colour};color:#1a1a1a;background:#fff;accent-color:${colour};overflow-wrap:anywhere}` +
  'main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.75rem;line-height:1.25;margin:1rem 0}' +
  `.brand{margin:0;font-weight:600;color:${colour}}.brand img{display:block;max-width:100%;height:3rem;object-fit:contain;object-position:left}` +
  `button,select{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:${colour};color:#fff;cursor:pointer}` +
  'button{margin:0 .25rem .5rem 0}select{background:#fff;color:#1a1a1a;border:1px solid #595959;max-width:100%}' +
  `button.second{background:#fff;color:${colour};border:1px solid ${colour}}` +
  `a{color:${colour}}` +
  'fieldset{border:1px solid #8a8a8a;border-radius:.375rem;margin:1.5rem 0;padding:.5rem 1rem 1rem}legend{font-weight:600;padding:0;float:left;width:100%;margin:.5rem 0}legend+*{clear:both}' +
  'label{display:block;padding:.5rem 0}input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;margin:0 .75rem 0 0;vertical-align:-.2rem}' +
  'input[type=text],input[type=email],input[type=search]{display:block;width:100%;font:inherit;padding:.625rem .75rem;margin:.25rem 0 .5rem;border:1px solid #595959;border-radius:.375rem;box-sizing:border-box}nav{max-width:34rem;margin:0 auto;padding:1rem 1rem 0}nav a{margin-right:1rem}[hidden]{display:none}h2{font-size:1.25rem;margin:1.5rem 0 .5rem}h3{font-size:1.0625rem;margin:1rem 0 .25rem}' +
  'textarea{display:block;width:100%;font:inherit;margin:.25rem 0 1rem;box-sizing:border-box}' +
  'small{display:block;color:#595959;margin-left:2rem}[role=status]{border-left:.25rem solid;padding:.5rem 1rem;background:#f2f2f2}' +
  'table{border-collapse:collapse;width:100%;margin:1.5rem 0}td,th{padding:.375rem .5rem;border-bottom:1px solid #d0d0d0;text-align:start;vertical-align:top}.amount{text-align:end;white-space:nowrap}' +
  '@media print{form,[role=status]{display:none}body{border:0;font-size:11pt}main{max-width:none;padding:0}}' +
  ':focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}';

const scriptSource = (script: string) =>
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; connect-src 'self'; `;

/** nothing is loaded but the logo, no script runs but the page's own, and no other page shows this one in a frame */
const headersOf = ({ logo, script }: Pick<Page, 'logo' | 'script'>) => ({
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; ${logo ? `img-src ${new URL(logo).origin}; ` : ''}${script ? scriptSource(script) : ''}form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
});

type Page = {
  status?: number;
  title: string;
  body: string;
  language?: string | undefined;
  name?: string | undefined;
  colour?: string | undefined;
  logo?: string | undefined;
  /** links above the page */
  nav?: string | undefined;
  script?: string | undefined;
};

/** the name of a company, or its logo with the name for who does not see it */
export const brandMark = ({ name = '', logo }: { name?: string | undefined; logo?: string | undefined }, style = '') =>
  logo ? `<img src="${escaped(logo)}" alt="${escaped(name)}"${style}>` : escaped(name);

/** A page for customers, which needs nothing from elsewhere but a logo. */
export const htmlPage = ({
  status = 200,
  title,
  body,
  language = 'en',
  name,
  colour = usualColour,
  logo,
  nav = '',
  script,
}: Page) =>
  new Reply(
    status,
    `<!doctype html>
<html lang="${escaped(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(name ? `${title} · ${name}` : title)}</title><style>${styleOf(colour)}</style></head>
<body>${nav}<main>${name || logo ? `<p class="brand">${brandMark({ name, logo })}</p>` : ''}<h1>${escaped(title)}</h1>${body}</main>${script ? `<script>${script}</script>` : ''}</body>
</html>
`,
    headersOf({ logo, script }),
  );
