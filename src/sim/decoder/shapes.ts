/** Shapes of lines that words cannot describe. Each looks at one line of bounded length. It knows how tools print, not what it means. */

/** Longer lines are not the output that these shapes describe. */
const LONGEST_LINE = 400;

interface Shape {
  /** Completes "The text contains …". */
  readonly says: string;
  /** Letters that every such line has: what spares most lines a closer look. */
  readonly needs: string;
  readonly fits: (line: string) => boolean;
}

/** A name that ends like a file's. Folders called `nginx.d` or `.git` do not. */
const FILE_NAME = /[\w-]\.(?:sh|sql|conf|cnf|cfg|ini|json|ya?ml|toml|xml|php|js|ts|py|rb|txt|env|pem|crt|key|lock|properties)['"/]?$/i;
/** `ls -l` prints mode, links, owner, group, size and date before the name. */
const LISTED_DIRECTORY = /(?:^|\s)d[rwxsStT-]{9}[+.@]?\s+\d+\s/;
/** `df` prints size, used, available, use and mount point. */
const FULL_FILESYSTEM = /\s\d[\d.,]*[KMGTP]?i?\s+(?:0|\d{1,3}(?:\.\d)?[KM]?)\s+(?:100|99)%\s+\//;
/** A shell that says nothing but what killed the program, perhaps behind a job number or a line of a script. */
const BARE_KILLED = /^(?:[\w./-]{1,80}: line \d{1,6}:\s+)?(?:\d{1,7}\s+)?Killed(?:\s{2,}\S.{0,200})?$/;
const MISSING_PROGRAM = /\bexec:? "?(\/[^\s":]{1,200})"?: no such file or directory/i;
const SCRIPT_NAME = /(?:\.(?:sh|bash|py|rb|pl)|entry-?point|start|run|init|wait-for-it|gradlew|mvnw|manage|cmd)$/i;

export const SHAPES: Readonly<Record<string, Shape>> = {
  'directory-named-like-a-file': {
    says: 'a listing in which a directory is named like a file',
    needs: 'drw',
    fits: (line) => LISTED_DIRECTORY.test(line) && FILE_NAME.test(line.trimEnd()),
  },
  'full-filesystem': {
    says: 'a filesystem that is full',
    needs: '% /',
    fits: (line) => FULL_FILESYSTEM.test(line),
  },
  'bare-killed': {
    says: 'a program that was killed',
    needs: 'Killed',
    fits: (line) => BARE_KILLED.test(line.trim()),
  },
  'missing-program': {
    says: 'a program without the ending of a script that is there and yet "not found"',
    needs: 'exec',
    fits: (line) => {
      const path = MISSING_PROGRAM.exec(line)?.[1];
      return path !== undefined && !SCRIPT_NAME.test(path);
    },
  },
};

/** The first line of each shape, as a stretch of the original text. */
export function findShapes(text: string): ReadonlyMap<string, { readonly start: number; readonly end: number }> {
  const found = new Map<string, { start: number; end: number }>();
  for (const [name, shape] of Object.entries(SHAPES)) {
    const line = firstLine(text, shape);
    if (line) found.set(name, line);
  }
  return found;
}

/** Goes from one line with the needed letters to the next. */
function firstLine(text: string, { needs, fits }: Shape): { start: number; end: number } | undefined {
  for (let hit = text.indexOf(needs); hit >= 0; ) {
    const start = text.lastIndexOf('\n', hit) + 1;
    const newline = text.indexOf('\n', hit);
    const end = newline < 0 ? text.length : newline;
    if (end - start <= LONGEST_LINE && fits(text.slice(start, end))) return { start, end };
    hit = text.indexOf(needs, end);
  }
  return undefined;
}
