/** The author's API of WillItRun. It checks what an author writes; what runs where is for the model. */
import { z } from 'zod';
import { baseProps } from '../kit/props.ts';

const choice = z.enum(['on', 'off']).optional();
/** One of the usual values, or any other of the pattern. The usual ones are what tests draw from. */
const text = (usual: readonly string[], pattern: RegExp, what: string) => z.union([z.enum(usual), z.string().regex(pattern, { error: what })], { error: what }).optional();
const build = (what: string) => text(['14393', '17763', '19045', '20348', '22631', '26100'], /^\d{4,5}(?:\.\d{1,6})?$/, what);

export const willItRunProps = baseProps.extend({
  // The machine.
  os: z.enum(['windows', 'windows-server', 'macos', 'linux', 'freebsd']).optional(),
  version: text(['7', '10', '22H2', '25H2', '2019', '2022', '10.8', '10.13', '14', '26'], /^[A-Za-z0-9][\w. ]{0,19}$/, 'a version or release, such as 14, 22H2 or 10.8'),
  edition: z.enum(['home', 'pro', 'enterprise', 'education']).optional(),
  arch: z.enum(['amd64', 'arm64', '386', 'arm']).optional(),
  virtualization: choice,
  hyperv: choice,
  machine: z.enum(['physical', 'vm', 'vm-nested']).optional(),
  kernel: text(['3.10', '4.4', '5.15', '6.8'], /^\d[\w.+-]{0,39}$/, 'a kernel version, such as 5.15'),
  cgroup: z.enum(['1', '2']).optional(),
  binfmt: z.boolean().optional(),
  cpuLevel: z.number().int().min(1).max(4).optional(),
  build: build('a build of Windows, such as 19045'),
  // What should run.
  kind: z.enum(['image', 'vm']).optional(),
  imageOs: z.enum(['linux', 'windows', 'macos', 'freebsd']).optional(),
  imageArch: z.enum(['amd64', 'arm64', '386', 'arm', 'amd64 arm64']).optional(),
  imageBuild: build('a build of Windows, such as 20348'),
  imageKernel: text(['3.10', '4.14', '5.4'], /^\d[\w.+-]{0,39}$/, 'the oldest kernel that the image accepts, such as 4.14'),
  imageCpuLevel: z.number().int().min(1).max(4).optional(),
  isolation: z.enum(['process', 'hyperv']).optional(),
  // With what, and when.
  tool: text(['docker-desktop', 'docker-toolbox', 'docker-desktop-wsl2', 'podman', 'colima', 'lima', 'rancher-desktop', 'orbstack', 'virtualbox'], /^[a-z0-9-]{1,40}$/, 'the id of a tool or mechanism, such as docker-desktop'),
  date: text(['2013-06', '2015-08', '2016-06', '2017-06', '2020-05', '2023-02', '2025-11'], /^20\d\d-(?:0[1-9]|1[0-2])$/, 'a month, such as 2017-06'),
});

export type WillItRunProps = z.infer<typeof willItRunProps>;
