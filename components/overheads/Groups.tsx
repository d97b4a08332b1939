/** What is shown: the measurements with what must be read beside them, those that are folded, and what has grown old. */
import type { Group, Remark, SideId, State } from '../../src/sim/overheads/types.ts';
import { nameOf } from '../../src/sim/overheads/names.ts';
import { Button } from '../kit/Button.tsx';
import { Drawing } from './Drawing.tsx';
import { studiesOf, type Axis } from './view.ts';

export interface GroupsProps {
  readonly state: State;
  readonly axis: Axis;
  readonly ready: boolean;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
  /** Begins the ids of its parts. */
  readonly id: string;
  readonly takeSide: (side: 'both' | SideId) => void;
}

export function Groups(props: GroupsProps) {
  const { groups, remarks, reasons } = props.state;
  const folded = groups.filter(({ lead }) => !lead);
  const shown = groups.length === folded.length ? folded : groups.filter(({ lead }) => lead);
  const dated = remarks.filter(({ kind }) => kind === 'dated');
  return (
    <>
      <div class="ov-groups">{shown.map((group) => <One {...props} group={group} />)}</div>
      {folded.length > 0 && shown !== folded && (
        <details class="ov-more">
          <summary>{counted(folded)} more</summary>
          <div class="ov-groups">{folded.map((group) => <One {...props} group={group} />)}</div>
        </details>
      )}
      {dated.map((remark) => <p class="ov-remark"><b>Grown old: {remark.of}.</b> <Said remark={remark} {...props} /></p>)}
      <details class="pg-why">
        <summary>Why? The rules that decided</summary>
        <ul>{reasons.map(({ text, sources }) => <li><Said remark={{ says: text, sources }} {...props} /></li>)}</ul>
      </details>
    </>
  );
}

function counted(groups: readonly Group[]): string {
  const rows = groups.reduce((sum, group) => sum + group.rows.filter(({ isBase }) => !isBase).length, 0);
  return `${rows} ${rows === 1 ? 'measurement' : 'measurements'}`;
}

type OneProps = GroupsProps & { readonly group: Group };

const WORDS: Readonly<Record<Remark['kind'], string>> = { dispute: 'Two numbers', trap: 'Before you repeat this', dated: 'Grown old' };

function One(props: OneProps) {
  const { group, state, axis, ready, takeSide } = props;
  const id = `${props.id}-${group.id}`;
  const remarks = group.remarks.map((at) => state.remarks[at] as Remark);
  return (
    <figure class="ov-group">
      <figcaption><b role="heading" aria-level={3}>{group.title}</b> {group.sub}</figcaption>
      <Drawing group={group} axis={axis} config={state.config} id={id} />
      {remarks.map((remark) => (
        <div class="ov-remark">
          <p><b>{WORDS[remark.kind]}{remark.of !== undefined && `: ${remark.of}`}.</b> <Said {...props} remark={remark} /></p>
          {remark.kind === 'dispute' && <Sides side={state.config.side} ready={ready} takeSide={takeSide} />}
        </div>
      ))}
      <How {...props} id={id} />
    </figure>
  );
}

const SIDES: readonly (readonly [side: 'both' | SideId, words: string])[] = [['both', 'Both'], ['log', 'The log’s'], ['table', 'The table’s']];

function Sides({ side, ready, takeSide }: Pick<GroupsProps, 'ready' | 'takeSide'> & { readonly side: 'both' | SideId }) {
  return <span class="seg" role="group" aria-label="Number to show">{SIDES.map(([one, words]) => <Button ready={ready} aria-pressed={side === one} onPress={() => takeSide(one)}>{words}</Button>)}</span>;
}

/** On what it was measured, by whom, and what its ranges are. */
function How({ group, state, base, sources, ready, id }: OneProps) {
  const { config } = state;
  const save = async () => {
    const svg = document.getElementById(`${id}-title`)?.closest('svg');
    if (!svg) return;
    const [{ standalone }, { offerFile }] = await Promise.all([import('../kit/svg.ts'), import('../kit/download.ts')]);
    offerFile(`${id.toLowerCase()}.svg`, 'image/svg+xml', standalone(svg, [`${config.view === 'by-runner' ? `${nameOf(config.runner)}: ` : ''}${group.title}, ${group.sub}.`], []));
  };
  const notes = group.rows.flatMap(({ label, notes: said }) => said.map((text) => `${label}: ${text}`));
  return (
    <details class="ov-how">
      <summary>Measured how<span class="sr-only">: {group.title}</span></summary>
      <ul>
        {studiesOf(group, state.measured).map(({ study, year, machine }) => <li><a href={`${base}sources/#${study}`}>{sources[study] ?? study}</a> ({year}): {machine}.</li>)}
        {group.spread !== undefined && <li>The line with ends is the range: {group.spread}.</li>}
        {notes.map((note) => <li>{note}</li>)}
      </ul>
      <Button ready={ready} onPress={() => void save()}>Save as SVG<span class="sr-only">: {group.title}</span></Button>
    </details>
  );
}

interface SaidProps extends Pick<GroupsProps, 'base' | 'sources'> {
  readonly remark: Pick<Remark, 'says' | 'sources'>;
}

function Said({ remark, base, sources }: SaidProps) {
  return <>{remark.says} <small class="ov-cited">{remark.sources.map((id, i) => <>{i > 0 && ', '}<a href={`${base}sources/#${id}`}>{sources[id] ?? id}</a></>)}</small></>;
}

/** What the bars mean. */
export function Legend() {
  return (
    <ul class="ov-legend">
      <li><svg width="34" height="12" aria-hidden="true"><line class="ov-bar ov-kernel" x1="2" x2="32" y1="6" y2="6" /></svg>wall that the kernel keeps</li>
      <li><svg width="34" height="12" aria-hidden="true"><line class="ov-bar ov-hardware" x1="2" x2="32" y1="6" y2="6" /></svg>wall that hypervisor and processor keep</li>
      <li><svg width="34" height="12" aria-hidden="true"><circle class="ov-point ov-hollow" cx="17" cy="6" r="5" /></svg>base, second-hand, or does not rank</li>
    </ul>
  );
}
