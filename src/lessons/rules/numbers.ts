/** Numbers with a unit in prose: each belongs in content/facts with its source, and comes into the text by its id. */
import { offsetOf } from '../document.ts';
import { problemAt, type Rule } from './rule.ts';

const NUMBER = String.raw`\d+(?:[.,]\d+)*`;
const UNITS = [
  // Time. Days and longer are dates, not measurements. One letter alone needs its space: "the 1990s" is no duration.
  'ns', 'µs', 'μs', 'ms', '(?<=[ \\u00a0\\u202f])(?:s|sec|min|h)', '(?:nano|micro|milli)?seconds?', 'minutes?', 'hours?',
  // Size, rate and frequency.
  '(?<=[ \\u00a0\\u202f])B', 'bytes?', '(?:[kKMGTP]|[KMGTP]i)B(?:/s|ps)?', '(?:kilo|mega|giga|tera|kibi|mebi|gibi|tebi)bytes?', '[kMGT]?bit/s', '[kMGT]bps', '[kMG]?Hz', 'IOPS',
  // Ratio.
  '%', 'percent', '×', 'x', 'times(?= (?:as|the|more|less|faster|slower|larger|smaller|bigger|longer)\\b)',
];
const MEASUREMENT = new RegExp(
  `(?<![\\p{L}\\p{N}_.,-])(?:${NUMBER}\\s?(?:–|-|to)\\s?)?${NUMBER}(?:[ \\u00a0\\u202f-]?(?:${UNITS.join('|')}))(?![\\p{L}\\p{N}])`,
  'gu',
);

/** Measurements in running text, tables and headings. Code is exempt, which is also how a number that is none is written. */
export const numbers: Rule = ({ document }) => document.prose.flatMap((prose) =>
  [...prose.text.matchAll(MEASUREMENT)].map(({ index, 0: written }) => problemAt(document, offsetOf(document, prose, index, written), {
    found: `the bare measurement "${written}"`,
    expected: document.kind === 'lesson' ? '<Figure id="…" />, so that it has a source' : 'no measurement: entries cite none',
    todo: document.kind === 'lesson' ? 'add it to content/facts and cite it; put a number that was never measured in backticks' : 'move it to a lesson; put a number that was never measured in backticks',
  })));
