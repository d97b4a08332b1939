/** Images from a registry and images from a Dockerfile: what is fetched, what is run and what is found again. It knows no containers. */
import { SimError } from '../errors.ts';
import { APP_TAG, contextFile, DOCKERFILES, PACKAGES_BYTES, PACKAGES_PERCENT, textOf, type Instruction, type RunChange } from './apps.ts';
import { digestOf, type Digest } from './digest.ts';
import { change, lookUp, type Change, type File, type Tree } from './overlay.ts';
import { holding, imageOf, layersIn, layersOf, placed, stackUnder, tagged, type Draft } from './store.ts';
import type { CacheRecord, Composition, Fact, Layer, State } from './types.ts';

export type Done = readonly [state: State, facts: readonly Fact[]];

/** The images of a tag, oldest first. The model computes with Linux images whose unpacked size is known. */
export function releasesOf(all: readonly Composition[], reference: string): readonly Composition[] {
  return all.filter(({ reference: each, os, unpackedBytes }) => each === reference && os === 'linux' && unpackedBytes !== undefined).toSorted((a, b) => (a.published < b.published ? -1 : 1));
}

/** What a tag means in the registry now. Throws SimError when the registry does not have it. */
export function releaseNow(all: readonly Composition[], state: State, reference: string): Composition {
  const release = releasesOf(all, reference)[state.registry[reference] ?? 0];
  if (!release) throw new SimError(`There is no image ${reference} in the registry.`);
  return release;
}

/** The tag’s image is fetched, as far as it is not there. */
export function pull(all: readonly Composition[], state: State, reference: string): Done {
  const [fetched, facts, layers] = fetch(all, state, reference);
  const [next, named] = tagged(fetched, imageOf(layers, 'pulled', reference), reference);
  return [next, [...facts, ...named]];
}

function fetch(all: readonly Composition[], state: State, reference: string): readonly [State, readonly Fact[], readonly Layer[]] {
  const layers = layersOf(releaseNow(all, state, reference), all);
  const facts = layers.map((layer): Fact => {
    const { chain, blob, bytes, compressedBytes } = layer;
    if (chain in state.layers) return { id: 'layerReused', blob, bytes };
    return blob in state.blobs ? { id: 'layerUnpacked', blob, unpacked: bytes } : { id: 'layerPulled', blob, bytes: compressedBytes, unpacked: bytes };
  });
  const downloaded = facts.reduce((sum, fact) => sum + (fact.id === 'layerPulled' ? fact.bytes : 0), 0);
  return [{ ...holding(state, layers), downloadedBytes: state.downloadedBytes + downloaded }, facts, layers];
}

/** The maintainers of a tag publish its next image. Nothing happens on this machine. */
export function republish(all: readonly Composition[], state: State, reference: string): Done {
  const index = (state.registry[reference] ?? 0) + 1;
  const release = releasesOf(all, reference)[index];
  if (!release) throw new SimError(`No later image of ${reference} is known.`);
  return [{ ...state, registry: { ...state.registry, [reference]: index } }, [{ id: 'registryTagMoved', tag: reference, published: release.published }]];
}

/** How far a build has come. */
interface Progress {
  readonly state: State;
  readonly facts: readonly Fact[];
  /** Names everything that the result so far depends on. */
  readonly key: Digest;
  readonly chain: Digest;
  readonly missed: boolean;
}

/** A Dockerfile from top to bottom. What an instruction left is found again as long as nothing before it has changed. */
export function build(all: readonly Composition[], state: State, id: string): Done {
  const dockerfile = DOCKERFILES[id];
  if (!dockerfile) throw new SimError(`There is no Dockerfile “${id}”.`);
  let progress: Progress = { state, facts: [], key: '', chain: '', missed: false };
  for (const [i, instruction] of dockerfile.instructions.entries()) {
    progress = instruction.do === 'FROM' ? begun(all, progress, instruction.image) : followed(progress, instruction, i + 1);
  }
  const image = imageOf(stackUnder(progress.state, progress.chain), 'built', APP_TAG);
  const [next, named] = tagged(progress.state, image, APP_TAG);
  return [next, [...progress.facts, ...named]];
}

/** FROM: the image that has the tag here; where none has, the registry’s. */
function begun(all: readonly Composition[], { state }: Progress, reference: string): Progress {
  const local = state.images[state.tags[reference] ?? ''];
  const [fetched, facts, layers] = local ? [state, [], layersIn(state, local)] : fetch(all, state, reference);
  const chain = layers.at(-1)?.chain ?? '';
  const key = digestOf(['FROM', chain]);
  return { state: recorded(fetched, key, { layer: chain, instruction: `FROM ${reference}`, after: '' }), facts, key, chain, missed: false };
}

function followed(before: Progress, instruction: Exclude<Instruction, { do: 'FROM' }>, number: number): Progress {
  const { state, facts } = before;
  const text = textOf(instruction);
  const inputs = instruction.do === 'COPY' ? Object.keys(instruction.files).map((name) => contextFile(name, state.edits[name] ?? 0).content) : [];
  const key = digestOf([before.key, text, inputs]);
  const record = state.cache[key];
  if (record) return { ...before, key, chain: record.layer, facts: [...facts, { id: 'instructionCached', number, instruction: text }] };
  const missed: Fact = { id: 'cacheMissed', number, instruction: text, because: before.missed ? 'earlier' : reasonFor(state.cache, text, before.key) };
  const [draft, done] = performed(before, instruction);
  const layer = placed(draft, before.chain);
  const copied = done.reduce((sum, fact) => sum + (fact.id === 'fileCopiedUp' ? fact.bytes : 0), 0);
  const next = { ...holding(state, [layer]), runs: state.runs + 1, copiedUpBytes: state.copiedUpBytes + copied };
  return {
    state: recorded(next, key, { layer: layer.chain, instruction: text, after: before.key }),
    facts: [...facts, missed, ...done, { id: 'instructionRun', number, instruction: text, bytes: layer.bytes }],
    key, chain: layer.chain, missed: true,
  };
}

/** Why the first instruction that was not found was not. */
function reasonFor(cache: State['cache'], instruction: string, after: Digest): 'new' | 'base' | 'input' {
  const alike = Object.values(cache).filter((record) => record.instruction === instruction);
  if (alike.length === 0) return 'new';
  return alike.some((record) => record.after === after) ? 'input' : 'base';
}

function recorded(state: State, key: Digest, record: CacheRecord): State {
  return { ...state, cache: { ...state.cache, [key]: record } };
}

/** What an instruction leaves in a writable layer on top of those before it. */
function performed({ state, chain }: Progress, instruction: Exclude<Instruction, { do: 'FROM' }>): readonly [Draft, readonly Fact[]] {
  const lower = stackUnder(state, chain).map(({ tree }) => tree).reverse();
  const changes = instruction.do === 'COPY' ? copies(state, instruction) : instruction.changes.map((each) => changeOf(each, instruction.command, lower));
  let upper: Tree = {};
  const facts: Fact[] = [];
  for (const each of changes) {
    const changed = change(upper, lower, each);
    upper = changed.upper;
    facts.push(...changed.facts);
  }
  // A command leaves the time of its run in the files that it makes, so running it again makes another layer.
  const stamp = instruction.do === 'RUN' ? { stamp: state.runs + 1 } : {};
  return [{ madeBy: textOf(instruction), tree: upper, ...stamp }, facts];
}

function copies(state: State, { files, mode }: Extract<Instruction, { do: 'COPY' }>): readonly Change[] {
  return Object.entries(files).map(([name, path]) => {
    const file = contextFile(name, state.edits[name] ?? 0);
    return { do: 'add', path, file: mode ? { ...file, content: digestOf([file.content, mode]) } : file };
  });
}

function changeOf(wanted: RunChange, command: string, lower: readonly Tree[]): Change {
  if (wanted.do === 'fetch') return { do: 'add', path: wanted.path, file: contextFile('model.bin', 0) };
  if (wanted.do !== 'install') return { do: wanted.do, path: wanted.path };
  const file: File = { kind: 'tree', bytes: PACKAGES_BYTES, compressedBytes: (PACKAGES_BYTES * PACKAGES_PERCENT) / 100, content: digestOf([command, lookUp(lower, wanted.listed)?.file.content]) };
  return { do: 'add', path: wanted.path, file };
}
