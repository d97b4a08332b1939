/** Actions as one would type them on a machine. It knows words, not what they do. */
import { HOST_DIRECTORY, MOUNT_POINT, type Action } from '../../src/sim/image-store/types.ts';

/** The command, or for what no command does, a sentence without its full stop. */
export function commandOf(action: Action): string {
  return (COMMANDS[action.type] as (action: Action) => string)(action);
}

type Commands = { readonly [Type in Action['type']]: (action: Extract<Action, { type: Type }>) => string };

const PRUNES: Readonly<Record<string, string>> = {
  'containers': 'container prune', 'images': 'image prune', 'all-images': 'image prune --all', 'volumes': 'volume prune', 'all-volumes': 'volume prune --all', 'build-cache': 'builder prune --all',
};

const volumeOf = (mount: string) => (mount === 'none' ? '' : `-v ${mount === 'anonymous' ? '' : `${mount === 'bind' ? HOST_DIRECTORY : mount}:`}${MOUNT_POINT} `);
const inside = (container: string, words: string) => `docker exec ${container} ${words}`;
const oneByte = (path: string) => `dd if=/dev/zero of=${path} bs=1 count=1 conv=notrunc`;
const oneMegabyte = (path: string) => `sh -c 'head -c 1000000 /dev/urandom >> ${path}'`;

const COMMANDS: Commands = {
  pull: ({ image }) => `docker pull ${image}`,
  republish: ({ image }) => `the maintainers publish a newer ${image}`,
  edit: ({ file }) => `the author edits ${file}`,
  build: ({ dockerfile }) => `docker build -t app -f ${dockerfile}.Dockerfile .`,
  run: ({ image, mount }) => `docker run -d ${volumeOf(mount)}${image}`,
  start: ({ container }) => `docker start ${container}`,
  stop: ({ container }) => `docker stop ${container}`,
  commit: ({ container }) => `docker commit ${container} saved`,
  rm: ({ container }) => `docker rm ${container}`,
  read: ({ container, path }) => inside(container, `cat ${path}`),
  write: ({ container, path }) => inside(container, oneByte(path)),
  append: ({ container, path }) => inside(container, oneMegabyte(path)),
  chmod: ({ container, path }) => inside(container, `chmod 444 ${path}`),
  delete: ({ container, path }) => inside(container, `rm -r ${path}`),
  recreate: ({ container, path }) => inside(container, `sh -c 'rm -r ${path} && mkdir ${path}'`),
  rmi: ({ image }) => `docker rmi ${image}`,
  mkvolume: ({ volume }) => `docker volume create ${volume}`,
  rmvolume: ({ volume }) => `docker volume rm ${volume}`,
  prune: ({ what }) => `docker ${PRUNES[what]}`,
  clone: ({ format }) => (format === 'copy' ? 'a full copy of the disk for one more machine' : 'qemu-img create -f qcow2 -b app.qcow2 -F qcow2 vm.qcow2'),
  vmWrite: ({ vm, path }) => `in ${vm}: ${oneByte(path)}`,
  vmAppend: ({ vm, path }) => `in ${vm}: ${oneMegabyte(path)}`,
  vmChmod: ({ vm, path }) => `in ${vm}: chmod 444 ${path}`,
  vmDelete: ({ vm, path }) => `in ${vm}: rm ${path}`,
  rmvm: ({ vm }) => `rm ${vm}.qcow2`,
};
