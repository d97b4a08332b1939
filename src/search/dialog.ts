/**
 * The search dialog: a field, a list of links, a setting. It loads Pagefind when it is first opened and knows how results
 * are shown; it refuses to know what is indexed. It is served as a module of its own (src/pages/search/dialog.js.ts).
 */

/** What is used of Pagefind's browser API, version 1.5. */
interface Pagefind {
  createInstance(options: { noWorker: boolean; excerptLength: number; ranking: { metaWeights: Readonly<Record<string, number>> } }): PagefindInstance;
}
interface PagefindInstance {
  init(): Promise<void>;
  debouncedSearch(term: string, options: object, milliseconds: number): Promise<{ results: readonly { data(): Promise<Passage> }[] } | null>;
}
/** One section of a page. */
interface Passage {
  readonly url: string;
  /** HTML with `<mark>` around the words that were found. */
  readonly excerpt: string;
  readonly meta: { readonly title?: string; readonly page?: string };
}

const MOST_PASSAGES = 8;
const DEBOUNCE_MS = 120;

/** Titles count as text, with a weight for each kind of page (src/search/pagefind.ts); a page's name is there to be shown, not to be found. */
const RANKING = { metaWeights: { title: 0, page: 0, also: 7 } };

/** Words that say nothing of what is sought. Pagefind would take "a" for the beginning of "about" and of much else. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be but by can do does for from has have how i if in into is it its my of on or should so than that the their then there these they this to was we were what when where which who why will with you your'.split(' '),
);

/** What is sent to the index: the query without function words, or all of it where nothing else would be left. */
export function searchedFor(query: string): string {
  const words = query.split(/\s+/);
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word.toLowerCase().replaceAll(/^\W+|\W+$/g, '')));
  return (telling.length > 0 ? telling : words).join(' ').trim();
}

const STYLE = `
.search-dialog { width: min(42rem, calc(100vw - 1.5rem)); max-height: min(44rem, calc(100dvh - 3rem)); margin: 1.5rem auto auto; padding: 0; color: var(--ink); background: var(--raise); border: 1px solid var(--edge); border-radius: var(--radius); overflow: hidden; }
.search-dialog[open] { display: flex; flex-direction: column; }
.search-dialog::backdrop { background: rgb(0 0 0 / 0.45); }
.search-dialog form { display: grid; grid-template-columns: 1fr auto; gap: 0.3rem 0.6rem; padding: 0.9rem 1rem 0.7rem; border-bottom: 1px solid var(--rule); }
.search-dialog form > label { grid-column: 1 / -1; font-weight: 650; }
.search-dialog input[type='search'] { width: 100%; min-height: 2.75rem; font-size: 1.06rem; }
.search-dialog form button { min-height: 2.75rem; }
.search-dialog [role='status'] { grid-column: 1 / -1; margin: 0; font-size: 0.92rem; color: var(--muted); min-height: 1.5em; }
.search-dialog ol { flex: 1 1 auto; overflow-y: auto; margin: 0; padding: 0.3rem 1rem 0.6rem; list-style: none; }
.search-dialog ol:empty { display: none; }
.search-dialog ol > li { padding: 0.7rem 0; margin: 0; border-top: 1px solid var(--rule); }
.search-dialog ol > li:first-child { border-top: 0; }
.search-dialog ol > li > a { font-weight: 650; font-size: 1.05rem; }
.search-dialog li p { margin: 0.15rem 0 0; font-size: 0.92rem; line-height: 1.45; color: var(--muted); overflow-wrap: anywhere; }
.search-dialog li ul { list-style: none; margin: 0.4rem 0 0; padding-left: 0.9rem; border-left: 2px solid var(--rule); }
.search-dialog mark { color: var(--ink); font-weight: 650; border-bottom: 0.14em solid var(--kn-ink); padding: 0; }
.search-dialog footer { display: flex; gap: 0.5rem; align-items: center; padding: 0.5rem 1rem; border-top: 1px solid var(--rule); font-size: 0.9rem; color: var(--muted); }
.search-dialog footer label { display: inline-flex; gap: 0.5rem; align-items: center; min-height: 1.5rem; }
`;

let dialog: HTMLDialogElement | undefined;

/** Opens the dialog, and builds it the first time. `slashSetting` is the key under which the `/` shortcut is switched off. */
export function openSearch(slashSetting: string): void {
  dialog ??= build(slashSetting);
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector<HTMLInputElement>('input[type=search]')?.select();
}

function build(slashSetting: string): HTMLDialogElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
  const field = element('input', { type: 'search', id: 'search-field', autocomplete: 'off', spellcheck: false, enterKeyHint: 'search' });
  const status = element('p', { role: 'status' });
  const list = element('ol', {});
  const form = element('form', {}, element('label', { htmlFor: 'search-field' }, 'Search lessons, terms, claims and sources'), field);
  const close = element('button', { type: 'button' }, 'Close');
  form.append(close, status);
  const made = element('dialog', { className: 'search-dialog', ariaLabel: 'Search' }, form, list, footer(slashSetting));
  const index = loadIndex();
  field.addEventListener('input', () => void show(index, field.value, status, list));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  close.addEventListener('click', () => made.close());
  made.addEventListener('click', (event) => {
    // A click beside the dialog lands on its backdrop; a link to a place on this page must uncover it.
    if (event.target === made || (event.target as Element).closest('a')) made.close();
  });
  made.addEventListener('keydown', (event) => {
    // In a search field some browsers let Escape empty the field first; here it always leaves.
    if (event.key === 'Escape') made.close();
    else moveThroughLinks(event, field, list);
  });
  document.body.append(made);
  return made;
}

function footer(slashSetting: string): HTMLElement {
  const box = element('input', { type: 'checkbox', checked: stored(slashSetting) !== 'off' });
  box.addEventListener('change', () => store(slashSetting, box.checked ? 'on' : 'off'));
  return element('footer', {}, element('label', {}, box, 'The / key opens search'));
}

/** Pagefind lies beside this module's folder, so the site's base path need not be known. Without its worker it loads 11 kB less. */
async function loadIndex(): Promise<PagefindInstance> {
  const address = new URL('../pagefind/pagefind.js', import.meta.url).href;
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  const instance = pagefind.createInstance({ noWorker: true, excerptLength: 22, ranking: RANKING });
  await instance.init();
  return instance;
}

async function show(index: Promise<PagefindInstance>, term: string, status: HTMLElement, list: HTMLElement): Promise<void> {
  if (term.trim() === '') {
    status.textContent = '';
    list.replaceChildren();
    return;
  }
  try {
    const found = await (await index).debouncedSearch(searchedFor(term), {}, DEBOUNCE_MS);
    // Null: the reader has typed on, and a later search will answer.
    if (!found) return;
    const best = await Promise.all(found.results.slice(0, MOST_PASSAGES).map((result) => result.data()));
    const passages = best.filter((passage) => isMeant(passage, term));
    list.replaceChildren(...byPage(passages).map(pageItem));
    status.textContent = countText(passages.length < best.length ? passages.length : found.results.length, term);
  } catch {
    list.replaceChildren();
    status.textContent = 'The search index did not load. It is made by the build: it is there on the published site and after “npm start”.';
  }
}

/** How many letters a word of the answer shares with a word of the question, at least. */
const SHARED_LETTERS = 3;

/** Pagefind shortens a word that it does not know until something begins so: “zzqxv” would find “z”. */
function isMeant({ excerpt }: Passage, term: string): boolean {
  const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, word = '']) => lettersOf(word));
  const asked = searchedFor(term).split(/\s+/).map((word) => lettersOf(word).slice(0, SHARED_LETTERS));
  return marked.length === 0 || marked.some((word) => asked.some((beginning) => word.startsWith(beginning)));
}

const lettersOf = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function countText(count: number, term: string): string {
  if (count === 0) return `Nothing found for “${term}”. Try another word.`;
  const passages = count === 1 ? 'One place' : `${count} places`;
  return count > MOST_PASSAGES ? `${passages} found, the best ${MOST_PASSAGES} shown.` : `${passages} found.`;
}

/** Passages of one page together, pages in the order of their best passage. */
function byPage(passages: readonly Passage[]): readonly (readonly Passage[])[] {
  return [...Map.groupBy(passages, ({ url }) => url.replace(/#.*/, '')).values()];
}

/** A page with its passages. The passage without a place of its own is the page's beginning. */
function pageItem(passages: readonly Passage[]): HTMLElement {
  const [best] = passages;
  const address = (best?.url ?? '').replace(/#.*/, '');
  const beginning = passages.find(({ url }) => url === address);
  const places = passages.filter(({ url }) => url !== address);
  const item = element('li', {}, element('a', { href: address }, best?.meta.page ?? address));
  if (beginning) item.append(excerptOf(beginning.excerpt));
  if (places.length > 0) item.append(element('ul', {}, ...places.map(({ url, meta, excerpt }) => element('li', {}, element('a', { href: url }, meta.title ?? url), excerptOf(excerpt)))));
  return item;
}

/** The excerpt as text and marks: whatever else its HTML may hold is dropped. */
function excerptOf(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  const pieces = [...parsed.childNodes].map((node) => (node.nodeName === 'MARK' ? element('mark', {}, node.textContent ?? '') : (node.textContent ?? '')));
  return element('p', {}, ...pieces);
}

/** Arrow keys walk from the field through the links and back; Tab works as everywhere. */
function moveThroughLinks(event: KeyboardEvent, field: HTMLElement, list: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...list.querySelectorAll('a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = step === undefined || at < 0 ? undefined : stops[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return 'off';
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is off: the key stays off, and the box says so the next time.
  }
}
