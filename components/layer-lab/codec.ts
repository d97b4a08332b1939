/** A run in the lab as link text: `1~app-containerd~1~run-app-none.write-c1-model~`. Names without a word of their own are spelled out. */
import { PRUNES, type Action, type StoreKind } from '../../src/sim/image-store/types.ts';
import { recipeCodec, wordsFor } from '../kit/codec.ts';
import type { LabConfig, SceneId } from './view.ts';

// Links outlive the code: a word keeps its meaning for ever.
const scenes = wordsFor<SceneId>({ app: 'app', shared: 'shared', order: 'order', delete: 'delete', volumes: 'volumes', tag: 'tag', machines: 'machines', empty: 'empty' });
const stores = wordsFor<StoreKind>({ containerd: 'containerd', overlay2: 'overlay2' });
const types = wordsFor<Action['type']>({
  pull: 'pull', republish: 'newer', edit: 'edit', build: 'build', run: 'run', start: 'start', stop: 'stop', commit: 'commit', rm: 'rm', read: 'read', write: 'write', append: 'append', chmod: 'chmod',
  delete: 'del', recreate: 'anew', rmi: 'rmi', mkvolume: 'mkvol', rmvolume: 'rmvol', prune: 'prune', clone: 'clone', vmWrite: 'vmwrite', vmAppend: 'vmappend', vmChmod: 'vmchmod', vmDelete: 'vmdel', rmvm: 'rmvm',
});

/** Short words for the names that occur most. */
const names = wordsFor<string>({
  'python:3.14.7-slim-trixie': 'python', 'node:24.21-trixie-slim': 'node', 'nginx:1.31.6': 'nginx', 'debian:trixie-slim': 'debian', 'alpine:3.24.2': 'alpine', 'app:latest': 'app', 'saved:latest': 'saved',
  'app.py': 'py', 'requirements.txt': 'reqs', 'model.bin': 'bin', 'rows.db': 'db',
  'code-last': 'last', 'code-first': 'first', 'delete-later': 'later', 'delete-at-once': 'once', 'chmod-later': 'mode', 'chmod-in-copy': 'modecopy', 'with-data': 'data',
  '/srv/app.py': 'Papp', '/srv/requirements.txt': 'Preqs', '/srv/model.bin': 'Pmodel', '/srv/packages': 'Ppkg', '/data/rows.db': 'Prows', '/var/log/app.log': 'Plog', '/srv': 'Psrv', '/data': 'Pdata',
  '/usr': 'Pusr', '/usr/local': 'Plocal', '/usr/local/bin': 'Pbin', '/usr/share/zoneinfo': 'Pzone', '/usr/lib/nginx': 'Pnginx', '/home/node': 'Phome', '/opt/yarn-v1.22.22': 'Pyarn',
  '/usr/local/bin/docker-entrypoint.sh': 'Pentry', '/docker-entrypoint.sh': 'Pe0', '/docker-entrypoint.d/10-listen-on-ipv6-by-default.sh': 'Pe1', '/docker-entrypoint.d/15-local-resolvers.envsh': 'Pe2',
  '/docker-entrypoint.d/20-envsubst-on-templates.sh': 'Pe3', '/docker-entrypoint.d/30-tune-worker-processes.sh': 'Pe4',
  'all-images': 'allimages', 'all-volumes': 'allvolumes', 'build-cache': 'cache',
});

/** Anything without a word: letters and digits as they are, the rest as `_` and two or more hexadecimal digits with another `_`. */
const spelled = (name: string) => `X${[...name].map((letter) => (/[a-z0-9]/i.test(letter) ? letter : `_${letter.codePointAt(0)?.toString(16)}_`)).join('')}`;
const plain = (name: string) => /^(?:none|bind|anonymous|copy|linked|images|containers|volumes|v[0-9]|c[0-9]{1,3}|vm[0-9]{1,3}|anonymous[0-9]{1,3})$/.test(name);

function write(name: string): string {
  const known = names.ids.includes(name) ? names.write(name) : undefined;
  const short = name.replace(/^anonymous-/, 'anonymous');
  return known ?? (plain(short) ? short : spelled(name));
}

function read(word: string): string | undefined {
  const known = names.read(word);
  if (known !== undefined) return known;
  if (plain(word)) return word.replace(/^anonymous(?=\d)/, 'anonymous-');
  if (!/^X(?:[a-z0-9]|_[0-9a-f]{2,5}_)+$/i.test(word)) return undefined;
  const name = word.slice(1).replace(/_([0-9a-f]+)_/gi, (_, code: string) => letterOf(parseInt(code, 16)));
  // One name has one spelling.
  return write(name) === word ? name : undefined;
}

const letterOf = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The names that each action takes, in order. */
const FIELDS: Readonly<Record<Action['type'], readonly string[]>> = {
  pull: ['image'], republish: ['image'], edit: ['file'], build: ['dockerfile'], run: ['image', 'mount'], start: ['container'], stop: ['container'], commit: ['container'], rm: ['container'],
  read: ['container', 'path'], write: ['container', 'path'], append: ['container', 'path'], chmod: ['container', 'path'], delete: ['container', 'path'], recreate: ['container', 'path'],
  rmi: ['image'], mkvolume: ['volume'], rmvolume: ['volume'], prune: ['what'], clone: ['format'],
  vmWrite: ['vm', 'path'], vmAppend: ['vm', 'path'], vmChmod: ['vm', 'path'], vmDelete: ['vm', 'path'], rmvm: ['vm'],
};

/** What a field can hold, so that no damaged name reaches the model. */
const FITS: Readonly<Record<string, RegExp>> = {
  image: /:/, file: /\./, dockerfile: /-/, path: /^\//, container: /^c[1-9]\d{0,2}$/, vm: /^vm[1-9]\d{0,2}$/, volume: /^(?:v[1-9]|anonymous-[1-9]\d{0,2})$/,
  mount: /^(?:none|bind|anonymous|v[1-9]|anonymous-[1-9]\d{0,2})$/, format: /^(?:copy|linked)$/, what: new RegExp(`^(?:${PRUNES.join('|')})$`),
};

export const codec = recipeCodec<LabConfig, Action>({
  version: 1,
  config: ({ scene, store }) => `${scenes.write(scene)}-${stores.write(store)}`,
  readConfig: (text) => {
    const [first = '', second = '', ...rest] = text.split('-');
    const [scene, store] = [scenes.read(first), stores.read(second)];
    return scene && store && rest.length === 0 ? { scene, store } : null;
  },
  action: (action) => [types.write(action.type), ...FIELDS[action.type].map((field) => write((action as unknown as Record<string, string>)[field] ?? ''))].join('-'),
  readAction: (text) => {
    const [word, ...rest] = text.split('-');
    const type = types.read(word);
    if (type === undefined || rest.length !== FIELDS[type].length) return null;
    const fields = FIELDS[type].map((field, i) => [field, read(rest[i] ?? '')] as const);
    if (!fields.every(([field, value]) => value !== undefined && FITS[field]?.test(value))) return null;
    return { type, ...Object.fromEntries(fields) } as Action;
  },
});
