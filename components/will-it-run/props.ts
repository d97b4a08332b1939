/** The author's API of WillItRun. It checks what an author writes; what runs where is for the model. */
import { z } from 'zod';
import { baseProps } from '../kit/props.ts';

const choice = z.enum(['on', 'off']).optional();
const text = (pattern: RegExp, what: string) => z.string().regex(pattern, { error: what }).optional();

export const willItRunProps = baseProps.extend({
  // The machine.
  os: z.enum(['windows', 'windows-server', 'macos', 'linux', 'freebsd']).optional(),
  version: text(/^[A-Za-z0-9][\w. ]{0,19}$/, 'a version or release, such as 14, 22H2 or 10.8'),
  edition: z.enum(['home', 'pro', 'enterprise', 'education']).optional(),
  arch: z.enum(['amd64', 'arm64', '386', 'arm']).optional(),
  virtualization: choice,
  hyperv: choice,
  machine: z.enum(['physical', 'vm', 'vm-nested']).optional(),
  kernel: text(/^\d[\w.+-]{0,39}$/, 'a kernel version, such as 5.15'),
  cgroup: z.enum(['1', '2']).optional(),
  binfmt: z.boolean().optional(),
  cpuLevel: z.number().int().min(1).max(4).optional(),
  build: text(/^\d{4,5}(?:\.\d{1,6})?$/, 'a build of Windows, such as 19045'),
  // What should run.
  kind: z.enum(['image', 'vm']).optional(),
  imageOs: z.enum(['linux', 'windows', 'macos', 'freebsd']).optional(),
  imageArch: z.enum(['amd64', 'arm64', '386', 'arm', 'amd64 arm64']).optional(),
  imageBuild: text(/^\d{4,5}(?:\.\d{1,6})?$/, 'a build of Windows, such as 20348'),
  isolation: z.enum(['process', 'hyperv']).optional(),
  // With what, and when.
  tool: text(/^[a-z0-9-]{1,40}$/, 'the id of a tool or mechanism, such as docker-desktop'),
  date: text(/^20\d\d-(?:0[1-9]|1[0-2])$/, 'a month, such as 2017-06'),
});

export type WillItRunProps = z.infer<typeof willItRunProps>;
