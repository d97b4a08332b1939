/** Text as readers see it, out of the forms in which Mermaid keeps it while it draws. It knows nothing of elements. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', equals: '=' };

// Mermaid writes `#9829;` and `#quot;` of a source as ﬂ°°9829¶ß and ﬂ°quot¶ß until the picture is done.
const ENTITY = /(?:&|ﬂ°)(?:#|°)?(\w+)(?:;|¶ß)/g;

/** Entities, in HTML's and in Mermaid's own writing, as the characters that they stand for. Unknown ones stay as they are. */
export function plainText(text: string): string {
  if (!text.includes('&') && !text.includes('ﬂ°')) return text;
  return text.replace(ENTITY, (whole, name: string) => characterOf(name) ?? whole);
}

function characterOf(name: string): string | undefined {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const code = /^x[\da-f]+$/i.test(name) ? Number.parseInt(name.slice(1), 16) : /^\d+$/.test(name) ? Number(name) : Number.NaN;
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A label on one line: line breaks become spaces, entities characters. */
export function oneLine(label: string): string {
  return plainText(label.replace(/<br\s*\/?>|\\n/gi, ' ')).replace(/\s+/g, ' ').trim();
}

/** For use in HTML text and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
