/** An open experiment and what was measured as link text: `1~memory-start.142.11_d2~1~`; the results in the order of their names. */
import { configAfter } from '../../src/sim/linux-lab/model.ts';
import type { Action, Config, Values } from '../../src/sim/linux-lab/types.ts';
import { configCodec } from '../kit/codec.ts';

const WORD = /^[a-z]{1,20}$/;

/** Letters and digits stand for themselves, everything else as `_` and two hexadecimal digits. */
const escaped = (text: string) => text.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
const plain = (text: string) => text.replace(/_([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

const written = (values: Values) => Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => [name, `${typeof value === 'number' ? 'n' : 't'}${escaped(String(value))}`]).join('.');

function read(text: string): Values | null {
  const parts = text.split('.');
  const values: Record<string, number | string> = {};
  for (let i = 0; i < parts.length; i += 2) {
    const [name = '', value = ''] = parts.slice(i, i + 2);
    const said = plain(value.slice(1));
    const number = Number(said);
    if (!WORD.test(name) || Object.hasOwn(values, name) || said.length > 40 || said === '') return null;
    if (value.startsWith('n') ? !Number.isFinite(number) || String(number) !== said : !value.startsWith('t')) return null;
    values[name] = value.startsWith('n') ? number : said;
  }
  return written(values) === text ? values : null;
}

export const codec = configCodec<Config, Action>({
  version: 1,
  config: ({ experiment, results }) => [experiment, ...Object.entries(results).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, values]) => [id, written(values)])].join('-'),
  readConfig: (text) => {
    const [experiment = '', ...rest] = text.split('-');
    if (!WORD.test(experiment) || rest.length % 2 !== 0) return null;
    const results: Record<string, Values> = {};
    for (let i = 0; i < rest.length; i += 2) {
      const [id = '', values] = [rest[i], read(rest[i + 1] ?? '')];
      if (!WORD.test(id) || values === null || Object.hasOwn(results, id)) return null;
      results[id] = values;
    }
    return { experiment, results };
  },
  settle: ({ config, actions }) => actions.reduce(configAfter, config),
});
