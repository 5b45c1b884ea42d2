/** colours and widths of the page */
const theme = {
  sidebar: { width: '300px', backgroundColor: '#f7f8f8', textColor: '#1d2b2a' },
  rightPanel: { backgroundColor: '#17302d' },
  colors: { primary: { main: '#0b6b5d' } },
  typography: {
    fontSize: '15px',
    fontFamily: 'system-ui, sans-serif',
    headings: { fontFamily: 'system-ui, sans-serif', fontWeight: '600' },
    code: { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: '13px' },
  },
};

const options = {
  disableSearch: false,
  expandResponses: '200,201',
  hideDownloadButton: false,
  jsonSampleExpandLevel: 3,
  nativeScrollbars: true,
  pathInMiddlePanel: true,
  requiredPropsFirst: true,
  schemaExpansionLevel: 1,
  theme,
};

const text = (value: string) => value.replace(/[<&]/g, char => (char === '<' ? '&lt;' : '&amp;'));

/** starts the page; a file of its own, so that the page needs no inline script */
export const docsScript = () =>
  `Redoc.init('/openapi.json', ${JSON.stringify(options)}, document.getElementById('reference'));\n`;

/** The reference as a page. Everything it shows comes from the API itself. */
export const docsPage = (title: string, scripts: string[]) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 } noscript { display: block; padding: 2rem; font: 1rem system-ui, sans-serif }</style>
</head>
<body>
<noscript>This page needs JavaScript. The same reference for tools: <a href="/openapi.json">openapi.json</a>.</noscript>
<div id="reference"></div>
${scripts.map(src => `<script src="${src}"></script>`).join('\n')}
</body>
</html>
`;

/** what the page may load: nothing from anywhere else, whatever its script would like */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
