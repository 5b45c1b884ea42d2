import { createHash } from 'node:crypto';
import type { Case } from './case.ts';

const style = `body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
fieldset{border:0;padding:0;margin:0 0 1rem}legend{padding:0;margin-bottom:.5rem}
label{display:inline-block;margin-right:1rem}textarea{display:block;width:100%;font:inherit;margin:.25rem 0 1rem;box-sizing:border-box}
button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#1a4fb4;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}`;

// mail scanners follow links, so opening the page rates nothing
const script = `const form=document.querySelector('form');
form?.addEventListener('submit',async event=>{event.preventDefault();
const given=new FormData(form);const comment=given.get('comment');
const reply=await fetch(location.href,{method:'POST',headers:{'content-type':'application/json'},
body:JSON.stringify({score:Number(given.get('score')),...(comment?{comment}:{})})});
document.querySelector('[role=status]').textContent=reply.ok?'Thank you.':reply.status===409?'You have rated this already. Thank you.':'That did not work. Please try again.';
if(reply.ok)form.remove()});`;

/** nothing on the page but itself */
export const pageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);

const scores = [
  [5, 'Very content'],
  [4, 'Content'],
  [3, 'Neither'],
  [2, 'Not content'],
  [1, 'Not at all content'],
]
  .map(([score, words]) => `<label><input type="radio" name="score" value="${score}" required> ${words}</label>`)
  .join('\n');

const form = `<form><fieldset><legend>Are you content with how we handled it?</legend>
${scores}</fieldset>
<label for="comment">Anything to add?</label><textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button type="submit">Send</button></form>`;

/** the page on which a customer rates a case */
export const ratingPage = ({ number, subject, satisfaction }: Case) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>How did we do?</title><style>${style}</style></head>
<body><main><h1>How did we do?</h1><p>${escaped(number)}: ${escaped(subject)}</p>${satisfaction ? '' : form}
<p role="status">${satisfaction ? 'You have rated this already. Thank you.' : ''}</p></main><script>${script}</script></body>
</html>
`;
