/** What a reader types and what is looked for. */
import { expect, test } from 'vitest';
import { searchedFor } from '../../src/search/dialog.ts';

test.each([
  ['is a container a small VM', 'container small VM'],
  ['What is a kernel?', 'kernel?'],
  ['  uname -r ', 'uname -r'],
  ['it', 'it'],
  ['to be or to', 'to be or to'],
  ['', ''],
])('“%s” looks for “%s”', (query, sought) => {
  expect(searchedFor(query)).toBe(sought);
});
