const field = document.getElementById('search');
const found = document.getElementById('found');
const most = 12;

for (const link of document.querySelectorAll('nav a')) {
  if (new URL(link.href).pathname !== location.pathname) continue;
  link.setAttribute('aria-current', 'page');
  link.scrollIntoView({ block: 'nearest' });
}

const entry = ({ title, at, words }) => {
  const [item, link, small] = ['li', 'a', 'small'].map(tag => document.createElement(tag));
  link.href = at;
  link.textContent = title;
  small.textContent = words;
  item.append(link, small);
  return item;
};

field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = ({ title, words: more }) => `${title} ${more}`.toLowerCase();
  const hits = words.length ? entries.filter(one => words.every(word => texts(one).includes(word))) : [];
  found.replaceChildren(...hits.slice(0, most).map(entry));
});

field.addEventListener('keydown', event => {
  if (event.key === 'Enter') found.querySelector('a')?.click();
});
