/**
 * A pasted text as nothing but letters and digits, each with its place in the original.
 * Quotes, punctuation, line breaks, wraps in the middle of a word, colors, escapes and log prefixes all vanish in the same way,
 * so one wording of a message stands for every way in which it is logged. It knows characters, not messages.
 */

export interface Squeezed {
  /** Lower-case letters and digits, accents removed. */
  readonly text: string;
  /** For each character, its offset in the original. */
  readonly at: Int32Array;
  /** For each character, and for the end: 1 when a word starts here, so that the word before ends here. */
  readonly edges: Uint8Array;
}

/**
 * What stands before the message on a line of a log: time stamps, names of services, levels, build steps. Every quantifier is
 * bounded, so that a hostile line costs no more than a friendly one.
 */
const PREFIX = new RegExp(
  [
    String.raw`\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?\]?[:\s]{0,8}`,
    String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,64} [\w./-]{1,64}(?:\[\d{1,10}\])?: `,
    String.raw`[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{1,9} {1,8}\d{1,10} [\w.-]{1,64}:\d{1,6}\] `,
    String.raw`[\w.-]{1,64} {0,60}\| ?`,
    String.raw`#\d{1,4} (?:\d{1,6}\.\d{1,4} )?`,
    String.raw`(?:stdout|stderr) [FP] `,
    String.raw`(?:time="[^"\n]{1,40}" )?level=\w{1,10} msg="?`,
    String.raw`\[\d\d:\d\d:\d\d\.\d{1,6}\]\[[^\]\n]{1,40}\]\[[^\]\n]{1,20}\] ?`,
    String.raw`(?:INFO|WARN|ERRO|FATA|DEBU)\[\d{4}\] `,
    String.raw`(?:> ?)+`,
    String.raw`[ \t]+`,
  ].join('|'),
  'y',
);

/** Colors and cursor movements, as bytes, as they are printed by tools that cannot show them, and with the escape byte lost. */
const COLOR = new RegExp(
  [
    String.raw`\x1b\[[0-?]{0,32}[ -/]{0,4}[@-~]`,
    String.raw`\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)`,
    String.raw`(?:\\u001b|\\x1b|\\033|\\e|\^\[)\[[\d;]{0,16}[A-Za-z]`,
    String.raw`\[\d{1,3}(?:;\d{1,3}){0,4}m`,
  ].join('|'),
  'iy',
);

const ENTITY = /&(?:amp;)?(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(?:lt|gt|quot|apos|nbsp|amp));/iy;
const PERCENT = /%[2-7][0-9A-F]/iy;
const UNICODE_ESCAPE = /\\{1,4}u([0-9a-f]{4})/iy;
const LETTER_ESCAPE = /\\{1,4}[nrtbf]/y;

/** Marks that are not seen and do not end a word: zero-width characters, soft hyphen, byte order mark. */
const INVISIBLE = /^[\u00AD\u200B-\u200F\u2060\uFEFF]$/;
/** Scripts that are written without spaces: each character is a word. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** True when reading `\n` as a line break instead of a backslash and a letter would change the text. */
export function hasLetterEscapes(text: string): boolean {
  return /\\[nrtbf]/.test(text);
}

/**
 * Squeezes a text. `C:\new` and `failed.\nSee` cannot be told apart: with `escapes`, a backslash before n, r, t, b or f is a
 * break and the letter vanishes; without, the letter stays.
 */
export function squeeze(source: string, { escapes = false, prefixes = true } = {}): Squeezed {
  const out = new Output(source.length);
  let lineStart = true;
  for (let i = 0; i < source.length; ) {
    if (lineStart && prefixes) i = skipPrefixes(source, i, out);
    lineStart = false;
    if (i >= source.length) break;
    const code = source.charCodeAt(i);
    if (isPlain(code)) out.letter(code >= 65 && code <= 90 ? code + 32 : code, i++);
    else if (code < 128) {
      lineStart = code === 10;
      i += readMark(source, i, code, escapes, out);
    } else i += readForeign(source, i, out);
  }
  return out.done();
}

/** The letters of a phrase as `squeeze` would leave them, with their word starts. */
export function squeezePhrase(phrase: string): Squeezed {
  return squeeze(phrase, { prefixes: false });
}

/** Grows as letters come; typed arrays keep a long text cheap. */
class Output {
  private codes: Uint16Array<ArrayBuffer>;
  private at: Int32Array<ArrayBuffer>;
  private edges: Uint8Array<ArrayBuffer>;
  private length = 0;
  private edge = 1;

  /** Room for a source of so many characters, or for the beginning of a long one: thousands of phrases are short. */
  constructor(characters: number) {
    const size = Math.max(16, Math.min(characters, 1024));
    this.codes = new Uint16Array(size);
    this.at = new Int32Array(size);
    this.edges = new Uint8Array(size + 1);
  }

  break(): void {
    this.edge = 1;
  }

  letter(code: number, at: number): void {
    if (this.length === this.codes.length) this.grow();
    this.codes[this.length] = code;
    this.at[this.length] = at;
    this.edges[this.length] = this.edge;
    this.length += 1;
    this.edge = 0;
  }

  word(letters: string, at: number, alone: boolean): void {
    if (alone) this.edge = 1;
    for (let i = 0; i < letters.length; i += 1) this.letter(letters.charCodeAt(i), at);
    if (alone) this.edge = 1;
  }

  done(): Squeezed {
    this.edges[this.length] = 1;
    return { text: textOf(this.codes.subarray(0, this.length)), at: this.at.subarray(0, this.length), edges: this.edges.subarray(0, this.length + 1) };
  }

  private grow(): void {
    const size = this.codes.length * 2;
    const [codes, at, edges] = [new Uint16Array(size), new Int32Array(size), new Uint8Array(size + 1)];
    codes.set(this.codes);
    at.set(this.at);
    edges.set(this.edges);
    [this.codes, this.at, this.edges] = [codes, at, edges];
  }
}

/** As many character codes as can be arguments of one call in every engine. */
const CHUNK = 8192;

function textOf(codes: Uint16Array): string {
  let text = '';
  for (let i = 0; i < codes.length; i += CHUNK) text += String.fromCharCode(...codes.subarray(i, i + CHUNK));
  return text;
}

function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A log line carries a few prefixes at most, one behind the other. */
const MOST_PREFIXES = 6;

function skipPrefixes(source: string, from: number, out: Output): number {
  let at = from;
  for (let n = 0; n < MOST_PREFIXES; n += 1) {
    const found = matchAt(PREFIX, source, at);
    if (!found || found[0] === '') break;
    at += found[0].length;
    out.break();
  }
  return at;
}

/** Reads punctuation, white space or an escape; answers how many characters it took. */
function readMark(source: string, at: number, code: number, escapes: boolean, out: Output): number {
  const special = SPECIAL[code];
  const taken = special?.(source, at, escapes, out) ?? 0;
  if (taken > 0) return taken;
  // A line break alone does not tell a wrapped word from two words; it is an edge, and phrases read across it.
  out.break();
  return 1;
}

type Reader = (source: string, at: number, escapes: boolean, out: Output) => number;

const skipColor: Reader = (source, at) => matchAt(COLOR, source, at)?.[0].length ?? 0;

const readBackslash: Reader = (source, at, escapes, out) => {
  const color = matchAt(COLOR, source, at);
  if (color) return color[0].length;
  const unicode = matchAt(UNICODE_ESCAPE, source, at);
  if (unicode) return readCode(Number.parseInt(unicode[1] as string, 16), at, unicode[0].length, out);
  const letter = escapes ? matchAt(LETTER_ESCAPE, source, at) : null;
  if (letter) out.break();
  return letter?.[0].length ?? 0;
};

const readEntity: Reader = (source, at, _escapes, out) => {
  const found = matchAt(ENTITY, source, at);
  if (!found) return 0;
  const code = found[1] ? Number(found[1]) : found[2] ? Number.parseInt(found[2], 16) : 32;
  return readCode(code, at, found[0].length, out);
};

const readPercent: Reader = (source, at, _escapes, out) => {
  const found = matchAt(PERCENT, source, at);
  return found ? readCode(Number.parseInt(found[0].slice(1), 16), at, 3, out) : 0;
};

const SPECIAL: Readonly<Record<number, Reader>> = { 27: skipColor, 91: skipColor, 94: skipColor, 92: readBackslash, 38: readEntity, 37: readPercent };

function readCode(code: number, at: number, taken: number, out: Output): number {
  const valid = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  emit(valid ? String.fromCodePoint(code) : ' ', at, out);
  return taken;
}

function readForeign(source: string, at: number, out: Output): number {
  const character = String.fromCodePoint(source.codePointAt(at) as number);
  emit(character, at, out);
  return character.length;
}

/** What becomes of a character. */
interface Fold {
  /** Lower case, compatibility forms resolved (full-width letters, ligatures), accents removed; empty for what is no letter or digit. */
  readonly letters: string;
  /** Neither seen nor the end of a word. */
  readonly invisible: boolean;
  /** A word by itself. */
  readonly alone: boolean;
}

/** By character: a text in one script uses few of them. */
const FOLDS = new Map<string, Fold>();
/** The characters of the basic plane; a hostile text cannot make the table grow further. */
const MOST_FOLDS = 0x10000;

function foldOf(character: string): Fold {
  const known = FOLDS.get(character);
  if (known) return known;
  const letters = character.toLowerCase().normalize('NFKD').replaceAll(/[^\p{L}\p{N}]/gu, '');
  const fold = { letters, invisible: INVISIBLE.test(character) || /^\p{M}$/u.test(character), alone: UNSPACED.test(character) };
  if (FOLDS.size < MOST_FOLDS) FOLDS.set(character, fold);
  return fold;
}

function emit(character: string, at: number, out: Output): void {
  const { letters, invisible, alone } = foldOf(character);
  if (invisible) return;
  if (letters === '') out.break();
  else out.word(letters, at, alone);
}
