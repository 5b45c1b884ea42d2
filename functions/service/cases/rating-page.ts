import { createHash } from 'node:crypto';
import { escaped } from '../../shared/http/html-page.ts';
import type { Case } from './case.ts';

const style = `body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
fieldset{border:0;padding:0;margin:0 0 1rem}legend{padding:0;margin-bottom:.5rem}
label{display:inline-block;margin-right:1rem}textarea{display:block;width:100%;font:inherit;margin:.25rem 0 1rem;box-sizing:border-box}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#1a4fb4;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}`;

// mail scanners follow links, so opening the page must not rate
const script = `const form=document.querySelector('form');
form?.addEventListener('submit',async event=>{event.preventDefault();
const given=new FormData(form);const comment=given.get('comment');
const reply=await fetch(location.href,{method:'POST',headers:{'content-type':'application/json'},
body:JSON.stringify({score:Number(given.get('score')),...(comment?{comment}:{})})});
document.querySelector('[role=status]').textContent=reply.ok?'Thank you.':reply.status===409?'You have already rated this case. Thank you.':'Your rating was not saved. Please try again.';
if(reply.ok)form.remove()});`;

/** the page loads nothing else */
export const pageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const scores = [
  [5, 'Very satisfied'],
  [4, 'Satisfied'],
  [3, 'Neither satisfied nor dissatisfied'],
  [2, 'Dissatisfied'],
  [1, 'Very dissatisfied'],
]
  .map(([score, words]) => `<label><input type="radio" name="score" value="${score}" required> ${words}</label>`)
  .join('\n');

const form = `<form><fieldset><legend>How satisfied are you with our service?</legend>
${scores}</fieldset>
<label for="comment">Comment (optional)</label><textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button type="submit">Send</button></form>`;

export const ratingPage = ({ number, subject, satisfaction }: Case) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>How did we do?</title><style>${style}</style></head>
<body><main><h1>How did we do?</h1><p>${escaped(number)}: ${escaped(subject)}</p>${satisfaction ? '' : form}
<p role="status">${satisfaction ? 'You have already rated this case. Thank you.' : ''}</p></main><script>${script}</script></body>
</html>
`;
