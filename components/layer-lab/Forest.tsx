/** The store as a drawing: disk use as a bar, layers as strips that stand on each other, Dockerfiles with what the cache had. */
import type { Card, Level, Shown, Strip } from './view.ts';

/** The texture of each part of the bar: that of the strips it adds up. */
const TEXTURES = ['layer userland', 'layer application', 'layer hardware', 'll-cache'];

/** Tells the parts apart where colors and textures are the reader’s own. */
const letterOf = (name: string) => name[0];

export function Disk({ shown: { parts, total, change, compressed, disksTotal }, scale }: { readonly shown: Shown; readonly scale: number }) {
  return (
    <div class="ll-disk" role="group" aria-label="Disk use">
      <p class="ll-total"><b>{total.text}</b> on the disk{change && <span class="ll-change">{change}</span>}</p>
      <div class="ll-use" aria-hidden="true">{parts.map(({ name, bytes }, i) => bytes > 0 && <span class={TEXTURES[i]} data-name={letterOf(name)} style={{ width: `${(100 * bytes) / scale}%` }} />)}</div>
      <p class="ll-scale" aria-hidden="true"><span>0</span><span>{scale >= 1e9 ? `${scale / 1e9} GB` : `${scale / 1e6} MB`}</span></p>
      <ul class="ll-parts">{parts.map(({ name, text }, i) => <li><span class={`swatch ${TEXTURES[i]}`} data-name={letterOf(name)} />{name} <b>{text}</b></li>)}</ul>
      {(compressed || disksTotal) && <p class="ll-small">{compressed && `${compressed}. `}{disksTotal && <>Beside the store, disk images of virtual machines: <b>{disksTotal}</b>.</>}</p>}
    </div>
  );
}

export function Forest({ shown: { roots, undrawn, disks, images } }: { readonly shown: Shown }) {
  const shared = images.length > 1;
  return (
    <div class="ll-store">
      <p class="ll-title">{disks.length > 0 ? 'Layers, and disk files of virtual machines' : 'Layers, each stored once'}</p>
      <div class="ll-scroll" tabIndex={0} role="group" aria-label="Layers, each on the one below it">
        {roots.length + disks.length === 0 && <p class="ll-small">Nothing is stored yet.</p>}
        <div class="ll-forest">{[...roots, ...disks].map((root) => <Tower strip={root} />)}</div>
      </div>
      {undrawn && <p class="ll-small">{undrawn}</p>}
      {shared && (
        <ul class="ll-images">
          {images.map(({ name, bytes, shared: common, unique }) => <li><b>{name}</b>: {bytes} unpacked, {common} shared, {unique} its own</li>)}
        </ul>
      )}
    </div>
  );
}

/** Textures of strips, here and in the levels of a stack. */
export const LOOKS: Readonly<Record<Strip['kind'] | Level['kind'], string>> = { layer: 'layer userland', cache: 'll-cache', own: 'layer application ll-own', mount: 'layer hardware', disk: 'layer hardware' };

function Tower({ strip }: { readonly strip: Strip }) {
  const { kind, title, digest, size, tags, note, fresh, on } = strip;
  return (
    <div class="ll-tower" style={{ '--leaves': leaves(strip) }}>
      {on.length > 0 && <div class="ll-on">{on.map((each) => <Tower strip={each} />)}</div>}
      {tags.map((tag) => <p class="ll-tag">{tag}</p>)}
      <div class={`ll-strip ${LOOKS[kind]}`} data-fresh={fresh}>
        <span class="plate">{title}{digest && <> <code>{digest}</code></>}{note && <small>{note}</small>}</span>
        <span class="plate ll-size">{fresh && <i>new</i>}<b>{size}</b></span>
      </div>
    </div>
  );
}

const leaves = ({ on }: Strip): number => Math.max(1, on.reduce((sum, strip) => sum + leaves(strip), 0));

export function Cards({ cards }: { readonly cards: readonly Card[] }) {
  return (
    <div class="ll-cards">
      {cards.map(({ id, name, added, lines }) => (
        <details open={cards.length < 3}>
          <summary>{id}.Dockerfile: <b>{name}</b>{added && <span class="ll-added">last build <b>{added}</b></span>}</summary>
          <ol>{lines.map(({ text, mark, note }) => <li data-mark={mark}><code>{text}</code>{note && <small>{mark === 'cached' ? '✓' : '↻'} {note}</small>}</li>)}</ol>
        </details>
      ))}
    </div>
  );
}
